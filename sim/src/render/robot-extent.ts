import { POSE_SIZE, quaternion } from '@praxis/core';
import { type JointValues, KinematicTree, type RobotModel } from '@praxis/model';
import type { BodyVisuals } from './types.ts';

/** Corners that bound a visual in its body's frame, 3 numbers each (m). */
function boundsOf({ geometry }: BodyVisuals['visuals'][number]): ArrayLike<number> {
  if (geometry.type === 'mesh') return geometry.vertices;
  const [x, y, z] =
    geometry.type === 'box'
      ? geometry.size.map((side) => side / 2)
      : geometry.type === 'sphere'
        ? [geometry.radius, geometry.radius, geometry.radius]
        : [geometry.radius, geometry.radius, geometry.length / 2];
  return [-1, 1].flatMap((i) => [-1, 1].flatMap((j) => [-1, 1].flatMap((k) => [i * x, j * y, k * z])));
}

/** Poses of the links in one posture, in the frame of the root link: 7 numbers each (m, quaternion xyzw), in the tree's order. */
export interface PosedRobot {
  readonly tree: KinematicTree;
  readonly poses: Float64Array;
}

/** @param joints positions of joints (rad, m); the others are at 0 @throws {InputError} for an unknown joint */
export function poseRobot(model: RobotModel, joints: JointValues): PosedRobot {
  const tree = new KinematicTree(model);
  const poses = new Float64Array(tree.links.length * POSE_SIZE);
  tree.forward(tree.coordinates.from(joints), poses);
  return { tree, poses };
}

/**
 * Points of one link's visuals that bound them, 3 numbers each (m), in the frame of the root link: vertices of meshes, corners of
 * the boxes around other shapes.
 */
export function pointsOfBody({ tree, poses }: PosedRobot, { body, visuals }: BodyVisuals): number[] {
  const at = tree.linkIndex(body) * POSE_SIZE;
  const points: number[] = [];
  const point = [0, 0, 0];
  for (const shape of visuals) {
    const bounds = boundsOf(shape);
    for (let i = 0; i < bounds.length; i += 3) {
      quaternion.rotate(shape.pose, bounds, point, 3, i);
      for (let axis = 0; axis < 3; axis++) point[axis] += shape.pose[axis];
      quaternion.rotate(poses, point, point, at + 3);
      points.push(point[0] + poses[at], point[1] + poses[at + 1], point[2] + poses[at + 2]);
    }
  }
  return points;
}

/** Lower and upper corner of the box around points of 3 numbers each; infinite without points. */
export function boxAround(points: ArrayLike<number>): { readonly lower: number[]; readonly upper: number[] } {
  const lower = [Infinity, Infinity, Infinity];
  const upper = [-Infinity, -Infinity, -Infinity];
  for (let i = 0; i < points.length; i++) {
    lower[i % 3] = Math.min(lower[i % 3], points[i]);
    upper[i % 3] = Math.max(upper[i % 3], points[i]);
  }
  return { lower, upper };
}
