import type { Rcl } from './types.ts';

/** Values of the QoS policies in rmw (`rmw_qos_*_policy_e`). */
const KEEP_LAST = 1;
export const RELIABLE = 1;
export const BEST_EFFORT = 2;
export const TRANSIENT_LOCAL = 1;
export const VOLATILE = 2;

interface Profile {
  readonly depth: number;
  readonly reliability: number;
  readonly durability: number;
}

/**
 * Quality of service by kind of topic (REP-2003 where it covers the kind). Subscriptions request the weakest profile, so that
 * every publisher matches; publishers offer the strongest one, so that every subscription matches.
 */
const PROFILES = {
  /** Subscriptions to images: only the newest image is of use. */
  image: { depth: 2, reliability: BEST_EFFORT, durability: VOLATILE },
  /** Subscriptions to wrench and joints at up to 1 kHz: 50 samples cover 50 ms of a busy event loop. */
  sensor: { depth: 50, reliability: BEST_EFFORT, durability: VOLATILE },
  /** The time of a simulator: only the newest is of use. */
  clock: { depth: 1, reliability: BEST_EFFORT, durability: VOLATILE },
  /** Instructions, requests and other single messages. */
  event: { depth: 10, reliability: RELIABLE, durability: VOLATILE },
  /** Targets: only the newest target is of use. */
  command: { depth: 1, reliability: RELIABLE, durability: VOLATILE },
  /** Subscriptions of the simulator to targets: it plays those of 50 ms in which its event loop was busy one after the other. */
  targets: { depth: 25, reliability: RELIABLE, durability: VOLATILE },
  /** Publishers of sensor data. */
  published: { depth: 10, reliability: RELIABLE, durability: VOLATILE },
  /** States that late subscribers receive as well. */
  latched: { depth: 1, reliability: RELIABLE, durability: TRANSIENT_LOCAL },
  /** States of several publishers of one topic, such as `/tf_static`. */
  latchedByMany: { depth: 16, reliability: RELIABLE, durability: TRANSIENT_LOCAL },
  /**
   * Subscriptions that want every sample or target: 500 cover a second of a busy event loop. Best effort also for targets, so that a
   * recorder makes the supervisor wait for no acknowledgement.
   */
  everySample: { depth: 500, reliability: BEST_EFFORT, durability: VOLATILE },
  /** Subscriptions that want every image: 10 cover 0.3 s of a busy event loop. */
  everyImage: { depth: 10, reliability: BEST_EFFORT, durability: VOLATILE },
} as const satisfies Record<string, Profile>;

/** Kind of a topic, which selects its quality of service. */
export type QosKind = keyof typeof PROFILES;

/** The quality of service of a kind of topic. */
export const qosProfile = (kind: QosKind): Profile => PROFILES[kind];

/** The quality of service of a kind of topic, as an object of the client library. */
export function qosOf(rcl: Rcl, kind: QosKind): object {
  const { depth, reliability, durability } = PROFILES[kind];
  return new rcl.QoS(KEEP_LAST, depth, reliability, durability);
}
