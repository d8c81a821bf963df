import { type ActionBlock, armBlocks, POSE_SIZE } from '@praxis/core';
import type { TaskState, Waypoint } from '../tasks/task.ts';
import { DOWN_ORIENTATION, orientationAt, type ToolOrientation } from '../tasks/tool-orientation.ts';

/** Speed for each metre of remaining distance (1/s): the tool slows down before it arrives. */
const APPROACH_GAIN_PER_S = 5;
/** The tool is never slower than this before it arrives (m/s). */
const MIN_SPEED_M_S = 0.03;

/**
 * Samples the path from the tool through the waypoints, one row every `period` seconds, and holds the last waypoint.
 * @param tool orientation of the tool on the path. Default: it points down and closes along y
 * @returns blocks `arm`, poses of the tool (base_link), and `gripper`, widths (m)
 */
export function rollOut(
  state: TaskState,
  waypoints: readonly Waypoint[],
  horizon: number,
  period: number,
  tool: ToolOrientation = { orientation: DOWN_ORIENTATION },
): Readonly<Record<'arm' | 'gripper', ActionBlock>> {
  const poses = new Float64Array(horizon * POSE_SIZE);
  const widths = new Float64Array(horizon);
  let [x, y, z] = state.tool;
  let index = 0;
  let dwelt = 0;
  for (let k = 0; k < horizon; k++) {
    const { position, width, speed, tolerance, dwell } = waypoints[index];
    const dx = position[0] - x;
    const dy = position[1] - y;
    const dz = position[2] - z;
    const distance = Math.sqrt(dx * dx + dy * dy + dz * dz);
    const stride = Math.min(
      distance,
      Math.max(MIN_SPEED_M_S, Math.min(speed, APPROACH_GAIN_PER_S * distance)) * period,
    );
    if (distance > 1e-9) {
      x += (dx / distance) * stride;
      y += (dy / distance) * stride;
      z += (dz / distance) * stride;
    }
    poses.set([x, y, z], k * POSE_SIZE);
    poses.set(orientationAt(tool, x, y), k * POSE_SIZE + 3);
    widths[k] = width;
    if (distance - stride < tolerance) {
      dwelt += period;
      if (dwelt > dwell && index < waypoints.length - 1) {
        index++;
        dwelt = 0;
      }
    }
  }
  return armBlocks(poses, widths);
}
