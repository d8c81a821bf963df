import { type ActionBlock, armBlocks, atan2, cos, POSE_SIZE, quaternion, STIFF_TOOL_N_M, sin } from '@praxis/core';
import type { TaskState, Waypoint } from '../tasks/task.ts';
import { DOWN_ORIENTATION, orientationAt, type ToolOrientation } from '../tasks/tool-orientation.ts';

/** Speed for each metre of remaining distance (1/s): the tool slows down before it arrives. */
const APPROACH_GAIN_PER_S = 5;
/** The tool is never slower than this before it arrives, unless its waypoint is slower (m/s). */
const MIN_SPEED_M_S = 0.03;
/** Speed at which the tool turns about the vertical (rad/s). */
const TURN_SPEED_RAD_S = 1.2;

/** Blocks of the expert's actions by name. */
export type RollOut = Readonly<Record<'arm' | 'gripper' | 'stiffness' | 'force', ActionBlock>>;

/**
 * Samples the path from the tool through the waypoints, one row every `period` seconds, and holds the last waypoint.
 * @param tool orientation of the tool on the path. Default: it points down and closes along y
 * @returns blocks `arm`, poses of the tool (scene), `gripper`, widths (m), and for a compliant tool `stiffness` (N/m) and `force` (N),
 *   both along the base axes
 */
export function rollOut(
  state: TaskState,
  waypoints: readonly Waypoint[],
  horizon: number,
  period: number,
  tool: ToolOrientation = { orientation: DOWN_ORIENTATION },
): RollOut {
  const poses = new Float64Array(horizon * POSE_SIZE);
  const widths = new Float64Array(horizon);
  let [x, y, z] = state.tool;
  const turns = waypoints.some(({ yaw }) => yaw !== undefined);
  let yaw = turns ? yawOf(state, tool) : 0;
  const stiffness = new Float64Array(3 * horizon);
  const force = new Float64Array(3 * horizon);
  let index = 0;
  let dwelt = 0;
  for (let k = 0; k < horizon; k++) {
    const { position, width, speed, tolerance, dwell, ...more } = waypoints[index];
    const dx = position[0] - x;
    const dy = position[1] - y;
    const dz = position[2] - z;
    const distance = Math.sqrt(dx * dx + dy * dy + dz * dz);
    const stride = Math.min(
      distance,
      Math.max(Math.min(MIN_SPEED_M_S, speed), Math.min(speed, APPROACH_GAIN_PER_S * distance)) * period,
    );
    if (distance > 1e-9) {
      x += (dx / distance) * stride;
      y += (dy / distance) * stride;
      z += (dz / distance) * stride;
    }
    poses.set([x, y, z], k * POSE_SIZE);
    const orientation = orientationAt(tool, x, y);
    if (turns) yaw += limited((more.yaw ?? 0) - yaw, TURN_SPEED_RAD_S * period);
    poses.set(turns ? turned(orientation, yaw) : orientation, k * POSE_SIZE + 3);
    widths[k] = width;
    stiffness.set(more.stiffness ?? [STIFF_TOOL_N_M, STIFF_TOOL_N_M, STIFF_TOOL_N_M], 3 * k);
    force.set(more.force ?? [0, 0, 0], 3 * k);
    if (distance - stride < tolerance) {
      dwelt += period;
      if (dwelt > dwell && index < waypoints.length - 1) {
        index++;
        dwelt = 0;
      }
    }
  }
  return {
    ...armBlocks(poses, widths),
    stiffness: { space: 'stiffness', data: stiffness },
    force: { space: 'wrench', data: force },
  };
}

const limited = (value: number, most: number): number => Math.max(-most, Math.min(most, value));

/** Turns an orientation about the vertical (rad). */
function turned(orientation: readonly number[], angle: number): readonly number[] {
  const out = [0, 0, 0, 0];
  quaternion.multiply([0, 0, sin(angle / 2), cos(angle / 2)], orientation, out);
  return out;
}

/** Angle about the vertical of the tool from the orientation of the task area (rad, between -pi and pi). */
function yawOf({ tool: [x, y], rotation }: TaskState, tool: ToolOrientation): number {
  const now = [0, 0, 0, 1];
  const inverse = [0, 0, 0, 1];
  quaternion.fromRotationVector(rotation, now);
  quaternion.conjugate(orientationAt(tool, x, y), inverse);
  const turn = [0, 0, 0, 1];
  quaternion.multiply(now, inverse, turn);
  const angle = 2 * atan2(turn[2], turn[3]);
  return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
}
