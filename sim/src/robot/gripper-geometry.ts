import { poseInFrame, quaternion } from '@praxis/core';
import type { Geometry } from '@praxis/model';
import type { ArmSetup } from './arm-setup.ts';
import { toParentFrame } from './frames.ts';
import { jointsAt } from './gripper.ts';
import type { RobotSetup } from './setup.ts';

/** Extent of fingers beyond the tool frame when the gripper has no shapes that tell it (m). */
const UNKNOWN_EXTENT_M = 0.01;

type GripperSetup = Pick<RobotSetup, 'definition' | 'arms' | 'armOf' | 'tree' | 'model' | 'gripperLinks' | 'hulls'>;

/** Returns the links of an arm's gripper. */
export function gripperLinksOf(
  { arms, armOf, gripperLinks }: Pick<RobotSetup, 'arms' | 'armOf' | 'gripperLinks'>,
  arm: ArmSetup,
): ReadonlySet<string> {
  if (!armOf) return gripperLinks;
  const index = arms.indexOf(arm);
  return new Set([...gripperLinks].filter((link) => armOf.get(link) === index));
}

/**
 * Returns the direction in which a gripper closes, as a unit vector x, y in the tool's frame: between its fingertips where the
 * definition names them, else along the way of the first finger. Without a gripper: y.
 */
export function closingAxis(setup: GripperSetup, arm: ArmSetup): readonly [number, number] {
  const { tree, definition, model, arms } = setup;
  const { gripper, toolLink } = arm;
  if (!gripper) return [0, 1];
  const [closed, open] = gripper.range.map((width) => jointsAt(gripper, width));
  const tips = Object.values(definition.arms)[arms.indexOf(arm)].gripper?.fingertips;
  const tool = tree.pose(toolLink);
  const place = (link: string, joints: Readonly<Record<string, number>>, point: ArrayLike<number>) =>
    toParentFrame(poseInFrame(tool, tree.pose(link, joints)), point);
  let [a, b]: ArrayLike<number>[] = [];
  if (tips) [a, b] = tips.map((link) => place(link, open, [0, 0, 0]));
  else {
    const finger = model.joints.find(({ name }) => name === gripper.joints[0])!.child;
    const centre = model.links.find(({ name }) => name === finger)!.inertial?.origin.xyz ?? [0, 0, 0];
    [a, b] = [closed, open].map((joints) => place(finger, joints, centre));
  }
  const [x, y] = [b[0] - a[0], b[1] - a[1]];
  const length = Math.sqrt(x * x + y * y);
  return length > 0 ? [x / length, y / length] : [0, 1];
}

/** Returns how far the gripper's collision shapes reach beyond the tool frame, along its z axis, open or closed (m, at least 0). */
export function tipExtent(setup: GripperSetup, arm: ArmSetup): number {
  const { tree, model, hulls } = setup;
  const { gripper, toolLink } = arm;
  const gripperLinks = gripperLinksOf(setup, arm);
  const tool = tree.pose(toolLink);
  const shapes = model.links
    .filter(({ name }) => gripperLinks.has(name))
    .flatMap((link) => link.collisions.map((collision) => ({ link, collision })))
    .filter(({ collision: { geometry } }) => geometry.type !== 'mesh' || hulls.has(geometry.filename));
  if (!gripper || shapes.length === 0) return UNKNOWN_EXTENT_M;
  let extent = 0;
  const [turn, along] = [new Float64Array(4), new Float64Array(3)];
  for (const width of gripper.range) {
    const joints = jointsAt(gripper, width);
    for (const { link, collision } of shapes) {
      const body = poseInFrame(tool, tree.pose(link.name, joints));
      const centre = toParentFrame(body, collision.origin.xyz);
      quaternion.multiply(body, collision.origin.quaternion, turn, 3, 0, 0);
      quaternion.rotateInverse(turn, [0, 0, 1], along);
      extent = Math.max(extent, centre[2] + extentAlong(collision.geometry, along, hulls));
    }
  }
  return extent;
}

/** Extent of a shape from its origin along a direction (m). @param direction unit vector in the shape's frame */
function extentAlong(geometry: Geometry, direction: Float64Array, hulls: RobotSetup['hulls']): number {
  const [x, y, z] = direction.map(Math.abs);
  switch (geometry.type) {
    case 'box':
      return (geometry.size[0] * x + geometry.size[1] * y + geometry.size[2] * z) / 2;
    case 'cylinder':
      return (geometry.length * z) / 2 + geometry.radius * Math.sqrt(Math.max(0, 1 - z * z));
    case 'capsule':
      return (geometry.length * z) / 2 + geometry.radius;
    case 'sphere':
      return geometry.radius;
    case 'mesh':
      return meshExtent((hulls.get(geometry.filename) ?? []).flat(), geometry.scale, direction);
  }
}

function meshExtent(vertices: readonly number[], scale: ArrayLike<number>, direction: Float64Array): number {
  let most = 0;
  for (let i = 0; i < vertices.length; i += 3) {
    let along = 0;
    for (let axis = 0; axis < 3; axis++) along += direction[axis] * scale[axis] * vertices[i + axis];
    most = Math.max(most, along);
  }
  return most;
}
