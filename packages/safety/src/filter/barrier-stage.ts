import type { BarrierConfig, FilterConfig } from '../config/filter-config.ts';
import type { Clearance } from '../geometry/clearance.ts';
import { NearestPoint } from '../qp/solve-qp.ts';
import type { MotionState } from '../stop/motion-state.ts';
import type { PathBrake } from '../stop/path-brake.ts';
import type { StopGuard } from '../stop/stop-check.ts';
import type { Candidate } from './candidate.ts';
import type { FilterVerdict } from './verdict.ts';

/** Barriers that one period looks at. */
const MOST_ROWS = 24;
/** Places at which one check of a stop measures distances. */
const MOST_PROBES = 16;
/** Share of the arm's speed with which it leaves the buffer again, so that an arm at rest stays at rest. */
const LEAVE = 0.05;
/** A stop that is foreseen to stay this many times as far away, and so far (m) on top, is not followed. */
const FORESIGHT = 2;
const FORESIGHT_METRES = 0.01;

const ROOM = 0;
const GONE = 1;
const CLEAR = 2;

/**
 * Keeps the arm from things, from itself and within its workspace. It steers by a control barrier function (Ames et al. 2019,
 * "Control barrier functions: theory and applications"): the velocity nearest to the wanted one with h' >= -gain h for every
 * distance h, where the gain is no more than the arm can brake by. What that cannot promise with bounded jerk it checks as
 * a guard of the stop that would follow. An arm that begins too near may move away, never nearer.
 */
export class BarrierStage implements StopGuard {
  readonly #clearance: Clearance;
  readonly #brake: PathBrake;
  readonly #period: number;
  readonly #rate: Float64Array;
  readonly #buffer: Float64Array;
  readonly #leastRate: number;
  readonly #mostBuffer: number;
  readonly #solver: NearestPoint;
  readonly #rows = new Int32Array(MOST_ROWS);
  readonly #wanted: Float64Array;
  /** Room where the arm is, how far the stop has gone since, and to where that was clear (m). */
  readonly #lengths = new Float64Array(3);
  #rowCount = 0;
  #probes = 0;

  /** @param brake how the filter brakes when it refuses */
  constructor(clearance: Clearance, config: FilterConfig, brake: PathBrake, period: number) {
    const n = clearance.reach.length;
    this.#clearance = clearance;
    this.#brake = brake;
    this.#period = period;
    const of = (value: (config: BarrierConfig | undefined) => number) =>
      Float64Array.from(clearance.barriers, ({ stage }) => value(config[stage]));
    this.#rate = of((each) => each?.rate ?? 8);
    this.#buffer = of((each) => each?.buffer ?? 0.005);
    this.#leastRate = Math.min(...this.#rate);
    this.#mostBuffer = Math.max(...this.#buffer);
    this.#solver = new NearestPoint(n, MOST_ROWS);
    this.#wanted = new Float64Array(n);
  }

  /** The arm was put somewhere else. */
  reset(): void {
    this.#clearance.forget();
  }

  /** Turns the motion away from what it would come too near to; false when nothing within the limits does. */
  steer(candidate: Candidate, state: MotionState, verdict: FilterVerdict): boolean {
    const speed = this.#speed(candidate.velocity);
    const most = 1 / (0.5 * this.#brake.brakingTime(candidate.velocity) + 2 * this.#period);
    const need = speed / Math.min(most, this.#leastRate) + this.#mostBuffer;
    this.#lengths[ROOM] = this.#clearance.update(state.position, need);
    const violated = this.#collect(candidate.velocity, speed, most);
    if (violated < 0) return true;
    const { stage, name } = this.#clearance.barriers[violated];
    const distance = this.#clearance.distance[violated];
    candidate.box();
    this.#wanted.set(candidate.velocity);
    if (!this.#solve(candidate)) {
      verdict.note('reject', stage, 'distance to the limit (m)', name, distance, 0);
      return false;
    }
    verdict.note('clamp', stage, 'distance to the limit (m)', name, distance, 0);
    candidate.take(this.#solver.x);
    return true;
  }

  /** See {@link StopGuard}; call `steer` first. */
  begin(next: MotionState, foreseen: Float64Array): 'clear' | 'follow' {
    const lengths = this.#lengths;
    lengths[GONE] = 0;
    lengths[CLEAR] = lengths[ROOM];
    this.#probes = 0;
    const far = FORESIGHT * this.#speed(foreseen) + FORESIGHT_METRES;
    return this.#speed(next.velocity) * this.#period + far < lengths[ROOM] ? 'clear' : 'follow';
  }

  keeps(next: MotionState): boolean {
    const lengths = this.#lengths;
    lengths[GONE] += this.#speed(next.velocity) * this.#period;
    if (lengths[GONE] < lengths[CLEAR]) return true;
    if (this.#probes++ >= MOST_PROBES) return false;
    const room = this.#clearance.probe(next.position, lengths[GONE]);
    lengths[CLEAR] = lengths[GONE] + room;
    return room >= 0;
  }

  /** Says what the stop would come too near to. */
  refuse(verdict: FilterVerdict): void {
    const { stage, name } = this.#clearance.barriers[this.#clearance.nearest];
    verdict.note('reject', stage, 'room left by a stop (m)', name, this.#lengths[CLEAR] - this.#lengths[GONE], 0);
  }

  /** Fastest that any point of the arm can be at these joint speeds (m/s). */
  #speed(velocity: Float64Array): number {
    const { reach } = this.#clearance;
    let sum = 0;
    for (let i = 0; i < velocity.length; i++) sum += reach[i] * Math.abs(velocity[i]);
    return sum;
  }

  /** Fills the rows of what is near; the first barrier that the motion violates, or -1. */
  #collect(velocity: Float64Array, speed: number, most: number): number {
    const { distance } = this.#clearance;
    const n = velocity.length;
    this.#rowCount = 0;
    let violated = -1;

    for (let k = 0; k < distance.length; k++) {
      const gain = Math.min(this.#rate[k], most);
      const left = distance[k] - this.#buffer[k];
      if (gain * left >= speed) continue;
      const row = this.#rowFor(k);
      if (row < 0) continue;
      this.#clearance.gradient(k, this.#solver.rows, row * n);
      this.#solver.bounds[row] = left > 0 ? -gain * left : Math.min(-this.#rate[k] * left, LEAVE * speed);
      let rate = 0;
      for (let i = 0; i < n; i++) rate += this.#solver.rows[row * n + i] * velocity[i];
      if (rate < this.#solver.bounds[row] - 1e-9 && violated < 0) violated = k;
    }
    return violated;
  }

  /** A row for barrier `k`: a free one, or that of the farthest barrier, or -1 where all are nearer. */
  #rowFor(k: number): number {
    const { distance } = this.#clearance;
    if (this.#rowCount < MOST_ROWS) {
      this.#rows[this.#rowCount] = k;
      return this.#rowCount++;
    }
    let farthest = 0;
    for (let r = 1; r < MOST_ROWS; r++) if (distance[this.#rows[r]] > distance[this.#rows[farthest]]) farthest = r;
    if (distance[this.#rows[farthest]] <= distance[k]) return -1;
    this.#rows[farthest] = k;
    return farthest;
  }

  #solve({ low, high }: Candidate): boolean {
    const solver = this.#solver;
    if (solver.solve(this.#wanted, low, high, this.#rowCount) === 'solved') return true;
    // To leave a buffer at once may be more than the limits allow: not to go deeper is enough.
    for (let r = 0; r < this.#rowCount; r++) solver.bounds[r] = Math.min(solver.bounds[r], 0);
    return solver.solve(this.#wanted, low, high, this.#rowCount) === 'solved';
  }
}
