import { DEFAULT_FORCE, DEFAULT_SAFETY, type SafetyConfig } from '@praxis/safety';

/**
 * Configuration of the simulated arm's supervisor: the defaults, adapted to its work cell.
 *
 * The force limits follow a measurement over 24 episodes of `pick` and `sort` with the shipped policy. With the tool higher
 * than 4 cm, the wrench reached 6 N and 0.4 Nm, including the weight and inertia of the carried object. Below that it reached
 * 47 N and 4.2 Nm. Contact is therefore expected below 6 cm only; elsewhere 10 N are a collision.
 */
export const SIM_SAFETY: SafetyConfig = {
  ...DEFAULT_SAFETY,
  watchdog: {
    ...DEFAULT_SAFETY.watchdog,
    streams: {
      ...DEFAULT_SAFETY.watchdog.streams,
      // Without this stream a spoken "stop" does not arrive.
      language: { deadline: 1, lost: 'hold', frozen: null, bad: { samples: 1, reaction: 'report' } },
    },
    command: { deadline: 0.04, reaction: 'hold' },
    heartbeats: {
      loop: { deadline: 0.04, reaction: 'hold', from: 'first beat' },
      policy: { deadline: 0.038, reaction: 'hold', from: 'first beat' },
    },
  },
  force: {
    ...DEFAULT_FORCE,
    free: { force: 10, torque: 2 },
    expect: { below: 0.06, gripping: null },
    retreat: { ...DEFAULT_FORCE.retreat, floor: 0.06 },
    // A slipping grip oscillates with up to 20 N for one or two samples.
    strike: { samples: 2, factor: 4 },
  },
};
