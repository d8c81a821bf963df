import { quaternion } from '@praxis/core';
import { modelVisuals } from '../render/model-visuals.ts';
import { boxAround, pointsOfBody, poseRobot } from '../render/robot-extent.ts';
import { jointsAt } from './gripper.ts';
import type { RobotSetup } from './setup.ts';

/** A point (m). */
type Point = readonly [x: number, y: number, z: number];

/** Corners of the boxes around the links of a robot at home with open grippers (m, frame of the scene). */
export function homeExtent(setup: RobotSetup): readonly (readonly [x: number, y: number, z: number])[] {
  const { model, meshes, joints, home, held, arms, root } = setup;
  const fingers = arms.flatMap(({ gripper }) => (gripper ? Object.entries(jointsAt(gripper, gripper.range[1])) : []));
  const posed = poseRobot(model, {
    ...held,
    ...Object.fromEntries([...joints.map((name, i) => [name, home[i]] as const), ...fingers]),
  });
  const corners = modelVisuals(model, meshes).flatMap((body): Point[] => {
    const points = pointsOfBody(posed, body);
    if (points.length === 0) return [];
    const { lower, upper } = boxAround(points);
    const ends = [lower, upper];
    return ends.flatMap(([x]) => ends.flatMap(([, y]) => ends.map(([, , z]): Point => [x, y, z])));
  });
  if (!root) return corners;
  const out = [0, 0, 0];
  return corners.map((corner): Point => {
    quaternion.rotate(root.quaternion, corner, out);
    return [out[0] + root.xyz[0], out[1] + root.xyz[1], out[2] + root.xyz[2]];
  });
}
