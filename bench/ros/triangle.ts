/** Triangle wave of a joint: its position tells the time. Middle and reach in rad, speed in rad/s. */
export const JOINT_SWING = { middle: 0.785, reach: 0.3, speed: 0.25 } as const;
const QUARTER_PERIOD_S = JOINT_SWING.reach / JOINT_SWING.speed;
/** Time after a reversal in which the age is unknown, because a target with limited acceleration lags behind (s). */
const REVERSAL_EXCLUSION_S = 0.4;

/** Position of the joint (rad). @param time s */
export function positionAt(time: number): number {
  const phase = ((time / QUARTER_PERIOD_S) % 4) + (time < 0 ? 4 : 0);
  const share = phase < 1 ? phase : phase < 3 ? 2 - phase : phase - 4;
  return JOINT_SWING.middle + JOINT_SWING.reach * share;
}

/**
 * Time since the joint was at a position (s); undefined after a reversal.
 * @param position rad
 * @param time current time (s)
 */
export function ageOf(position: number, time: number): number | undefined {
  const sinceReversal = (((time / QUARTER_PERIOD_S - 1) % 2) + 2) % 2;
  if (sinceReversal * QUARTER_PERIOD_S < REVERSAL_EXCLUSION_S) return undefined;
  const rising = positionAt(time) > positionAt(time - 1e-4);
  return ((positionAt(time) - position) / JOINT_SWING.speed) * (rising ? 1 : -1);
}
