import { length3, vector3 } from '@praxis/core';
import type { SkillReading, SkillRobot } from '../skill.ts';

/** Speed of the tool where it may meet a thing or the surface under it (m/s). */
export const CAREFUL_SPEED_M_S = 0.05;
/**
 * Speed of a motion that may end in a contact (m/s). The arm goes on for 0.13 s after a contact was felt, and presses with about 50 N for each
 * millimetre.
 */
export const TOUCHING_SPEED_M_S = 0.008;
/** Change of the contact force that says that open fingers have met something (N). */
export const OBSTACLE_FORCE_N = 3;
/** Time for the arm to come to rest before a contact is averaged at a grasp (s). */
export const SETTLE_TIME_S = 0.2;

/** Makes a condition that holds once something pushes the tool upwards, harder by a force (N) than now; never without a wrist sensor. */
export function pushedUp(robot: SkillRobot, force: number): (reading: SkillReading) => boolean {
  const before = robot.reading().force?.[2];
  return ({ force: now }) => before !== undefined && now !== undefined && now[2] - before > force;
}

/** Makes a condition that holds once the contact force differs by a force (N) from now, whatever pushes; never without a wrist sensor. */
export function pushed(robot: SkillRobot, force: number): (reading: SkillReading) => boolean {
  const before = robot.reading().force;
  return ({ force: now }) => before !== undefined && now !== undefined && length3(vector3.minus(now, before)) > force;
}

/** A wrench on the tool: force (N) and torque about the tool (Nm), base frame. */
export type FeltWrench = Pick<SkillReading, 'torque'> & Required<Pick<SkillReading, 'force'>>;

/**
 * Mean contact wrench over a time in which the arm stands (s).
 * @param settle time before it, in which the arm comes to rest (s)
 * @returns undefined without a wrist sensor; no torque when the sensor has none
 */
export async function meanContact(robot: SkillRobot, settle: number, time: number): Promise<FeltWrench | undefined> {
  await robot.waitUntil(() => false, settle);
  const sum = new Float64Array(6);
  let count = 0;
  let hasTorque = true;
  await robot.waitUntil(({ force, torque }) => {
    if (!force) return false;
    for (const [i, value] of [...force, ...(torque ?? [])].entries()) sum[i] += value;
    hasTorque &&= torque !== undefined;
    count++;
    return false;
  }, time);
  if (count === 0) return undefined;
  const [fx, fy, fz, tx, ty, tz] = sum.map((value) => value / count);
  return { force: [fx, fy, fz], ...(hasTorque ? { torque: [tx, ty, tz] as const } : {}) };
}
