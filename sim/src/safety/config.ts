import { DEFAULT_FORCE, DEFAULT_SAFETY, type SafetyConfig } from '@praxis/safety';

/**
 * How the simulated arm is guarded: the defaults, and what is known of its work cell.
 *
 * Contact was measured over 24 episodes of `pick` and `sort` with the shipped policy: above the table and the things on it (tool
 * higher than 4 cm) up to 6 N and 0.4 Nm, the carried weight and its inertia included; below that up to 47 N and 4.2 Nm. Only
 * there, with some room, contact is expected; elsewhere 10 N are a collision.
 */
export const SIM_SAFETY: SafetyConfig = {
  ...DEFAULT_SAFETY,
  watchdog: {
    ...DEFAULT_SAFETY.watchdog,
    streams: {
      ...DEFAULT_SAFETY.watchdog.streams,
      // Whoever says "stop" is no longer heard.
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
    // A grip that slips rings with up to 20 N for a sample or two.
    strike: { samples: 2, factor: 4 },
  },
};
