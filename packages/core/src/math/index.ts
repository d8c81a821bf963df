export { exp, log } from './exponential.ts';
export { acos, asin, atan, atan2 } from './inverse.ts';
export * as quaternion from './quaternion.ts';
export { Random } from './random.ts';
export { cos, sin, sincos, tan } from './trigonometry.ts';
