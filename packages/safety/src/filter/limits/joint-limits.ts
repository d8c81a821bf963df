import { InputError } from '@praxis/core';
import type { RobotModel } from '@praxis/model';
import type { JointLimitsConfig, PerJoint } from '../../config/filter-config.ts';

/**
 * Joint limits in the order of the command's joints, in rad or m and s. They are finite except for the range of
 * continuous joints.
 */
export interface JointLimits {
  /** Lower ends of the ranges (rad, m). */
  readonly lower: Float64Array;
  /** Upper ends of the ranges (rad, m). */
  readonly upper: Float64Array;
  /** Largest speeds (rad/s, m/s). */
  readonly velocity: Float64Array;
  /** Largest accelerations (rad/s^2, m/s^2). */
  readonly acceleration: Float64Array;
  /** Largest jerks (rad/s^3, m/s^3). */
  readonly jerk: Float64Array;
}

/** The value of one joint; undefined where there is none. */
export const perJoint = (values: PerJoint | undefined, joint: string): number | undefined =>
  typeof values === 'number' ? values : values?.[joint];

function positive(value: number | undefined, what: string, joint: string): number {
  if (value !== undefined && value > 0) return value;
  throw new InputError(`limits.${what}: joint "${joint}" has ${value ?? 'none'}, expected a number above 0`);
}

/** Range of a joint: the URDF's range, cut by the configured one, less the margin. */
function rangeOf(name: string, lower: number, upper: number, config: JointLimitsConfig): readonly [number, number] {
  const [low, high] = config.position?.[name] ?? [lower, upper];
  const margin = config.margin ?? 0;
  const range = [Math.max(lower, low) + margin, Math.min(upper, high) - margin] as const;
  if (range[0] < range[1]) return range;
  throw new InputError(`limits.position: joint "${name}" is left ${range[0]} .. ${range[1]}, expected some range`);
}

/**
 * Limits of the named joints: those of the URDF, tightened by the configuration. No joint may reach its acceleration
 * limit and then its speed limit within one period, because the filter can only keep limits that a period is too short to cross.
 * @param names joints of the command, in its order
 * @param period time between two commands (s)
 * @throws {InputError} that names the joint and the limit that is missing or out of range.
 */
export function jointLimits(
  names: readonly string[],
  model: RobotModel,
  config: JointLimitsConfig,
  period: number,
): JointLimits {
  const n = names.length;
  const limits: JointLimits = {
    lower: new Float64Array(n),
    upper: new Float64Array(n),
    velocity: new Float64Array(n),
    acceleration: new Float64Array(n),
    jerk: new Float64Array(n),
  };
  for (const [i, name] of names.entries()) {
    const joint = model.joints.find((each) => each.name === name);
    if (!joint) throw new InputError(`limits: joint "${name}": unknown to robot ${model.name}`);
    const range = rangeOf(name, joint.limit?.lower ?? -Infinity, joint.limit?.upper ?? Infinity, config);
    [limits.lower[i], limits.upper[i]] = range;
    const velocity = Math.min(joint.limit?.velocity ?? Infinity, perJoint(config.velocity, name) ?? Infinity);
    limits.velocity[i] = positive(Number.isFinite(velocity) ? velocity : undefined, 'velocity', name);
    const acceleration = positive(perJoint(config.acceleration, name), 'acceleration', name);
    limits.acceleration[i] = Math.min(acceleration, limits.velocity[i] / period);
    // A change from one acceleration limit to the other within a period is no restriction.
    const free = (2 * limits.acceleration[i]) / period;
    const jerk = config.jerk === null ? free : positive(perJoint(config.jerk, name), 'jerk', name);
    limits.jerk[i] = Math.min(jerk, free);
    checkRoom(name, limits, i);
  }
  return limits;
}

/** A stop in one direction must not meet the limit of the other, because the filter could then keep neither. */
function checkRoom(name: string, { velocity, acceleration, jerk, lower, upper }: JointLimits, i: number): void {
  const [v, a, j] = [velocity[i], acceleration[i], jerk[i]];
  if ((a * a) / j > v) {
    throw new InputError(
      `limits.jerk: joint "${name}" needs ${(a * a) / j} rad/s to leave its acceleration limit, more than its speed limit ${v}`,
    );
  }
  const overshoot = (2 * a * a * a) / (j * j);
  if (upper[i] - lower[i] < overshoot) {
    throw new InputError(`limits.position: joint "${name}" has ${upper[i] - lower[i]} rad, expected ${overshoot}`);
  }
}
