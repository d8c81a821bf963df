import { tan } from '@praxis/core';
import type { PinholeCamera } from '@praxis/sim';
import { toChildFrame } from '@praxis/sim';

/** Position of a point in a square image, as fractions 0..1 from the top left corner. Outside the image x and y are 0. */
export interface ImagePoint {
  readonly x: number;
  readonly y: number;
  readonly visible: boolean;
}

/** Points closer to the camera plane than this, or behind it, are not visible (m). */
const MIN_DEPTH_M = 0.01;
const HIDDEN: ImagePoint = { x: 0, y: 0, visible: false };

/** Projects a point (m, world frame) with the pinhole model. Occlusion by other objects is not considered. */
export function projectToImage({ position, quaternion: q, fovY }: PinholeCamera, point: ArrayLike<number>): ImagePoint {
  const pose = [position[0], position[1], position[2], q[0], q[1], q[2], q[3]];
  const [x, y, z] = toChildFrame(pose, point);
  if (z < MIN_DEPTH_M) return HIDDEN;
  const scale = 0.5 / (tan(fovY / 2) * z);
  const u = 0.5 + x * scale;
  const v = 0.5 + y * scale;
  return u >= 0 && u < 1 && v >= 0 && v < 1 ? { x: u, y: v, visible: true } : HIDDEN;
}
