import type { Barrier } from './geometry/barrier.ts';
import type { Clearance } from './geometry/clearance.ts';
import type { JointRange } from './neighbours/barriers-between.ts';
import type { Neighbour } from './neighbours/neighbours.ts';
import type { MotionState, PathBrake } from './stop/path-brake.ts';
import type { StopCondition } from './stop/stop-check.ts';
import { StopPath } from './stop/stop-path.ts';
import type { FilterVerdict } from './verdict.ts';

/** Largest number of pairs of postures at which one check measures distances. */
const MAX_PROBE_COUNT = 64;
/** A barrier farther than this multiple of both stopping distances plus this distance (m) is not checked. */
const FORESIGHT_FACTOR = 2;
const FORESIGHT_M = 0.005;
/**
 * Numbers of a rectangle of postures: first and last of the one path, first and last of the other, and how many of the reachable barriers
 * a larger rectangle has not cleared.
 */
const RECTANGLE_SIZE = 5;

/**
 * Condition that the stops of two arms keep their distance, whenever each begins and however fast it runs: no posture of the one path
 * may be too near to any posture of the other. Each filter checks its next output against the stop of the other arm as it is at that
 * moment, and an arm whose next output is rejected makes the stop that was checked before. So the distance holds while the filters run
 * one after the other. The rectangle of both paths is split where the distance at its middle does not clear it (branch and bound).
 */
export class StopsApart implements StopCondition {
  readonly #clearance: Clearance;
  readonly #own: StopPath;
  readonly #its: StopPath;
  readonly #neighbour: Neighbour;
  readonly #brake: PathBrake;
  readonly #joints: JointRange;
  /** Barriers between the two arms, and those of them that the stops might reach with their smallest allowed distance (m). */
  readonly #barriers: readonly number[];
  readonly #reachable: Int32Array;
  readonly #floor: Float64Array;
  readonly #travel: Float64Array;
  readonly #position: Float64Array;
  readonly #stack = new Int32Array(RECTANGLE_SIZE * (2 * MAX_PROBE_COUNT + 2));
  readonly #foreseen: Float64Array;
  readonly #room = new Float64Array(1);
  #count = 0;
  #broken = 0;

  /**
   * @param barriers numbers of the barriers between the two arms
   * @param joints of the neighbour in the motion of all joints
   * @param brake braking of the filter after a refusal
   */
  constructor(
    clearance: Clearance,
    barriers: readonly number[],
    neighbour: Neighbour,
    joints: JointRange,
    own: { readonly joints: number; readonly brake: PathBrake; readonly period: number },
  ) {
    this.#clearance = clearance;
    this.#barriers = barriers;
    this.#neighbour = neighbour;
    this.#joints = joints;
    this.#brake = own.brake;
    this.#own = new StopPath(own.joints, own.period);
    this.#its = new StopPath(joints.to - joints.from, own.period);
    this.#reachable = new Int32Array(barriers.length);
    this.#floor = new Float64Array(barriers.length);
    this.#travel = new Float64Array(clearance.joints);
    this.#position = new Float64Array(clearance.joints);
    this.#foreseen = new Float64Array(joints.to - joints.from);
  }

  /** See {@link StopCondition}. Call `advance` of the clearance first. */
  begin(next: MotionState): 'clear' | 'follow' {
    this.#foresee(next);
    const clearance = this.#clearance;
    const travel = this.#travel;
    const longest = clearance.largestChange(travel) + FORESIGHT_M;
    this.#count = 0;
    for (let b = 0; b < this.#barriers.length; b++) {
      const k = this.#barriers[b];
      if (longest < clearance.distance[k]) continue;
      const change = clearance.change(k, travel) + FORESIGHT_M;
      if (change < clearance.distance[k] || change < clearance.measure(k)) continue;
      this.#reachable[this.#count] = k;
      this.#floor[this.#count] = clearance.floor(k);
      this.#count++;
    }
    if (this.#count === 0) return 'clear';
    this.#own.clear();
    return 'follow';
  }

  keeps(next: MotionState): boolean {
    this.#own.add(next);
    if (!next.standing) return true;
    const { state, brake } = this.#neighbour;
    return this.#its.follow(state, brake) === 'ends' ? this.#areApart() : this.#break(0, 0);
  }

  /** Notes the barrier that the stops would come too near to. */
  reject(verdict: FilterVerdict): void {
    const { stage, name }: Barrier = this.#clearance.barriers[this.#broken];
    verdict.note('reject', stage, 'room left by the stops of both arms (m)', name, this.#room[0], 0);
  }

  /** Estimates how far each joint of both arms moves until it stands. */
  #foresee(next: MotionState): void {
    const travel = this.#travel;
    const { from } = this.#joints;
    this.#brake.foresee(next, travel);
    for (let i = 0; i < next.velocity.length; i++) {
      travel[i] = Math.abs(next.velocity[i]) * this.#own.period + FORESIGHT_FACTOR * travel[i];
    }
    const { state, brake } = this.#neighbour;
    brake.foresee(state, this.#foreseen);
    for (let i = 0; i < this.#foreseen.length; i++) travel[from + i] = FORESIGHT_FACTOR * this.#foreseen[i];
  }

  #areApart(): boolean {
    const stack = this.#stack;
    const clearance = this.#clearance;
    stack[0] = 0;
    stack[1] = this.#own.length - 1;
    stack[2] = 0;
    stack[3] = this.#its.length - 1;
    stack[4] = this.#count;
    let probes = 0;
    for (let top = RECTANGLE_SIZE; top > 0; ) {
      top -= RECTANGLE_SIZE;
      const i0 = stack[top];
      const i1 = stack[top + 1];
      const j0 = stack[top + 2];
      const j1 = stack[top + 3];
      const i = (i0 + i1) >> 1;
      const j = (j0 + j1) >> 1;
      if (probes++ >= MAX_PROBE_COUNT) return this.#break(0, 0);
      this.#place(i, j);
      this.#own.reach(i0, i, i1, this.#travel, 0);
      this.#its.reach(j0, j, j1, this.#travel, this.#joints.from);
      let open = 0;
      for (let w = 0; w < stack[top + 4]; w++) {
        const room = clearance.probe(this.#reachable[w]) - this.#floor[w];
        if (room < 0) return this.#break(w, room);
        if (room < clearance.change(this.#reachable[w], this.#travel)) this.#swap(w, open++);
      }
      if (open === 0) continue;
      // Split the path along which the arm moves more within the rectangle.
      const splitsOwn = i0 < i1 && (j0 === j1 || this.#ownShare() >= 0.5);
      stack[top] = i0;
      stack[top + 1] = splitsOwn ? i : i1;
      stack[top + 2] = j0;
      stack[top + 3] = splitsOwn ? j1 : j;
      stack[top + 4] = open;
      top += RECTANGLE_SIZE;
      stack[top] = splitsOwn ? i + 1 : i0;
      stack[top + 1] = i1;
      stack[top + 2] = splitsOwn ? j0 : j + 1;
      stack[top + 3] = j1;
      stack[top + 4] = open;
      top += RECTANGLE_SIZE;
    }
    return true;
  }

  #swap(a: number, b: number): void {
    const k = this.#reachable[a];
    const floor = this.#floor[a];
    this.#reachable[a] = this.#reachable[b];
    this.#floor[a] = this.#floor[b];
    this.#reachable[b] = k;
    this.#floor[b] = floor;
  }

  #place(i: number, j: number): void {
    this.#own.copy(i, this.#position, 0);
    this.#its.copy(j, this.#position, this.#joints.from);
    this.#clearance.place(this.#position);
  }

  /** Share of the arm itself in the motion of both within a rectangle. */
  #ownShare(): number {
    const all = this.#clearance.largestChange(this.#travel);
    this.#travel.fill(0, this.#joints.from, this.#joints.to);
    return this.#clearance.largestChange(this.#travel) / all;
  }

  #break(w: number, room: number): false {
    this.#broken = this.#reachable[w];
    this.#room[0] = room;
    return false;
  }
}
