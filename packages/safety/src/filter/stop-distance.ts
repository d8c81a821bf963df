import type { Clearance } from './geometry/clearance.ts';
import type { MotionState, PathBrake } from './stop/path-brake.ts';
import type { StopCondition } from './stop/stop-check.ts';
import type { FilterVerdict } from './verdict.ts';

/** Largest number of positions at which one check of a stop measures distances. */
const MAX_PROBE_COUNT = 24;
/**
 * The check skips a barrier that is farther than this multiple of the foreseen stopping distance plus this distance
 * (m).
 */
const FORESIGHT_FACTOR = 2;
const FORESIGHT_M = 0.005;

/** Indices of: the room left at the broken barrier, and the longest travel of the arm (m). */
const ROOM_INDEX = 0;
const TRAVEL_INDEX = 1;

/**
 * Condition that a stop keeps every distance to what stands and to the arm itself. An arm that begins too near may move away, but never
 * nearer.
 */
export class StopDistance implements StopCondition {
  readonly #clearance: Clearance;
  readonly #brake: PathBrake;
  readonly #period: number;
  /** Numbers of the barriers that are checked. */
  readonly #barriers: readonly number[];
  /** Distance that each joint has moved, or may move (rad). */
  readonly #travel: Float64Array;
  /** Barriers that the stop might reach. */
  readonly #reachable: Int32Array;
  /**
   * For each reachable barrier: its smallest allowed distance, the motion of the links after which it must be measured
   * again, and the motion of the whole arm after which the links must be checked (m).
   */
  readonly #floor: Float64Array;
  readonly #clear: Float64Array;
  readonly #due: Float64Array;
  readonly #lengths = new Float64Array(2);
  #count = 0;
  #probes = 0;
  #broken = 0;

  /**
   * @param barriers numbers of the barriers that are checked
   * @param brake braking of the filter after a refusal
   */
  constructor(clearance: Clearance, barriers: readonly number[], joints: number, brake: PathBrake, period: number) {
    const { length } = barriers;
    this.#clearance = clearance;
    this.#brake = brake;
    this.#period = period;
    this.#barriers = barriers;
    this.#travel = new Float64Array(joints);
    this.#reachable = new Int32Array(length);
    this.#floor = new Float64Array(length);
    this.#clear = new Float64Array(length);
    this.#due = new Float64Array(length);
  }

  /** See {@link StopCondition}. Call `advance` of the clearance first. */
  begin(next: MotionState): 'clear' | 'follow' {
    const clearance = this.#clearance;
    const travel = this.#travel;
    this.#brake.foresee(next, travel);
    for (let i = 0; i < travel.length; i++) {
      travel[i] = Math.abs(next.velocity[i]) * this.#period + FORESIGHT_FACTOR * travel[i];
    }
    this.#count = 0;
    this.#probes = 0;
    const longest = clearance.largestChange(travel) + FORESIGHT_M;
    for (let b = 0; b < this.#barriers.length; b++) {
      const k = this.#barriers[b];
      if (longest < clearance.distance[k]) continue;
      const change = clearance.change(k, travel) + FORESIGHT_M;
      if (change < clearance.distance[k]) continue;
      const distance = clearance.measure(k);
      if (change < distance) continue;
      this.#reachable[this.#count] = k;
      this.#floor[this.#count] = clearance.floor(k);
      this.#clear[this.#count] = distance - this.#floor[this.#count];
      this.#due[this.#count] = this.#clear[this.#count];
      this.#count++;
    }
    travel.fill(0);
    this.#lengths[TRAVEL_INDEX] = 0;
    return this.#count === 0 ? 'clear' : 'follow';
  }

  keeps(next: MotionState): boolean {
    const clearance = this.#clearance;
    for (let i = 0; i < this.#travel.length; i++) this.#travel[i] += Math.abs(next.velocity[i]) * this.#period;
    this.#lengths[TRAVEL_INDEX] += clearance.largestChange(next.velocity) * this.#period;
    const total = this.#lengths[TRAVEL_INDEX];
    let placed = false;
    for (let w = 0; w < this.#count; w++) {
      if (total < this.#due[w]) continue;
      const reduction = clearance.change(this.#reachable[w], this.#travel);
      if (reduction >= this.#clear[w]) {
        if (!placed) {
          placed = true;
          if (this.#probes++ >= MAX_PROBE_COUNT) return this.#break(w, 0);
          clearance.place(next.position);
        }
        const room = clearance.probe(this.#reachable[w]) - this.#floor[w];
        if (room < 0) return this.#break(w, room);
        this.#clear[w] = reduction + room;
      }
      this.#due[w] = total + this.#clear[w] - reduction;
    }
    return true;
  }

  /** Notes the barrier that the stop would come too near to. */
  reject(verdict: FilterVerdict): void {
    const { stage, name } = this.#clearance.barriers[this.#broken];
    verdict.note('reject', stage, 'room left by a stop (m)', name, this.#lengths[ROOM_INDEX], 0);
  }

  #break(w: number, room: number): false {
    this.#broken = this.#reachable[w];
    this.#lengths[ROOM_INDEX] = room;
    return false;
  }
}
