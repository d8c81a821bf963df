import type { Command, OptionValues } from '@commander-js/extra-typings';
import { InputError } from '@praxis/core';
import type { EpisodeBridgeOptions, OpenBridge, PacingMode, PolicySource, RolloutOptions } from '@praxis/evaluation';
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

/** Adds `--bridge` and the options of who may connect to a command that runs a world. */
export const addBridgeOptions = <A extends unknown[], O extends OptionValues>(command: Command<A, O>) =>
  addBridgeAccess(
    command.option(
      '--bridge [port]',
      'let Foxglove, Lichtblick and roslib look in and command, at this port (default: 8765; 0: any free one)',
      portOption('--bridge'),
    ),
  );

/**
 * Opens the bridge that options ask for, and says its address; undefined without `--bridge`.
 * @throws {InputError} for an option without `--bridge`, an interface without a token, and a port that is taken
 */
export async function openedBridge({ bridge, ...access }: BridgeOptions): Promise<OpenBridge | undefined> {
  if (bridge !== undefined) return listenBridge(bridge === true ? undefined : bridge, access);
  const { host, token, allowOrigin } = access;
  const other = [
    ...(host === undefined ? [] : [`--host ${host}`]),
    ...(token === undefined ? [] : ['--token']),
    ...(allowOrigin === undefined ? [] : [`--allow-origin ${allowOrigin[0]}`]),
  ];
  if (other.length > 0) throw new InputError(`${other[0]}: expected --bridge with it`);
  return undefined;
}

/** Opens a bridge on a port and says its address. @param port default: Foxglove's usual one */
export async function listenBridge(
  port: number | undefined,
  { host, token, allowOrigin }: BridgeAccessOptions,
): Promise<OpenBridge> {
  const { openBridge } = await import('@praxis/evaluation');
  const opened = await openBridge({ address: { host, port }, token, origins: allowOrigin, onNote: note });
  note(`bridge for Foxglove, Lichtblick and roslib: ${opened.url}`);
  return opened;
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
      ...{ hub, jpeg, urdf, inputs, checkInstruction, pace, onRemark: note },
      facts: { task, seed, ...facts },
    });
}
