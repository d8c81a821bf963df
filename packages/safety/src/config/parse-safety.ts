import type { z } from 'zod';
import { DEFAULT_SAFETY } from './defaults.ts';
import { REACTIONS, STOPS } from './filter-config.ts';
import { filterSchema } from './parse-filter.ts';
import type { SafetyConfig } from './safety-config.ts';
import {
  atLeastOne,
  atLeastZero,
  count,
  finite,
  object,
  oneOf,
  parse,
  perJoint,
  positive,
  table,
} from './schema-blocks.ts';

const reaction = oneOf(...REACTIONS);
const heartbeat = object({ deadline: positive, reaction, from: oneOf('start', 'first beat') });

const stream = object({
  deadline: positive,
  lost: reaction,
  frozen: object({ samples: count, when: oneOf('always', 'moving'), reaction }).nullable(),
  bad: object({ samples: count, reaction }),
});

const watchdog = object({
  streams: table(stream),
  command: object({ deadline: positive, reaction }),
  reject: object({ time: atLeastZero, reaction }),
  queue: object({ grace: atLeastZero, reaction }),
  heartbeats: object({ loop: heartbeat, policy: heartbeat }),
  joints: object({
    step: positive,
    speeds: positive,
    error: positive,
    lag: atLeastZero,
    memory: atLeastZero,
    samples: count,
    settle: atLeastZero,
    reaction,
  }).nullable(),
  clock: object({ maximumStep: positive, ahead: atLeastZero, reaction }),
});

const stops = object({
  emergency: oneOf('category_0', 'category_1'),
  standstillVelocity: positive,
  brakeTimeout: atLeastZero,
});

const contactLimit = object({ force: positive, torque: positive });

const force = object({
  free: contactLimit,
  expected: contactLimit,
  expect: object({ below: finite.nullable(), gripping: atLeastZero.nullable() }),
  strike: object({ samples: count, factor: atLeastOne }),
  stop: oneOf(...STOPS),
  reaction: oneOf('brake', 'retreat'),
  retreat: object({
    distance: positive,
    speed: positive,
    time: positive,
    release: positive,
    floor: finite.nullable(),
  }),
  externalTorque: object({
    limit: perJoint(positive),
    gain: positive,
    samples: count,
    gravity: oneOf('included', 'compensated'),
    armature: table(atLeastZero),
  }).nullable(),
  transientTime: positive,
});

/** Has no defaults: {@link parseSafetyConfig} merges the given values over a whole configuration first. */
const schema: z.ZodType<SafetyConfig> = object({ filter: filterSchema, watchdog, stops, force: force.nullable() });

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The given values, and those of `base` where none is given. Lists, numbers and null replace as a whole. */
function merge(base: unknown, given: unknown): unknown {
  if (given === undefined) return base;
  if (!isPlain(base) || !isPlain(given)) return given;
  const names = new Set([...Object.keys(base), ...Object.keys(given)]);
  return Object.fromEntries([...names].map((name) => [name, merge(base[name], given[name])]));
}

/**
 * Checks a supervisor's configuration from outside, for example a parsed JSON file. Fields that are absent from
 * `watchdog`, `stops` and `force` keep the value of `base`. A given `filter` replaces the filter of `base`, since a
 * stage that is absent is off.
 * @throws {InputError} that names the field, its value and the expected one; an unknown field is an error too.
 * @example
 * ```ts
 * const config = parseSafetyConfig({ watchdog: { command: { deadline: 0.1 } }, stops: { emergency: 'category_0' } });
 * ```
 */
export function parseSafetyConfig(value: unknown, base: SafetyConfig = DEFAULT_SAFETY): SafetyConfig {
  if (!isPlain(value)) return parse(schema, value, 'safety');
  const { filter = base.filter, ...rest } = value;
  const read = parse(schema, { ...(merge({ ...base, filter: undefined }, rest) as object), filter }, 'safety');
  return value.filter === undefined ? { ...read, filter: base.filter } : read;
}
