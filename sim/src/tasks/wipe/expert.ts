import { horizontalDistance, type Point, waypoint } from '../grasp.ts';
import type { ExpertPhase, TaskState, Waypoint } from '../task.ts';
import { HANDLE_WIDTH_M, HEIGHT_OFFSET_M, PAD_WIDTH_M, PATCH_LENGTH_M, PATCH_WIDTH_M, STIFFNESS_N_M } from './scene.ts';

/** Height of the pad above where the patch seems to be, on the way (m). */
const HOVER_M = 0.04;
/** Height above it where the guarded descent begins, and how near the tool comes to it (m). */
const GUARD_M = HEIGHT_OFFSET_M + 0.003;
const GUARD_TOLERANCE_M = 0.003;
/** Largest horizontal error at which the wiper goes down (m), and how much it grows with each metre of height. */
const AIM_TOLERANCE_M = 0.004;
const FUNNEL = 0.2;
/** Half the length of a row and half the distance of the two rows of the path (m): the pad covers the edges of the patch. */
const HALF_ROW_M = PATCH_LENGTH_M / 2 - PAD_WIDTH_M / 2 + 0.002;
const HALF_ROWS_M = PATCH_WIDTH_M / 2 - PAD_WIDTH_M / 2 + 0.002;
/** The wiper is on a row within this (m). */
const ROW_TOLERANCE_M = 0.004;
/** The path aims this far beyond the end of a row (m), so that the tool is not slow there. */
const BEYOND_M = 0.01;
/** The tool may be this much outside of the path (m). */
const SLACK_M = 0.012;
/** Wanted speed of the wiper (m/s). The tool lags behind it by the delays, and reaches about half of it. */
const WIPE_SPEED_M_S = 0.06;
/** Contact force that ends the guarded descent (N). */
const CONTACT_N = 0.5;
/** Stiffness of the tool across (N/m); in height it floats. */
const ACROSS_N_M = 5000;

/** What the expert knows. */
export interface WipeAim {
  /** Middle of the patch (m, scene). */
  readonly middle: readonly [x: number, y: number];
  /** Height of the tool with the pad where the patch seems to be (m). */
  readonly touching: number;
  /** Force to press with (N). */
  readonly force: number;
}

const to = (position: Point, more: Partial<Waypoint> = {}): Waypoint => waypoint(position, HANDLE_WIDTH_M, more);

/** The next part of the path: along the first row, across, and back along the second. Undefined at its end. */
function nextPoint([dx, dy]: readonly [number, number]): readonly [number, number] | undefined {
  if (dy < ROW_TOLERANCE_M - HALF_ROWS_M && dx < HALF_ROW_M) return [HALF_ROW_M + BEYOND_M, -HALF_ROWS_M];
  if (dy < HALF_ROWS_M - ROW_TOLERANCE_M) return [dx, HALF_ROWS_M + ROW_TOLERANCE_M];
  return dx > -HALF_ROW_M ? [-HALF_ROW_M - BEYOND_M, HALF_ROWS_M] : undefined;
}

/**
 * Plans from any state: above the first corner of the patch, down to contact, then along two rows with the wanted force. It reads
 * neither height nor stiffness of the patch: contact alone tells them.
 */
export function planWipe(
  state: TaskState,
  { middle, touching, force }: WipeAim,
): { waypoints: Waypoint[]; phase: ExpertPhase } {
  const [x, y, z] = state.tool;
  const above = z - touching;
  const guard = touching + GUARD_M;
  const [dx, dy] = [x - middle[0], y - middle[1]];
  const within = Math.abs(dx) < HALF_ROW_M + SLACK_M && Math.abs(dy) < HALF_ROWS_M + SLACK_M;
  if (above < GUARD_M + GUARD_TOLERANCE_M && within) {
    const press = { stiffness: [ACROSS_N_M, ACROSS_N_M, 0], force: [0, 0, -force] } as const;
    if (state.force('any', 'wiper')[2] < CONTACT_N) return { waypoints: [to([x, y, guard], press)], phase: 'push' };
    const next = nextPoint([dx, dy]);
    if (!next) return { waypoints: [to([x, y, touching + HOVER_M], { speed: 0.1 })], phase: 'lift' };
    const target: Point = [middle[0] + next[0], middle[1] + next[1], guard];
    return { waypoints: [to(target, { speed: WIPE_SPEED_M_S, ...press })], phase: 'wipe' };
  }
  return approach(state, middle, touching + HOVER_M, guard);
}

/** Above the first corner of the path, then down to a height (m). */
function approach(
  { tool }: TaskState,
  middle: WipeAim['middle'],
  hover: number,
  height: number,
): { waypoints: Waypoint[]; phase: ExpertPhase } {
  const [x, y, z] = tool;
  const corner = [middle[0] - HALF_ROW_M, middle[1] - HALF_ROWS_M] as const;
  const over = to([...corner, hover], { tolerance: 0.006 });
  const down = to([...corner, height], { speed: 0.1, tolerance: 0.002 });
  const tolerance = AIM_TOLERANCE_M + FUNNEL * Math.max(0, z - height);
  if (horizontalDistance(tool, corner) < tolerance) return { waypoints: [down], phase: 'descend' };
  if (z > hover - HOVER_M / 2) return { waypoints: [over, down], phase: 'reach' };
  return { waypoints: [to([x, y, hover], { speed: 0.1 }), over], phase: 'lift' };
}

/** Stiffness of the simulated arm at the tool (N/m), about. */
const ARM_STIFFNESS_N_M = 12_000;
/** A tool without touch is on its path below this height above it (m): a hard patch holds it up. */
const HELD_UP_M = 0.006;

/** Plans without touch: the same path with a stiff tool, as deep as gives the force on a patch of mean height and stiffness. */
export function planUnfelt(
  state: TaskState,
  { middle, touching, force }: WipeAim,
): { waypoints: Waypoint[]; phase: ExpertPhase } {
  const [x, y, z] = state.tool;
  const [soft, hard] = STIFFNESS_N_M;
  const height = touching - force * (2 / (soft + hard) + 1 / ARM_STIFFNESS_N_M);
  const [dx, dy] = [x - middle[0], y - middle[1]];
  const within = Math.abs(dx) < HALF_ROW_M + SLACK_M && Math.abs(dy) < HALF_ROWS_M + SLACK_M;
  if (z > height + HELD_UP_M || !within) return approach(state, middle, touching + HOVER_M, height);
  const next = nextPoint([dx, dy]);
  if (!next) return { waypoints: [to([x, y, touching + HOVER_M], { speed: 0.1 })], phase: 'lift' };
  return {
    waypoints: [to([middle[0] + next[0], middle[1] + next[1], height], { speed: WIPE_SPEED_M_S })],
    phase: 'wipe',
  };
}
