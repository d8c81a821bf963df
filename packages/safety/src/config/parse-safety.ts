import { atLeastZero, each, finite, nullable, number, object, oneOf, positive, type Reader, table } from './fields.ts';
import type { ContactLimit, ExpectationConfig, ExternalTorqueConfig, ForceConfig, RetreatConfig } from './force-config.ts';
import { parseFilterConfig } from './parse-filter.ts';
import { DEFAULT_SAFETY, type SafetyConfig } from './safety-config.ts';
import {
  type ClockRule,
  type FrozenRule,
  type HeartbeatRule,
  type JointRule,
  type QueueRule,
  REACTIONS,
  type Reaction,
  type RejectRule,
  type StopsConfig,
  type StreamRule,
  type WatchdogConfig,
} from './supervision.ts';

const reaction: Reader<Reaction> = oneOf(...REACTIONS);
const stop = oneOf('hold', 'protective_stop', 'emergency_stop');
const count = number('a whole number from 1 on', (value) => Number.isInteger(value) && value >= 1);
const heartbeat = object<HeartbeatRule>({ deadline: positive, reaction, from: oneOf('start', 'first beat') });

const stream = object<StreamRule>({
  deadline: positive,
  lost: reaction,
  frozen: nullable(object<FrozenRule>({ samples: count, when: oneOf('always', 'moving'), reaction })),
  bad: object<StreamRule['bad']>({ samples: count, reaction }),
});

const watchdog = object<WatchdogConfig>({
  streams: table(stream),
  command: object<WatchdogConfig['command']>({ deadline: positive, reaction }),
  reject: object<RejectRule>({ time: atLeastZero, reaction }),
  queue: object<QueueRule>({ grace: atLeastZero, reaction }),
  heartbeats: object<WatchdogConfig['heartbeats']>({ loop: heartbeat, policy: heartbeat }),
  joints: nullable(
    object<JointRule>({
      step: positive,
      speeds: positive,
      error: positive,
      lag: atLeastZero,
      memory: atLeastZero,
      samples: count,
      settle: atLeastZero,
      reaction,
    }),
  ),
  clock: object<ClockRule>({ maximumStep: positive, ahead: atLeastZero, reaction }),
});

const stops = object<StopsConfig>({
  emergency: oneOf('category_0', 'category_1'),
  standstillVelocity: positive,
  brakeTimeout: atLeastZero,
});

const limit = object<ContactLimit>({ force: positive, torque: positive });

const force = object<ForceConfig>({
  free: limit,
  expected: limit,
  expect: object<ExpectationConfig>({ below: nullable(finite), gripping: nullable(atLeastZero) }),
  strike: object<ForceConfig['strike']>({
    samples: count,
    factor: number('a number from 1 on', (value) => value >= 1),
  }),
  stop,
  reaction: oneOf('brake', 'retreat'),
  retreat: object<RetreatConfig>({
    distance: positive,
    speed: positive,
    time: positive,
    release: positive,
    floor: nullable(finite),
  }),
  externalTorque: nullable(
    object<ExternalTorqueConfig>({
      limit: each(positive),
      gain: positive,
      samples: count,
      gravity: oneOf('included', 'compensated'),
      armature: table(atLeastZero),
    }),
  ),
  transientTime: positive,
});

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What was given, and where nothing was, what is there. Lists, numbers and null replace. */
function over(base: unknown, given: unknown): unknown {
  if (given === undefined) return base;
  if (!isPlain(base) || !isPlain(given)) return given;
  const names = new Set([...Object.keys(base), ...Object.keys(given)]);
  return Object.fromEntries([...names].map((name) => [name, over(base[name], given[name])]));
}

/**
 * Checks a supervisor's configuration from outside, a parsed JSON file for example. What is left out of `watchdog`, `stops`
 * and `force` is as in `base`; a `filter` that is given is the whole of it, since a stage that is absent is off.
 * @throws {InputError} naming the field, its value and what was expected; a field that is not known is an error too.
 */
export function parseSafetyConfig(value: unknown, base: SafetyConfig = DEFAULT_SAFETY): SafetyConfig {
  const whole = object<SafetyConfig>({
    filter: (given) => (given === undefined ? base.filter : parseFilterConfig(given, 'safety.filter')),
    watchdog: (given, where) => watchdog(over(base.watchdog, given), where),
    stops: (given, where) => stops(over(base.stops, given), where),
    force: (given, where) => nullable(force)(over(base.force, given), where),
  });
  return whole(value, 'safety');
}
