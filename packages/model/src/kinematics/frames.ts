import { POSE_SIZE, type Pose } from '@praxis/core';
import type { Joint, Origin } from '../description/robot-model.ts';

export const identityPose = (): Pose => new Float64Array([0, 0, 0, 0, 0, 0, 1]);

/** Writes an origin as a pose. */
export function writeOrigin(origin: Origin, out: Float64Array, offset = 0): void {
  out.set(origin.xyz, offset);
  out.set(origin.quaternion, offset + 3);
}

/** Number of coordinates of each joint type: x, y, angle for a planar joint, a pose for a floating one. */
export const COORDINATE_COUNTS: Readonly<Record<Joint['type'], number>> = {
  fixed: 0,
  revolute: 1,
  continuous: 1,
  prismatic: 1,
  planar: 3,
  floating: POSE_SIZE,
};
