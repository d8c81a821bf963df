export { DampedLeastSquares, factorizeCholesky, substituteCholesky } from './damped-least-squares.ts';
export { exp, log } from './exponential.ts';
export { acos, asin, atan, atan2 } from './inverse.ts';
export {
  composePose,
  length3,
  POSE_SIZE,
  type PoseDistance,
  poseDistance,
  poseError,
  poseInFrame,
  relativePose,
  rotationBetween,
} from './pose.ts';
export * as quaternion from './quaternion.ts';
export { Random } from './random.ts';
export { SpeedProfile } from './speed-profile.ts';
export { cos, sin, sincos, tan } from './trigonometry.ts';
export * as vector3 from './vector3.ts';
