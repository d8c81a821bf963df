/** A joint that swings to and fro at one speed: where it is says when it was there. */
export const JOINT_SWING = { middle: 0.785, reach: 0.3, speed: 0.25 } as const;
const QUARTER_PERIOD_S = JOINT_SWING.reach / JOINT_SWING.speed;
/** s after a turn, in which limits of acceleration keep a target from following: nothing is said about them. */
const TURN_EXCLUSION_S = 0.4;

/** Where it is at `time` (s): rad. */
export function positionAt(time: number): number {
  const phase = ((time / QUARTER_PERIOD_S) % 4) + (time < 0 ? 4 : 0);
  const share = phase < 1 ? phase : phase < 3 ? 2 - phase : phase - 4;
  return JOINT_SWING.middle + JOINT_SWING.reach * share;
}

/**
 * How long ago the joint was there (s); undefined while it turns.
 * @param position rad
 * @param time s, now
 */
export function ageOf(position: number, time: number): number | undefined {
  const sinceTurn = (((time / QUARTER_PERIOD_S - 1) % 2) + 2) % 2;
  if (sinceTurn * QUARTER_PERIOD_S < TURN_EXCLUSION_S) return undefined;
  const rising = positionAt(time) > positionAt(time - 1e-4);
  return ((positionAt(time) - position) / JOINT_SWING.speed) * (rising ? 1 : -1);
}
