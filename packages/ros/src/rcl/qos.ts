import type { Rcl } from './types.ts';

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
 * Quality of service by kind of topic (REP-2003 where it speaks of it). Whoever listens asks for little, so that every
 * publisher fits; whoever publishes offers much, so that every listener does.
 */
const PROFILES = {
  /** The newest picture is the one that counts. */
  image: { depth: 2, reliability: BEST_EFFORT, durability: VOLATILE },
  /** Wrench and joints at up to 1 kHz: 50 samples are 50 ms of a busy event loop. */
  sensor: { depth: 50, reliability: BEST_EFFORT, durability: VOLATILE },
  /** What one says to a robot: instructions, requests. */
  event: { depth: 10, reliability: RELIABLE, durability: VOLATILE },
  /** Targets, of which only the newest is worth anything. */
  command: { depth: 1, reliability: RELIABLE, durability: VOLATILE },
  /** Sensors as they are published. */
  published: { depth: 10, reliability: RELIABLE, durability: VOLATILE },
  /** What whoever comes later is to know as well. */
  latched: { depth: 1, reliability: RELIABLE, durability: TRANSIENT_LOCAL },
} as const satisfies Record<string, Profile>;

export type QosKind = keyof typeof PROFILES;

export const qosProfile = (kind: QosKind): Profile => PROFILES[kind];

export function qosOf(rcl: Rcl, kind: QosKind): object {
  const { depth, reliability, durability } = PROFILES[kind];
  return new rcl.QoS(KEEP_LAST, depth, reliability, durability);
}
