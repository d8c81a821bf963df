import { horizontalDistance, type Point, waypoint } from '../grasp.ts';
import type { ExpertPhase, TaskState, Waypoint } from '../task.ts';
import { DEPTH_M, PEG_WIDTH_M } from './scene.ts';

/** Height of the peg's tip above the socket on the way, and where the guarded descent begins (m). */
const HOVER_M = 0.04;
const GUARD_M = 0.003;
/** The tip is within this of the height where the guarded descent begins (m). */
const GUARD_TOLERANCE_M = 0.003;
/** Largest horizontal error at which the peg goes down (m), and how much it grows with each metre of height. */
const AIM_TOLERANCE_M = 0.0012;
const FUNNEL = 0.1;
/** Distance between two rows of the search (m): less than the window of 1 mm in which the peg fits. */
const PITCH_M = 0.00072;
/** Half the length of a row, and half the width of all rows (m): the largest offset of the hole and the errors of arm and grip. */
const HALF_ROW_M = 0.0037;
const HALF_ROWS_M = 0.0033;
const ROWS = Math.ceil((2 * HALF_ROWS_M) / PITCH_M);
/** Wanted speed of the search (m/s). The tool lags behind it by the delays, and reaches about half of it. */
const SEARCH_SPEED_M_S = 0.03;
/** The search aims this far beyond the end of a row (m), so that the tool is not slow there. */
const BEYOND_M = 0.0015;
/** The tool may be this much outside of the rows (m). */
const SLACK_M = 0.003;
/** Contact force that ends the guarded descent (N). */
const CONTACT_N = 0.8;
/** A force across above this comes from a wall of the hole (N): friction and the seams of a socket give less. */
const WALL_N = 9;
/** A tip this much below the surface is in the hole (m). The grip's error is 1 mm. */
const ENTERED_M = 0.0025;

/** The tool floats in height and presses lightly; across, it is as stiff as it can be. */
const SEARCH = { stiffness: [8000, 8000, 0], force: [0, 0, -3] } as const;
/** A tip that has caught a wall sinks on, without force across. */
const SINK = { stiffness: [300, 300, 0], force: [0, 0, -3] } as const;
/** In the hole it gives way to the walls, and presses harder. */
const INSERT = { stiffness: [300, 300, 0], force: [0, 0, -12] } as const;

/** What the expert knows. */
export interface InsertAim {
  /** Where the hole seems to be (m, scene). */
  readonly middle: readonly [x: number, y: number];
  /** Height of the tool with the tip on the socket (m). */
  readonly touching: number;
}

const to = (position: Point, more: Partial<Waypoint> = {}): Waypoint => waypoint(position, PEG_WIDTH_M, more);

/** The next part of the search: rows along x, to and fro. Undefined after the last row. */
function searchRow({ tool }: TaskState, [x, y]: InsertAim['middle'], height: number): Waypoint | undefined {
  const first = y - HALF_ROWS_M;
  const row = Math.max(0, Math.round((tool[1] - first) / PITCH_M));
  const side = row % 2 === 0 ? 1 : -1;
  const ended = side * (tool[0] - x) > HALF_ROW_M;
  if (row >= ROWS || (row === ROWS - 1 && ended)) return undefined;
  const target: Point = ended
    ? [tool[0], first + (row + 1.5) * PITCH_M, height]
    : [x + side * (HALF_ROW_M + BEYOND_M), first + row * PITCH_M, height];
  return to(target, { speed: SEARCH_SPEED_M_S, ...SEARCH });
}

/**
 * Plans from any state: above the first corner of the search, down to contact, rows under light force until the peg falls, then in. It
 * reads neither the place of the hole nor the pose of the peg in the hand: contact alone tells them.
 */
export function planInsert(
  state: TaskState,
  { middle, touching }: InsertAim,
): { waypoints: Waypoint[]; phase: ExpertPhase } {
  const [x, y, z] = state.tool;
  const above = z - touching;
  const guard = touching + GUARD_M;
  const [dx, dy] = [Math.abs(x - middle[0]), Math.abs(y - middle[1])];
  if (above < GUARD_M + GUARD_TOLERANCE_M && dx < HALF_ROW_M + SLACK_M && dy < HALF_ROWS_M + SLACK_M) {
    if (above < -ENTERED_M) return { waypoints: [to([x, y, guard], INSERT)], phase: 'insert' };
    const [fx, fy, fz] = state.force('any', 'peg');
    if (Math.sqrt(fx * fx + fy * fy) > WALL_N) return { waypoints: [to([x, y, guard], SINK)], phase: 'insert' };
    if (fz < CONTACT_N) return { waypoints: [to([x, y, guard], SEARCH)], phase: 'push' };
    const row = searchRow(state, middle, guard);
    if (row) return { waypoints: [row], phase: 'push' };
    return { waypoints: [to([x, y, touching + HOVER_M], { speed: 0.1 })], phase: 'lift' };
  }
  const corner = [middle[0] - HALF_ROW_M, middle[1] - HALF_ROWS_M] as const;
  const off = horizontalDistance(state.tool, corner);
  const over = to([...corner, touching + HOVER_M], { tolerance: 0.004 });
  const down = to([...corner, guard], { speed: 0.1, tolerance: 0.001 });
  if (off < AIM_TOLERANCE_M + FUNNEL * Math.max(0, above)) return { waypoints: [down], phase: 'descend' };
  if (above > HOVER_M / 2) return { waypoints: [over, down], phase: 'reach' };
  return { waypoints: [to([x, y, touching + HOVER_M], { speed: 0.1 }), over], phase: 'lift' };
}

/** Speed of a stiff tool that pushes down without touch (m/s), and the height at which it no longer aims (m). */
const PUSH_SPEED_M_S = 0.03;
const COMMITTED_M = 0.004;
/** It pushes this far beyond the depth of the hole (m), because the grip of the peg has an error. */
const OVERTRAVEL_M = 0.001;

/** Plans without touch: above where the hole seems to be, and straight down with a stiff tool. */
export function planUnfelt(
  { tool }: TaskState,
  { middle, touching }: InsertAim,
): { waypoints: Waypoint[]; phase: ExpertPhase } {
  const above = tool[2] - touching;
  const off = horizontalDistance(tool, middle);
  const over = to([...middle, touching + HOVER_M], { tolerance: 0.003 });
  const down = to([...middle, touching - DEPTH_M - OVERTRAVEL_M], { speed: PUSH_SPEED_M_S, tolerance: 0.001 });
  const tolerance = AIM_TOLERANCE_M + FUNNEL * Math.max(0, above);
  if (off < tolerance || above < COMMITTED_M) return { waypoints: [down], phase: 'insert' };
  return { waypoints: [over, down], phase: 'reach' };
}
