export type { AdmittanceOptions } from './admittance.ts';
export { ArmController, type ArmControllerOptions, type ArmTargets } from './arm-controller.ts';
export type { ArmMotion } from './arm-motion.ts';
export { BASE_TWIST_NAMES, BaseController, type BaseLimits } from './base-controller.ts';
export { DifferentialIk, type DifferentialIkOptions } from './differential-ik.ts';
export {
  EndEffectorController,
  type EndEffectorControllerOptions,
  type EndEffectorTargets,
} from './end-effector-controller.ts';
export { GripperController, type GripperControllerOptions } from './gripper-controller.ts';
export { JointController, type JointControllerOptions, type JointTargets } from './joint-controller.ts';
export { jointsAlong } from './joints-along.ts';
export type { MotionLimits } from './setpoint.ts';
export { type ControlState, TargetFollower } from './target-follower.ts';
export { type ToolTask, toolTaskOf } from './tool-task.ts';
