import { tan } from '@praxis/core';
import type { PinholeCamera } from '@praxis/sim';
import { toChildFrame } from '@praxis/sim';

/** Where a point appears: fractions 0..1 from the top left of a square image, and whether it lies inside. */
export interface Pixel {
  readonly x: number;
  readonly y: number;
  readonly visible: boolean;
}

const HIDDEN: Pixel = { x: 0, y: 0, visible: false };

/** Pinhole projection of a world point (m). Things in between are not looked at. */
export function project({ position, quaternion: q, fovY }: PinholeCamera, point: ArrayLike<number>): Pixel {
  const pose = [position[0], position[1], position[2], q[0], q[1], q[2], q[3]];
  const [x, y, z] = toChildFrame(pose, point);
  if (z < 0.01) return HIDDEN;
  const scale = 0.5 / (tan(fovY / 2) * z);
  const u = 0.5 + x * scale;
  const v = 0.5 + y * scale;
  return u >= 0 && u < 1 && v >= 0 && v < 1 ? { x: u, y: v, visible: true } : HIDDEN;
}
