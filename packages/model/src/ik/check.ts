import { InputError, type Kinematics, type Pose, quaternion } from '@praxis/core';

/** A copy of a pose with a unit quaternion. @throws {InputError} when it is not 7 finite numbers or the quaternion is 0 */
export function checkedPose(pose: ArrayLike<number>): Pose {
  const out = Float64Array.from(pose);
  if (out.length !== 7 || !out.every(Number.isFinite)) {
    throw new InputError(`pose ${out.join(',')}: expected 7 finite numbers x,y,z,qx,qy,qz,qw`);
  }
  if (out.subarray(3).every((value) => value === 0)) {
    throw new InputError(`pose ${out.join(',')}: the quaternion has length 0, expected 1`);
  }
  quaternion.normalise(out, out, 3, 3);
  return out;
}

/** A tolerance (m or rad). @throws {InputError} when it is not more than 0 */
export function checkedTolerance(quantity: 'position' | 'orientation', tolerance: number): number {
  if (tolerance > 0) return tolerance;
  const unit = quantity === 'position' ? 'm' : 'rad';
  throw new InputError(`${quantity} tolerance ${tolerance} ${unit}: expected more than 0`);
}

/** Joint positions, each clamped to its limits. @throws {InputError} when their number is wrong or one is not finite */
export function jointsWithinLimits(name: string, kinematics: Kinematics, joints: ArrayLike<number>): Float64Array {
  const { jointNames, lower, upper } = kinematics;
  const values = Float64Array.from(joints);
  if (values.length !== jointNames.length || !values.every(Number.isFinite)) {
    throw new InputError(
      `${name} ${values.join(',')}: expected ${jointNames.length} finite numbers for ${jointNames.join(', ')}`,
    );
  }
  return values.map((value, i) => Math.min(Math.max(value, lower[i]), upper[i]));
}

/**
 * Limits of a search in which some joints stand: both limits of these are their start.
 * @param start joint positions (rad, m)
 * @throws {InputError} when a held joint is unknown, or its start is outside its limits
 */
export function searchLimits(
  { jointNames, lower, upper }: Kinematics,
  hold: readonly string[],
  start: ArrayLike<number>,
): { readonly lower: Float64Array; readonly upper: Float64Array } {
  const limits = { lower: lower.slice(), upper: upper.slice() };
  for (const name of hold) {
    const i = jointNames.indexOf(name);
    if (i < 0) throw new InputError(`held joint "${name}": unknown; the chain has ${jointNames.join(', ')}`);
    if (!(start[i] >= lower[i] && start[i] <= upper[i])) {
      throw new InputError(
        `held joint "${name}": its start ${start[i]} is outside its limits ${lower[i]}..${upper[i]}`,
      );
    }
    limits.lower[i] = start[i];
    limits.upper[i] = start[i];
  }
  return limits;
}
