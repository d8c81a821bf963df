import { InputError } from '@praxis/core';
import { MAX_SEED } from '@praxis/sim/seeds';
import { type Driver, oneLine, type Speed } from '../protocol/protocol.ts';

/** Path of the policy that comes with Praxis. */
export const DEFAULT_MODEL = '/models/default';

/**
 * The address of the policy folder that `?model=` names, without a trailing slash.
 * @param given value of `?model=`; empty or undefined selects {@link DEFAULT_MODEL}
 * @param page address of the page
 * @throws {InputError} when the folder lies on another origin: the page connects only to its own server.
 */
export function modelAddress(given: string | undefined, page: string): string {
  const base = new URL(page);
  let url: URL;
  try {
    url = new URL(given || DEFAULT_MODEL, base);
  } catch {
    throw new InputError(`model ${given}: expected a path such as ${DEFAULT_MODEL}`);
  }
  if (url.origin !== base.origin) {
    throw new InputError(`model ${given}: expected a path on ${base.origin}, such as ${DEFAULT_MODEL}`);
  }
  return url.href.replace(/\/+$/, '');
}

/** The seed in a text field. @throws {InputError} unless it is a whole number from 0 to `MAX_SEED`. */
export function seedFrom(text: string): number {
  const seed = Number(text);
  if (/^\d+$/.test(text.trim()) && seed <= MAX_SEED) return seed;
  throw new InputError(`seed ${text.trim() || '(empty)'}: expected a whole number from 0 to ${MAX_SEED}`);
}

export const DRIVERS: readonly Driver[] = ['policy', 'expert', 'hand'];
export const SPEEDS: readonly Speed[] = [0.25, 0.5, 1, 2, 4, 'max'];
/** Seed of the first episode without `?seed=`: the first one that no training has seen. */
export const DEFAULT_SEED = 2_000_000;

/** What the user chose on the page, and what its address keeps. */
export interface PageChoice {
  readonly task: string;
  readonly seed: number;
  readonly driver: Driver;
  /** Undefined: the default of the task. */
  readonly planner?: string;
  readonly speed: Speed;
  /** Masked modalities. */
  readonly mask: readonly string[];
}

/** The address of the page as it was opened. Names of tasks and modalities are checked once they are loaded. */
export interface PageAddress extends Omit<PageChoice, 'task' | 'driver' | 'planner'> {
  /** Undefined selects the first task. */
  readonly task: string | undefined;
  /** Undefined selects the first of {@link driversOf}. */
  readonly driver: Driver | undefined;
  /** Undefined selects the default of the task. */
  readonly planner: string | undefined;
  /** Name of a robot of the server; undefined selects the Praxis arm. */
  readonly robot: string | undefined;
  /** Name of the robot that the policy may drive although it was trained for another one; empty for none. */
  readonly acceptRobot: string;
  /** Name of a policy of the configuration, or the address of a server; undefined selects the folder `model`. */
  readonly policy: string | undefined;
  readonly model: string | undefined;
  /** `paused`: the first episode waits for the play button. */
  readonly start: 'playing' | 'paused';
  /** What was wrong with it, each in one line. The default is in the place of a wrong value. */
  readonly problems: readonly string[];
}

const PARAMETERS = [
  'robot',
  'accept-robot',
  'policy',
  'model',
  'task',
  'seed',
  'driver',
  'planner',
  'speed',
  'mask',
  'play',
] as const;

/** The line about a name that is not known. @param kind word for what it names */
export const unknownName = (kind: string, name: string, known: readonly unknown[]): string =>
  `unknown ${kind} "${name}": expected one of ${known.join(', ') || 'none'}`;

/** A robot with one arm alone, which the task's script can move; or with several command groups or a driven base. */
export type RobotKind = 'one arm' | 'groups';

/** True for an address that names a policy. */
export const namesPolicy = ({ policy, model }: Partial<PageAddress>): boolean =>
  policy !== undefined || model !== undefined;

/**
 * What can drive the robot, the default first. The shipped policy has learned the Praxis arm, so another robot with one arm is driven
 * by the expert and a robot with several groups by hand, unless the address says otherwise.
 */
export function driversOf(opened: Partial<PageAddress>, kind: RobotKind): readonly Driver[] {
  if (kind === 'groups') return namesPolicy(opened) ? ['policy', 'hand'] : ['hand'];
  const other = opened.robot !== undefined && !namesPolicy(opened) && !opened.acceptRobot;
  return other ? ['expert', 'policy'] : ['policy', 'expert'];
}

/** Reads the address of the page. */
export function readAddress(query: URLSearchParams): PageAddress {
  const problems: string[] = [];
  const oneOf = <T extends string | number, U>(kind: string, known: readonly T[], otherwise: U): T | U => {
    const given = query.get(kind);
    const found = known.find((each) => String(each) === given);
    if (given !== null && found === undefined) problems.push(unknownName(kind, given, known));
    return found ?? otherwise;
  };
  const readSeed = (): number => {
    try {
      return seedFrom(query.get('seed') ?? String(DEFAULT_SEED));
    } catch (error) {
      problems.push(oneLine(error));
      return DEFAULT_SEED;
    }
  };
  for (const name of new Set(query.keys()))
    if (!PARAMETERS.some((known) => known === name)) problems.push(unknownName('parameter', name, PARAMETERS));
  const opened = {
    robot: query.get('robot') || undefined,
    acceptRobot: query.get('accept-robot') ?? '',
    policy: query.get('policy') ?? undefined,
    model: query.get('model') ?? undefined,
  };
  return {
    ...opened,
    task: query.get('task') ?? undefined,
    seed: readSeed(),
    driver: oneOf('driver', DRIVERS, undefined),
    planner: query.get('planner') ?? undefined,
    speed: oneOf('speed', SPEEDS, 1 as Speed),
    mask: (query.get('mask') ?? '').split(',').filter((name) => name !== ''),
    start: oneOf('play', ['0', '1'], '1') === '0' ? 'paused' : 'playing',
    problems,
  };
}

/**
 * The query of an address that opens the page with this choice. Defaults are left out.
 * @param choice without a task or a driver: the default of the robot that is opened
 */
export function queryOf(
  choice: Omit<PageChoice, 'task' | 'driver'> & Partial<Pick<PageChoice, 'task' | 'driver'>>,
  opened: Partial<PageAddress>,
  kind: RobotKind = 'one arm',
): string {
  const { robot, acceptRobot, policy, model, start } = opened;
  const { task, seed, driver, planner, speed, mask } = choice;
  const query = new URLSearchParams({
    ...(robot === undefined ? {} : { robot }),
    ...(acceptRobot ? { 'accept-robot': acceptRobot } : {}),
    ...(policy === undefined ? {} : { policy }),
    ...(model === undefined ? {} : { model }),
    ...(task === undefined ? {} : { task }),
    seed: String(seed),
    ...(driver === undefined || driver === driversOf(opened, kind)[0] ? {} : { driver }),
    ...(planner === undefined ? {} : { planner }),
    ...(speed === 1 ? {} : { speed: String(speed) }),
    ...(mask.length === 0 ? {} : { mask: mask.join(',') }),
    ...(start === 'paused' ? { play: '0' } : {}),
  });
  return `?${query}`.replaceAll('%2F', '/').replaceAll('%2C', ',');
}
