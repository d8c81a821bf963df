import { PRAXIS_AREA, type TaskArea } from './area.ts';
import type { ExpertPhase, TaskState, Waypoint } from './task.ts';

/** Speed of the tool in free space (m/s). */
const TRAVEL_SPEED_M_S = 0.35;
/** Speed of the tool close to an object (m/s). */
const APPROACH_SPEED_M_S = 0.15;
/** Height above the grasp at which the tool moves horizontally (m), in an area of scale 1. */
const HOVER_HEIGHT_M = 0.1;
/** Closing speed of the gripper, which is the controller's default (m/s). */
const GRIPPER_SPEED_M_S = 0.1;

/** Position x y z (m, scene). */
export type Point = readonly [number, number, number];

/** Makes a waypoint with defaults for motion in free space. @param width distance between the fingers (m) */
export const waypoint = (position: Point, width: number, more: Partial<Waypoint> = {}): Waypoint => ({
  position,
  width,
  speed: TRAVEL_SPEED_M_S,
  tolerance: 0.01,
  dwell: 0,
  ...more,
});

/** Makes the waypoint at which tool and fingers are. */
export const standStill = ({ tool, width, gripping }: TaskState): Waypoint => ({
  position: tool,
  width: gripping ? 0 : width,
  speed: 0,
  tolerance: 0,
  dwell: 0,
});

/** Returns the distance of two points in x and y (m). */
export const horizontalDistance = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  const x = a[0] - b[0];
  const y = a[1] - b[1];
  return Math.sqrt(x * x + y * y);
};

/** Returns true when the fingers grip something at the position of the object (m, scene). */
export function holds(state: TaskState, object: Point): boolean {
  return state.gripping && horizontalDistance(state.tool, object) < 0.025 && Math.abs(state.tool[2] - object[2]) < 0.03;
}

/**
 * Plans from the present state to a closed grip around an object on the table: above it, down a funnel that narrows towards
 * the object, then close. The plan depends on the state alone, so it can start from any state.
 * @param grasp tool position of the grip (m, scene)
 * @param size width of the object between the fingers (m)
 */
export function reachAndClose(
  state: TaskState,
  grasp: Point,
  size: number,
  { scale, openWidth, openEnough }: TaskArea = PRAXIS_AREA,
): { waypoints: Waypoint[]; phase: ExpertPhase } {
  const { tool, width } = state;
  const off = horizontalDistance(tool, grasp);
  const above = tool[2] - grasp[2];
  const hover: Point = [grasp[0], grasp[1], grasp[2] + HOVER_HEIGHT_M * scale];
  const closing = Math.max(0, width - size) / GRIPPER_SPEED_M_S + 0.15;
  const close = waypoint(grasp, 0, { speed: APPROACH_SPEED_M_S, tolerance: 0.02, dwell: closing });
  if (above < 0.01 && off < 0.014) return { waypoints: [close], phase: 'grasp' };
  const down = waypoint(grasp, openWidth, { speed: APPROACH_SPEED_M_S, tolerance: 0.006 });
  const funnel = 0.008 + 0.22 * Math.max(0, above);
  if (off < funnel && (width > openEnough || above > 0.05 * scale))
    return { waypoints: [down, close], phase: 'descend' };
  const over = waypoint(hover, openWidth, { tolerance: 0.015 });
  if (above > 0.06 * scale) return { waypoints: [over, down, close], phase: 'reach' };
  const up = waypoint([tool[0], tool[1], grasp[2] + 0.09 * scale], openWidth, {
    speed: APPROACH_SPEED_M_S,
    tolerance: 0.02,
  });
  return { waypoints: [up, over, down, close], phase: 'reach' };
}
