/** A joint that swings to and fro at one speed: where it is says when it was there. */
export const SWING = { middle: 0.785, reach: 0.3, speed: 0.25 } as const;
const QUARTER = SWING.reach / SWING.speed;
/** s after a turn, in which limits of acceleration keep a target from following: nothing is said about them. */
const TURNING = 0.4;

/** Where it is at `time` (s): rad. */
export function swing(time: number): number {
  const phase = ((time / QUARTER) % 4) + (time < 0 ? 4 : 0);
  const share = phase < 1 ? phase : phase < 3 ? 2 - phase : phase - 4;
  return SWING.middle + SWING.reach * share;
}

/**
 * How long ago the joint was there (s); undefined while it turns.
 * @param position rad
 * @param time s, now
 */
export function ageOf(position: number, time: number): number | undefined {
  const sinceTurn = (((time / QUARTER - 1) % 2) + 2) % 2;
  if (sinceTurn * QUARTER < TURNING) return undefined;
  const rising = swing(time) > swing(time - 1e-4);
  return ((swing(time) - position) / SWING.speed) * (rising ? 1 : -1);
}
