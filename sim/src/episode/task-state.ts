import { quaternion } from '@praxis/core';
import type { World } from '../mujoco/world.ts';
import { TOOL_LINK } from '../robot/arm.ts';
import type { SimRobot } from '../robot/sim-robot.ts';
import type { TaskState } from '../tasks/task.ts';

/** Told to close this much further than the fingers are (m), and nearly still (m/s): they hold something. */
const GRIP_SQUEEZE_M = 0.008;
const STILL_SPEED_M_S = 0.02;

/** The simulator's own truth about one moment. */
export function taskState(world: World, robot: SimRobot): TaskState {
  const x = world.view('xpos');
  const q = world.view('xquat');
  const position = (name: string): [number, number, number] => {
    const id = 3 * world.body(name);
    return [x[id], x[id + 1], x[id + 2]];
  };
  const tool = world.body(TOOL_LINK);
  const rotation: [number, number, number] = [0, 0, 0];
  const turn = [q[4 * tool + 1], q[4 * tool + 2], q[4 * tool + 3], q[4 * tool]];
  quaternion.toRotationVector(turn, rotation);
  const { width, speed, commanded } = robot.gripper();
  return {
    time: world.time,
    tool: position(TOOL_LINK),
    rotation,
    width,
    widthSpeed: speed,
    gripping: commanded < width - GRIP_SQUEEZE_M && Math.abs(speed) < STILL_SPEED_M_S,
    position,
  };
}
