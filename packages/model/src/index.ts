/**
 * Robot models from URDF: forward kinematics, Jacobians, inverse kinematics, dynamics and trajectories.
 *
 * @example
 * import { chainKinematics, parseUrdf, solveIk } from '@praxis/model';
 * const kinematics = chainKinematics(parseUrdf(urdf), 'base_link', 'tool0');
 * const pose = Float64Array.of(0.45, 0, 0.3, 1, 0, 0, 0); // x y z (m), qx qy qz qw in base_link
 * const { joints, converged } = solveIk(kinematics, pose);
 */
export * from './description/robot-model.ts';
export { Dynamics, type DynamicsOptions } from './dynamics/dynamics.ts';
export { type IkOptions, type IkSolution, solveIk } from './ik/solve.ts';
export { isStraightPathReachable } from './ik/straight-path.ts';
export { type ChainOptions, chainKinematics } from './kinematics/chain.ts';
export { Coordinates, type JointValues, type Slot } from './kinematics/coordinates.ts';
export { parseJointValues } from './kinematics/joint-values.ts';
export { KinematicTree } from './kinematics/tree.ts';
export { type JointMotionLimits, JointTrajectory, type TimeScaling } from './trajectory/joint-trajectory.ts';
export { minimumJerk } from './trajectory/minimum-jerk.ts';
export type { MotionProfile, ProfileLimits } from './trajectory/profile.ts';
export { trapezoidal } from './trajectory/trapezoidal.ts';
export { parseUrdf, type UrdfOptions } from './urdf/parse.ts';
