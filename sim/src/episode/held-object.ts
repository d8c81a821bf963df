import { quaternion } from '@praxis/core';
import { element, type MjcfElement } from '../mjcf/element.ts';
import { bodyName } from '../mjcf/robot-bodies.ts';
import type { World } from '../mujoco/world.ts';
import type { SimRobot } from '../robot/sim-robot.ts';
import type { HeldObject } from '../tasks/task.ts';

/** A gripper whose commanded width is this much more than the object's lets go of it (m). */
const RELEASE_M = 0.004;

const constraintName = (object: string): string => `held ${object}`;

/** Makes the constraint that holds an object in the gripper. @param toolLink link of the tool frame */
export function heldWeld({ object, pose: [x, y, z, qx, qy, qz, qw] }: HeldObject, toolLink: string): MjcfElement {
  return element({
    name: constraintName(object),
    body1: bodyName(toolLink),
    body2: object,
    relpose: [x, y, z, qw, qx, qy, qz],
    solref: [0.006, 1],
    // On a weld of the usual softness an object as light as this would tilt under load.
    solimp: [0.999, 0.9995, 0.001],
  });
}

/** Places a held object in the gripper of an arm that is at its start pose. */
export function placeHeld({ object, pose }: HeldObject, toolLink: string, world: World): void {
  const tool = world.bodyPose(world.body(bodyName(toolLink)));
  const turn = [0, 0, 0, 1];
  const offset = [0, 0, 0];
  quaternion.multiply(tool, pose, turn, 3, 3);
  quaternion.rotate(tool, pose, offset, 3);
  const qpos = world.view('qpos');
  const at = world.joint(object).qpos;
  for (let i = 0; i < 3; i++) qpos[at + i] = tool[i] + offset[i];
  const [x, y, z, w] = turn;
  qpos.set([w, x, y, z], at + 3);
  world.forward();
}

/** Returns what lets go of a held object before the physics step in which the gripper opens. */
export function releaseOnOpening({ object, width }: HeldObject, robot: SimRobot, world: World): () => void {
  let holds = true;
  return () => {
    if (!holds || robot.gripper().commanded < width + RELEASE_M) return;
    holds = false;
    world.endEquality(constraintName(object));
  };
}
