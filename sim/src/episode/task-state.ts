import { quaternion } from '@praxis/core';
import { bodyName } from '../mjcf/robot-bodies.ts';
import type { World } from '../mujoco/world.ts';
import type { SimRobot } from '../robot/sim-robot.ts';
import type { TaskState } from '../tasks/task.ts';
import { ContactForces } from './contact-forces.ts';

/** Fingers that hold an object stay at least this far behind their commanded width (m). */
const GRIP_SQUEEZE_M = 0.008;
/** Fingers that hold an object are slower than this (m/s). */
const STILL_SPEED_M_S = 0.02;

/** Returns the true state of the scene and of the working arm, read from physics. Poses are in the frame of the scene. */
export function taskState(world: World, robot: SimRobot): TaskState {
  const x = world.view('xpos');
  const q = world.view('xquat');
  const position = (name: string): [number, number, number] => {
    const id = 3 * world.body(name);
    return [x[id], x[id + 1], x[id + 2]];
  };
  const toolName = bodyName(robot.setup.toolLink);
  const tool = world.body(toolName);
  const rotation: [number, number, number] = [0, 0, 0];
  const turn = [q[4 * tool + 1], q[4 * tool + 2], q[4 * tool + 3], q[4 * tool]];
  quaternion.toRotationVector(turn, rotation);
  const { width, speed, commanded } = robot.gripper();
  const forces = new ContactForces(world, robot.setup);
  return {
    time: world.time,
    tool: position(toolName),
    rotation,
    width,
    widthSpeed: speed,
    gripping: commanded < width - GRIP_SQUEEZE_M && Math.abs(speed) < STILL_SPEED_M_S,
    position,
    slide: (part) => {
      const { qpos, qvel } = world.joint(part);
      return { position: world.view('qpos')[qpos], speed: world.view('qvel')[qvel] };
    },
    force: (by, on) => forces.between(by, on),
  };
}
