import { POSE_SIZE } from '@praxis/core';
import type { JointValues, RobotModel } from '@praxis/model';
import { lookAlong } from './look-along.ts';
import { boxAround, pointsOfBody, poseRobot } from './robot-extent.ts';
import { SimScene } from './sim-scene.ts';
import { SoftwareRenderer } from './software-renderer.ts';
import type { BodyVisuals, PinholeCamera } from './types.ts';

/** A picture: rgb8, rows from the top. */
export interface RobotPicture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** Vertical field of view of the picture (rad). */
const FOV_Y = 0.6;
/** Direction from the robot to the camera: from the front, a little from the left and from above. */
const VIEW = [0.72, -0.55, 0.42] as const;
const LIGHTING = { direction: [-0.45, 0.25, -0.86], intensity: 0.75, ambient: 0.4 } as const;

/** The camera that looks at a ball from {@link VIEW} and has all of it in the picture. */
function cameraAt(centre: readonly number[], radius: number): PinholeCamera {
  const length = Math.hypot(...VIEW);
  const distance = radius / Math.sin(FOV_Y / 2);
  const back = VIEW.map((value) => value / length);
  return {
    position: centre.map((value, axis) => value + distance * back[axis]),
    quaternion: lookAlong(back.map((value) => -value)),
    fovY: FOV_Y,
    exposure: 1,
  };
}

/** A ball around the middle of points that contains them all; of 1 m about the origin without points. */
function ballAround(points: readonly number[]): { readonly centre: readonly number[]; readonly radius: number } {
  if (points.length === 0) return { centre: [0, 0, 0], radius: 1 };
  const { lower, upper } = boxAround(points);
  const centre = lower.map((value, axis) => (value + upper[axis]) / 2);
  let radius = 0;
  for (let i = 0; i < points.length; i += 3) {
    radius = Math.max(radius, Math.hypot(...centre.map((value, axis) => points[i + axis] - value)));
  }
  return { centre, radius };
}

/**
 * Draws a robot as a whole in one posture.
 * @param visuals of its links, see `modelVisuals`
 * @param joints positions of joints (rad, m); the others are at 0
 * @throws {InputError} for an unknown joint or an image size that is not whole
 */
export function pictureOf(
  model: RobotModel,
  visuals: readonly BodyVisuals[],
  joints: JointValues,
  [width, height]: readonly [number, number] = [800, 800],
): RobotPicture {
  const posed = poseRobot(model, joints);
  const { tree, poses } = posed;
  const scene = new SimScene(visuals);
  const points: number[] = [];
  for (const body of visuals) {
    const at = tree.linkIndex(body.body) * POSE_SIZE;
    scene.setPose(body.body, poses.subarray(at, at + 3), poses.subarray(at + 3, at + POSE_SIZE));
    for (const value of pointsOfBody(posed, body)) points.push(value);
  }
  const { centre, radius } = ballAround(points);
  const rgb = new Uint8Array(width * height * 3);
  new SoftwareRenderer(width, height).render(scene, cameraAt(centre, radius), LIGHTING, rgb);
  return { width, height, rgb };
}
