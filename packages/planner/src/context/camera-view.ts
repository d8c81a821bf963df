import { quaternion, tan } from '@praxis/core';

/** A camera by its nominal pose: an upright pinhole whose picture is as wide as high times the ratio of its sides. */
export interface CameraView {
  /** Name of the camera: its stream is `images.NAME`. */
  readonly name: string;
  /** Pose of the optical frame (REP 103: z forward, x right, y down) in the base frame of the arm: x y z qx qy qz qw. */
  readonly pose: ArrayLike<number>;
  /** Vertical field of view (rad). */
  readonly fovY: number;
  /** Width of the picture divided by its height. */
  readonly aspect: number;
}

/** A point of a picture, as fractions of width and height from the top left. It may lie outside 0..1. */
export interface PicturePoint {
  readonly x: number;
  readonly y: number;
}

/** Points closer to the camera plane than this, or behind it, are not seen (m). */
const MIN_DEPTH_M = 0.01;
/** A line of sight that reaches the height no nearer than this is level (m). */
const MAX_DEPTH_M = 100;

/** Where a camera sees a point (m, base frame of the arm); undefined behind the camera. */
export function projectPoint({ pose, fovY, aspect }: CameraView, point: ArrayLike<number>): PicturePoint | undefined {
  const seen = new Float64Array(3);
  quaternion.rotateInverse(pose, [point[0] - pose[0], point[1] - pose[1], point[2] - pose[2]], seen, 3, 0, 0);
  const [x, y, z] = seen;
  if (z < MIN_DEPTH_M) return undefined;
  const scale = 0.5 / (tan(fovY / 2) * z);
  return { x: 0.5 + (x * scale) / aspect, y: 0.5 + y * scale };
}

/**
 * The point at a height that a camera sees at a place of its picture.
 * @param height z of the point (m, base frame of the arm)
 * @returns undefined where the line of sight does not reach that height
 */
export function pointAtHeight(
  { pose, fovY, aspect }: CameraView,
  { x, y }: PicturePoint,
  height: number,
): [number, number, number] | undefined {
  const half = tan(fovY / 2);
  const direction = new Float64Array(3);
  quaternion.rotate(pose, [(2 * x - 1) * half * aspect, (2 * y - 1) * half, 1], direction, 3, 0, 0);
  const along = (height - pose[2]) / direction[2];
  if (!(along > 0 && along < MAX_DEPTH_M)) return undefined;
  return [pose[0] + along * direction[0], pose[1] + along * direction[1], height];
}
