import type { Kinematics, ToolTask } from '@praxis/core';
import { IkSearch } from './search.ts';

/** Search parameters of {@link solveIk}. */
export interface IkOptions {
  /** Joints of the first attempt (rad, m). Default: the posture. */
  readonly start?: ArrayLike<number>;
  /** Preferred joints (rad, m) if the pose leaves a choice. Default: 0, or the nearest limit. */
  readonly posture?: ArrayLike<number>;
  /**
   * What a solution must reach. With `position` its orientation is the closest that was found and may be off. Default
   * `pose`, and `position` if fewer than six joints may move.
   */
  readonly task?: ToolTask;
  /** Names of joints that stay at their start. Default: none. */
  readonly hold?: readonly string[];
  /** Largest position error of a solution (m). Default 1e-6. */
  readonly positionTolerance?: number;
  /** Largest orientation error of a solution of the task `pose` (rad). Default 1e-6. */
  readonly orientationTolerance?: number;
  /** Number of restarts from random joints after an attempt that misses position or orientation. Default 60. */
  readonly restarts?: number;
  /** Seed of the random joints; equal seeds give equal solutions. Default 0. */
  readonly seed?: number;
  /** Largest number of iterations per attempt. Default 200. */
  readonly iterations?: number;
}

/** Result of {@link solveIk}. */
export interface IkSolution {
  /** Joint positions within the limits (rad, m), in the order of `kinematics.jointNames`. */
  readonly joints: Float64Array;
  /** Position error (m). */
  readonly positionError: number;
  /** Orientation error (rad). */
  readonly orientationError: number;
  /** Iterations of all attempts. */
  readonly iterations: number;
  /** False when the joints are only the closest ones found. */
  readonly converged: boolean;
}

/**
 * Inverse kinematics by damped least squares within joint limits. Redundant joints approach the posture in the null
 * space. With the task `position` the position is reached first, and the orientation as closely as that and the limits
 * allow. Equal arguments give equal solutions in every engine.
 * @param pose tool pose `[x, y, z, qx, qy, qz, qw]` (m) in the chain's base frame; the quaternion is normalised
 * @throws {InputError} when the pose is not 7 finite numbers, the quaternion has length 0, the number of joints is
 * wrong, a tolerance is not more than 0, or a held joint is unknown or starts outside its limits.
 */
export function solveIk(kinematics: Kinematics, pose: ArrayLike<number>, options: IkOptions = {}): IkSolution {
  return new IkSearch(kinematics, pose, options).run();
}
