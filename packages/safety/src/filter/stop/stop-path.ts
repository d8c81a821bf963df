import { MotionState, type PathBrake } from './path-brake.ts';
import { MAX_STOP_PERIODS } from './stop-check.ts';

/** Postures of an arm along a stop, one for each period, and how far its joints have moved up to each. It allocates nothing per stop. */
export class StopPath {
  /** Time between two postures (s). */
  readonly period: number;
  readonly #joints: number;
  /** Postures x joints (rad, m). */
  readonly #positions: Float64Array;
  /** Postures x joints: length of the way since the first posture (rad, m). */
  readonly #ways: Float64Array;
  readonly #state: MotionState;
  #length = 0;

  constructor(joints: number, period: number) {
    this.period = period;
    this.#joints = joints;
    this.#positions = new Float64Array(joints * (MAX_STOP_PERIODS + 1));
    this.#ways = new Float64Array(joints * (MAX_STOP_PERIODS + 1));
    this.#state = new MotionState(joints);
  }

  /** Number of postures. */
  get length(): number {
    return this.#length;
  }

  /** Removes all postures. */
  clear(): void {
    this.#length = 0;
  }

  /** Appends the posture of `state`; one too many for the longest stop is left out. */
  add({ position }: MotionState): void {
    if (this.#length > MAX_STOP_PERIODS) return;
    const at = this.#length * this.#joints;
    for (let i = 0; i < this.#joints; i++) {
      this.#positions[at + i] = position[i];
      const before = at - this.#joints + i;
      this.#ways[at + i] = before < 0 ? 0 : this.#ways[before] + Math.abs(position[i] - this.#positions[before]);
    }
    this.#length++;
  }

  /** Replaces the path by that of a stop from `start`. @returns `ends`, or `too long` when the arm still moves after the longest stop */
  follow(start: MotionState, brake: PathBrake): 'ends' | 'too long' {
    this.clear();
    this.#state.copy(start);
    this.add(this.#state);
    for (let k = 0; k < MAX_STOP_PERIODS && !this.#state.standing; k++) {
      brake.step(this.#state);
      this.add(this.#state);
    }
    return this.#state.standing ? 'ends' : 'too long';
  }

  /** Copies posture `i` to `out`, from `at` on. */
  copy(i: number, out: Float64Array, at: number): void {
    for (let j = 0; j < this.#joints; j++) out[at + j] = this.#positions[i * this.#joints + j];
  }

  /** Writes to `out`, from `at` on, how far each joint moves at most between posture `middle` and any from `first` to `last`. */
  reach(first: number, middle: number, last: number, out: Float64Array, at: number): void {
    const ways = this.#ways;
    const n = this.#joints;
    for (let j = 0; j < n; j++) {
      const here = ways[middle * n + j];
      out[at + j] = Math.max(here - ways[first * n + j], ways[last * n + j] - here);
    }
  }
}
