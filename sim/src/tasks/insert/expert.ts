import { horizontalDistance, type Point, waypoint } from '../grasp.ts';
import type { ExpertPhase, TaskState, Waypoint } from '../task.ts';
import { DEPTH_M, PEG_WIDTH_M } from './scene.ts';

/** Height of the peg's tip above the socket on the way, and where the guarded descent begins (m). */
const HOVER_M = 0.04;
const GUARD_M = 0.003;
/** The tip is within this of the height where the guarded descent begins (m). */
const GUARD_TOLERANCE_M = 0.003;
/** Largest horizontal error at which the peg goes down (m), and how much it grows with each metre of height. */
const AIM_TOLERANCE_M = 0.0025;
const FUNNEL = 0.1;
/** Advance along y of each pass of the search (m): near a turn, passes lie up to twice this apart, about the window of 1 mm in which the peg fits. */
const PITCH_M = 0.00055;
/** Half the length of a pass, and half the width of all passes (m): the largest offset of the hole and the errors of arm and grip. */
const HALF_PASS_M = 0.004;
const HALF_WIDTH_M = 0.0039;
/** Speed of the search (m/s). Faster, a wall of the hole stops the peg with more than 20 N. */
const SEARCH_SPEED_M_S = 0.028;
/** The search aims this far beyond the end of a pass (m), so that the tool is not slow there. */
const BEYOND_M = 0.0015;
/** The tool may be this much outside of the passes (m). */
const SLACK_M = 0.005;
/** The tool is this much below where it slid where the peg falls, and where its tip has caught a wall of the hole (m). */
const BOUNCE_M = 0.0003;
const CAUGHT_M = 0.0002;
/** Motion along x between two plans: above this it tells the direction of the tool, below this the tool stands (m). */
const MOVED_M = 0.0003;
const BLOCKED_M = 0.00015;
/** Contact force that ends the guarded descent (N). */
const CONTACT_N = 0.8;
/** A force across above this comes from a wall of the hole (N): friction and the seams of a socket give less. */
const WALL_N = 9;
/** The same for a tip that is lower than where it slid (N). */
const CAUGHT_N = 4;
/** A force across above this turns a tool that does not move (N): more than friction under the force of the search. */
const BLOCKED_N = 2.5;
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

/**
 * The search: passes along x, to and fro, that advance along y at a constant slope. It remembers nothing but which way the tool moves, which
 * a policy knows from its history. Steps of y between straight rows would depend on which row of all it is, which nobody can see.
 */
export class PegSearch {
  /** Direction of the pass; undefined before the search. */
  #side: 1 | -1 | undefined;
  #lastX = 0;
  /** Height of the tool as it slides, averaged over about five plans (m). NaN before the first contact. */
  #surface = Number.NaN;
  /** For how many plans the tool has moved against the pass. */
  #against = 0;

  /** Forgets the pass: the tool is above the socket, and starts anew in the first corner. */
  restart(): void {
    this.#side = undefined;
    this.#surface = Number.NaN;
    this.#against = 0;
  }

  /** Whether the tool at the height z (m) is lower than where it slid: its tip is partly in the hole. */
  below(z: number): boolean {
    return z < this.#surface - CAUGHT_M;
  }

  /** Whether a tool without contact at the height z (m) is not there yet, or falls into the hole. Else it has only bounced. */
  falls(z: number): boolean {
    return this.#side === undefined || !(z >= this.#surface - BOUNCE_M);
  }

  /** The next part of the search; undefined beyond the last pass. */
  next({ tool: [x, y, z], force }: TaskState, middle: InsertAim['middle'], height: number): Waypoint | undefined {
    if (y > middle[1] + HALF_WIDTH_M) return undefined;
    const [across, , up] = force('any', 'peg');
    if (up >= CONTACT_N) this.#surface = Number.isNaN(this.#surface) ? z : this.#surface + 0.2 * (z - this.#surface);
    const along = x - middle[0];
    const side = this.#direction(along, across);
    const left = HALF_PASS_M + BEYOND_M - side * along;
    const slope = PITCH_M / (2 * HALF_PASS_M);
    return to([x + side * left, y + slope * left, height], { speed: SEARCH_SPEED_M_S, ...SEARCH });
  }

  /** Turns at the end of a pass and at what blocks it, and goes on as the tool moves, whoever moves it. */
  #direction(along: number, across: number): 1 | -1 {
    const moved = along - this.#lastX;
    this.#lastX = along;
    if (Math.abs(along) > HALF_PASS_M || this.#side === undefined) this.#side = along > 0 ? -1 : 1;
    else if (moved * this.#side < -MOVED_M) this.#against++;
    else this.#against = 0;
    // The tool goes on for one plan after a turn, because of the delays.
    if (this.#against > 1) {
      this.#side = moved > 0 ? 1 : -1;
      this.#against = 0;
    }
    if (Math.abs(moved) < BLOCKED_M && Math.abs(across) > BLOCKED_N) this.#side = across > 0 ? 1 : -1;
    return this.#side;
  }
}

/**
 * Plans from any state, with the memory of the search: above the first corner of the search, down to contact, passes under light force until
 * the peg falls, then in. It reads neither the place of the hole nor the pose of the peg in the hand: contact alone tells them.
 */
export function planInsert(
  state: TaskState,
  { middle, touching }: InsertAim,
  search: PegSearch,
): { waypoints: Waypoint[]; phase: ExpertPhase } {
  const [x, y, z] = state.tool;
  const above = z - touching;
  const guard = touching + GUARD_M;
  const [dx, dy] = [Math.abs(x - middle[0]), Math.abs(y - middle[1])];
  if (above < GUARD_M + GUARD_TOLERANCE_M && dx < HALF_PASS_M + SLACK_M && dy < HALF_WIDTH_M + SLACK_M) {
    if (above < -ENTERED_M) return { waypoints: [to([x, y, guard], INSERT)], phase: 'insert' };
    const [fx, fy, fz] = state.force('any', 'peg');
    if (Math.sqrt(fx * fx + fy * fy) > (search.below(z) ? CAUGHT_N : WALL_N))
      return { waypoints: [to([x, y, guard], SINK)], phase: 'insert' };
    if (fz < CONTACT_N && search.falls(z)) return { waypoints: [to([x, y, guard], SEARCH)], phase: 'push' };
    const pass = search.next(state, middle, guard);
    if (pass) return { waypoints: [pass], phase: 'push' };
    return { waypoints: [to([x, y, touching + HOVER_M], { speed: 0.1 })], phase: 'lift' };
  }
  search.restart();
  const corner = [middle[0] - HALF_PASS_M, middle[1] - HALF_WIDTH_M] as const;
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
