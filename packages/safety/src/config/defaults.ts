import type { FilterConfig } from './filter-config.ts';
import type { ForceConfig } from './force-config.ts';
import type { SafetyConfig, StopsConfig, StreamRule, WatchdogConfig } from './safety-config.ts';

/**
 * The filter of the Praxis arm. Accelerations and jerks were measured: over 66 episodes of `pick` and `sort` the
 * shipped controller commanded up to 0.98 rad/s, 32 rad/s^2 and 26,200 rad/s^3, by finite differences at 500 Hz. These
 * limits are about 1.4 and 1.5 times as high, so that normal commands pass bit by bit.
 */
export const DEFAULT_FILTER: FilterConfig = {
  limits: { acceleration: 45, jerk: 40_000 },
  age: { maximum: 0.05, future: 0.005 },
  jump: { position: 0.1 },
  joints: { clamp: 'along_path' },
  gripper: { minimum: 0, maximum: 0.082, speed: 0.2 },
  cartesian: { speed: 1 },
  stop: {
    hold: { deceleration: 0.4, jerk: 0.5 },
    protective: { deceleration: 0.7, jerk: 1 },
    emergency: { deceleration: 1, jerk: 1 },
  },
};

/**
 * Cameras at 20 Hz with up to 50 ms of delay are at most 100 ms old; a visual policy without one acts without feedback.
 * Wrist sensor and joints at 500 Hz with up to 20 ms of delay are at most 22 ms old. Without them the force monitor has
 * no input and the arm's position unknown, so a powered standstill cannot be called safe. Language has no rate: the end
 * of its stream is reported and does not stop the arm by itself.
 */
const DEFAULT_STREAMS: Readonly<Record<string, StreamRule>> = {
  vision: {
    deadline: 0.25,
    lost: 'hold',
    frozen: { samples: 8, when: 'moving', reaction: 'hold' },
    bad: { samples: 3, reaction: 'hold' },
  },
  wrench: {
    deadline: 0.04,
    lost: 'protective_stop',
    frozen: { samples: 20, when: 'always', reaction: 'protective_stop' },
    bad: { samples: 5, reaction: 'protective_stop' },
  },
  joints: {
    deadline: 0.04,
    lost: 'protective_stop',
    frozen: { samples: 20, when: 'moving', reaction: 'protective_stop' },
    bad: { samples: 5, reaction: 'protective_stop' },
  },
  language: { deadline: 1, lost: 'report', frozen: null, bad: { samples: 1, reaction: 'report' } },
  '*': { deadline: 0.5, lost: 'report', frozen: null, bad: { samples: 5, reaction: 'report' } },
};

/** The watchdog of the Praxis arm, whose sensors run at 500 Hz and whose cameras run at 20 Hz. */
export const DEFAULT_WATCHDOG: WatchdogConfig = {
  streams: DEFAULT_STREAMS,
  command: { deadline: 0.05, reaction: 'hold' },
  reject: { time: 0.1, reaction: 'protective_stop' },
  queue: { grace: 0, reaction: 'hold' },
  heartbeats: {
    loop: { deadline: 0.05, reaction: 'hold', from: 'first beat' },
    policy: { deadline: 0.05, reaction: 'hold', from: 'first beat' },
  },
  // The longest delay to a measured joint: 40 ms to the servo, 50 ms in the servo, 20 ms back.
  joints: { step: 0.005, speeds: 2, error: 0.06, lag: 0.15, memory: 0.3, samples: 10, settle: 0.5, reaction: 'hold' },
  clock: { maximumStep: 0.1, ahead: 0.01, reaction: 'hold' },
};

/** An emergency stop brakes under control; the brakes close when all joints are slower than 0.02 rad/s. */
export const DEFAULT_STOPS: StopsConfig = {
  emergency: 'category_1',
  standstillVelocity: 0.02,
  brakeTimeout: 0.5,
};

/** Contact limits of the Praxis arm. Contact is expected below 14 cm and while the fingers move. */
export const DEFAULT_FORCE: ForceConfig = {
  free: { force: 20, torque: 4 },
  expected: { force: 85, torque: 9 },
  expect: { below: 0.14, gripping: 0.3 },
  strike: { samples: 2, factor: 2 },
  stop: 'protective_stop',
  reaction: 'retreat',
  retreat: { distance: 0.08, speed: 0.4, time: 0.5, release: 4, floor: 0.14 },
  externalTorque: null,
  transientTime: 0.5,
};

/** The whole default configuration. Its figures hold for the sensors and rates of the Praxis arm. */
export const DEFAULT_SAFETY: SafetyConfig = {
  filter: DEFAULT_FILTER,
  watchdog: DEFAULT_WATCHDOG,
  stops: DEFAULT_STOPS,
  force: DEFAULT_FORCE,
};

/** The rule of a stream: the rule of its name, else of its modality, else the rule for all others. */
export function ruleOf(streams: WatchdogConfig['streams'], name: string, modality: string): StreamRule {
  const rule = Object.hasOwn(streams, name) ? streams[name] : Object.hasOwn(streams, modality) && streams[modality];
  return rule || streams['*'] || DEFAULT_STREAMS['*'];
}
