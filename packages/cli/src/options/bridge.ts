import type { Command, OptionValues } from '@commander-js/extra-typings';
import { InputError } from '@praxis/core';
import type {
  BridgeAccess,
  CommandSource,
  EpisodeBridge,
  EpisodeBridgeOptions,
  OpenBridge,
  PacingMode,
  PolicySource,
  RolloutOptions,
} from '@praxis/evaluation';
import { note } from '../terminal/output.ts';
import { instructionCheck } from './instruction.ts';
import { again, wholeNumber } from './parsers.ts';

const MAX_PORT = 65_535;

/** Parses a port. */
export const portOption = (name: string) => wholeNumber(name, 0, MAX_PORT);

/** Options of who may connect to a bridge. */
export interface BridgeAccessOptions {
  readonly host?: string;
  readonly token?: string;
  readonly allowOrigin?: readonly string[];
}

/** The values of {@link addBridgeOptions}. */
export interface BridgeOptions extends BridgeAccessOptions {
  readonly bridge?: number | true;
}

/** Text of `--allow-origin` in the help of a command. */
export const ORIGIN_HELP = 'page that may connect to the bridge, such as https://app.foxglove.dev; may be given again';

/** Adds the options of who may connect. */
export const addBridgeAccess = <A extends unknown[], O extends OptionValues>(command: Command<A, O>) =>
  command
    .option(
      '--host <address>',
      'interface of the bridge; any beside the loopback one requires a token (default: 127.0.0.1)',
    )
    .option('--token <token>', 'token that clients of the bridge send, as ?token=TOKEN or Authorization: Api-Key TOKEN')
    .option('--allow-origin <origin>', ORIGIN_HELP, again);

/** Adds `--bridge` and the options of who may connect to a command that runs a world. @param what what clients may do */
export const addBridgeOptions = <A extends unknown[], O extends OptionValues>(
  command: Command<A, O>,
  what: 'look in' | 'look in and command' = 'look in and command',
) =>
  addBridgeAccess(
    command.option(
      '--bridge [port]',
      `let Foxglove, Lichtblick and roslib ${what}, at this port (default: 8765; 0: any free one)`,
      portOption('--bridge'),
    ),
  );

/**
 * Opens the bridge that options ask for, and says its address; undefined without `--bridge`.
 * @throws {InputError} for an option without `--bridge`, an interface without a token, and a port that is taken
 */
export async function openedBridge(options: BridgeOptions): Promise<OpenBridge | undefined> {
  const access = bridgeAccess(options);
  return access && listenBridge(access);
}

/**
 * Where the bridge listens that options ask for, and who may connect; undefined without `--bridge`.
 * @throws {InputError} for an option without `--bridge`
 */
export function bridgeAccess({ bridge, host, token, allowOrigin }: BridgeOptions): BridgeAccess | undefined {
  if (bridge !== undefined) return { host, port: bridge === true ? undefined : bridge, token, origins: allowOrigin };
  const other = [
    ...(host === undefined ? [] : [`--host ${host}`]),
    ...(token === undefined ? [] : ['--token']),
    ...(allowOrigin === undefined ? [] : [`--allow-origin ${allowOrigin[0]}`]),
  ];
  if (other.length > 0) throw new InputError(`${other[0]}: expected --bridge with it`);
  return undefined;
}

/** Opens a bridge and says its address. */
export async function listenBridge({ host, port, token, origins }: BridgeAccess): Promise<OpenBridge> {
  const { openBridge } = await import('@praxis/evaluation');
  return openBridge({ address: { host, port }, token, origins, onNote: note });
}

/** A bridge through which clients look at an arm that is driven by words, and command it. */
export interface DrivenBridge {
  readonly tap: EpisodeBridge;
  /** Their commands in words. */
  readonly commands: CommandSource;
  close(): Promise<void>;
}

/** What a bridge shows of an arm that is driven by words. */
export interface DrivenBridgeFacts {
  /** URDF of the robot, as text. */
  readonly urdf: string | undefined;
  readonly pace: 'turns' | 'realtime';
  /** Facts that clients read as parameters. */
  readonly facts: Readonly<Record<string, string | number>>;
}

/**
 * Opens the bridge of `praxis drive`, and says its address; undefined without `--bridge`.
 * @throws {InputError} as {@link openedBridge}
 */
export async function drivenBridge(
  options: BridgeOptions,
  { urdf, pace, facts }: DrivenBridgeFacts,
): Promise<DrivenBridge | undefined> {
  const opened = await openedBridge(options);
  if (!opened) return undefined;
  const { ClientCommands, EpisodeBridge } = await import('@praxis/evaluation');
  const { hub, jpeg } = opened;
  const commands = new ClientCommands();
  const tap = new EpisodeBridge({
    ...{ hub, jpeg, urdf, facts, pace: pace === 'turns' ? 'waits' : 'goes on', onRemark: note },
    control: { acceptText: (text) => commands.accept(text) },
  });
  return {
    tap,
    commands,
    async close() {
      await tap.finish();
      await opened.close();
    },
  };
}

/** What a bridge shows of every episode. */
export interface EpisodeBridgeFacts {
  readonly source: PolicySource;
  /** Folder of the robot; undefined for the Praxis arm. */
  readonly robot: string | undefined;
  readonly pacing: PacingMode;
  /** Topics that move the robot. Default: none. */
  readonly inputs?: EpisodeBridgeOptions['inputs'];
  /** Facts that clients read as parameters. */
  readonly facts: Readonly<Record<string, string>>;
}

/** Returns what makes the bridge of each episode. */
export async function episodeBridges(
  { hub, jpeg }: OpenBridge,
  { source, robot, pacing, inputs, facts }: EpisodeBridgeFacts,
): Promise<NonNullable<RolloutOptions['bridge']>> {
  const { EpisodeBridge, robotChoice } = await import('@praxis/evaluation');
  const { urdf } = await robotChoice(robot);
  const checkInstruction = await instructionCheck(source, 'instruction');
  const pace = pacing === 'fast' ? 'waits' : 'goes on';
  return ({ task, seed }) =>
    new EpisodeBridge({
      ...{ hub, jpeg, urdf, inputs, control: { checkInstruction }, pace, onRemark: note },
      facts: { task, seed, ...facts },
    });
}
