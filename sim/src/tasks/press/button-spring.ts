/** Hidden mechanics of a push button with a snap dome. Positions count from rest, downwards. */
export interface ButtonSpring {
  /** Position of the largest force, the detent (m). */
  readonly travel: number;
  /** Force at the detent (N). */
  readonly peakForce: number;
  /** Force after the detent as a share of {@link peakForce}. */
  readonly dropRatio: number;
  /** Stiffness of the stop behind the detent (N/m). */
  readonly stopStiffness: number;
}

/** Largest force beyond that of the detent with which a button may be pressed (N). */
export const EXCESS_FORCE_N = 2;

/** Force at rest as a share of the force at the detent. */
const PRELOAD_RATIO = 0.25;
/** Distance in which the force drops after the detent (m). */
export const SNAP_DEPTH_M = 0.00035;
/** Distance between the end of the drop and the stop (m). */
export const FREE_DEPTH_M = 0.00015;

/**
 * Force with which a button resists (N): it rises to the detent, drops when the dome snaps, and rises steeply at the stop. Tactile switches
 * have this curve; their data sheets call the drop divided by the peak the click ratio, usually 0.3 to 0.6.
 * @param position position of the cap (m)
 */
export function buttonForce({ travel, peakForce, dropRatio, stopStiffness }: ButtonSpring, position: number): number {
  const rest = PRELOAD_RATIO * peakForce;
  if (position <= travel) return rest + ((peakForce - rest) * Math.max(0, position)) / travel;
  const past = position - travel;
  const low = dropRatio * peakForce;
  if (past < SNAP_DEPTH_M) return peakForce + ((low - peakForce) * past) / SNAP_DEPTH_M;
  return low + stopStiffness * Math.max(0, past - SNAP_DEPTH_M - FREE_DEPTH_M);
}
