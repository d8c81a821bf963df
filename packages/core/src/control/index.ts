export type { AdmittanceOptions } from './admittance.ts';
export { DifferentialIk, type DifferentialIkOptions } from './differential-ik.ts';
export {
  type ControlState,
  EndEffectorController,
  type EndEffectorControllerOptions,
} from './end-effector-controller.ts';
export type { MotionLimits } from './setpoint.ts';
