import { ACTION_SIZE } from '@praxis/core';
import type { TaskState, Waypoint } from '../tasks/task.ts';

/** Speed for each metre of remaining distance (1/s): the tool slows down before it arrives. */
const APPROACH_GAIN_PER_S = 5;
/** The tool is never slower than this before it arrives (m/s). */
const MIN_SPEED_M_S = 0.03;
/** Orientation xyzw of a tool that points straight down and closes along y: half a turn about x. */
const DOWN_ORIENTATION = [1, 0, 0, 0];

/**
 * Samples the path from the tool through the waypoints, one row every `period` seconds, and holds the last waypoint.
 * @returns horizon x {@link ACTION_SIZE}: x y z (m, base_link), qx qy qz qw, width (m)
 */
export function rollOut(
  state: TaskState,
  waypoints: readonly Waypoint[],
  horizon: number,
  period: number,
): Float64Array {
  const rows = new Float64Array(horizon * ACTION_SIZE);
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
    rows.set([x, y, z], k * ACTION_SIZE);
    rows.set(DOWN_ORIENTATION, k * ACTION_SIZE + 3);
    rows[k * ACTION_SIZE + 7] = width;
    if (distance - stride < tolerance) {
      dwelt += period;
      if (dwelt > dwell && index < waypoints.length - 1) {
        index++;
        dwelt = 0;
      }
    }
  }
  return rows;
}
