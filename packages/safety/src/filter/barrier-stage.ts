import type { BarrierConfig, FilterConfig } from '../config/filter-config.ts';
import type { Candidate } from './candidate.ts';
import type { Clearance } from './geometry/clearance.ts';
import type { Neighbours } from './neighbours/neighbours.ts';
import { NearestPoint } from './qp/solve-qp.ts';
import type { MotionState, PathBrake } from './stop/path-brake.ts';
import type { FilterVerdict } from './verdict.ts';

/** Largest number of barriers that constrain one period. */
const MAX_CONSTRAINTS = 24;
/** Share of the speed at a barrier with which the arm leaves its buffer again, so that an arm at rest stays at rest. */
const BUFFER_EXIT_SHARE = 0.05;

/**
 * Steers the arm around obstacles, around itself and within its workspace by a control barrier function (Ames et al.
 * 2019, "Control barrier functions: theory and applications"). It finds the velocity nearest to the wanted one with h'
 * >= -gain h for every distance h; the gain is at most what the arm can brake by. Of a distance to another arm that comes
 * nearer, only what its motion leaves may shrink; one that moves away leaves no more. {@link StopDistance} checks the
 * distances that this stage cannot keep with bounded jerk, and `StopsApart` those to other arms.
 */
export class BarrierStage {
  readonly #clearance: Clearance;
  readonly #neighbours: Neighbours;
  readonly #brake: PathBrake;
  readonly #period: number;
  readonly #rate: Float64Array;
  readonly #buffer: Float64Array;
  readonly #solver: NearestPoint;
  readonly #rows = new Int32Array(MAX_CONSTRAINTS);
  readonly #wanted: Float64Array;
  /** Gradient of a barrier with respect to the joints of all arms. */
  readonly #gradient: Float64Array;
  #rowCount = 0;
  #steered = false;

  /**
   * @param joints number of the arm's own joints
   * @param brake braking of the filter after a refusal
   */
  constructor(
    clearance: Clearance,
    neighbours: Neighbours,
    joints: number,
    config: FilterConfig,
    brake: PathBrake,
    period: number,
  ) {
    this.#clearance = clearance;
    this.#neighbours = neighbours;
    this.#brake = brake;
    this.#period = period;
    const of = (value: (config: BarrierConfig | undefined) => number) =>
      Float64Array.from(clearance.barriers, ({ stage }) => value(config[stage]));
    this.#rate = of((each) => each?.rate ?? 8);
    this.#buffer = of((each) => each?.buffer ?? 0.005);
    this.#solver = new NearestPoint(joints, MAX_CONSTRAINTS);
    this.#wanted = new Float64Array(joints);
    this.#gradient = new Float64Array(clearance.joints);
  }

  /** Discards all known distances, because the arm was moved without the filter. */
  reset(): void {
    this.#clearance.invalidate();
  }

  /** True when the last motion would have violated a barrier. */
  get steered(): boolean {
    return this.#steered;
  }

  /** Steers the motion away from barriers that it would violate; false if no motion within the limits does. */
  steer(candidate: Candidate, state: MotionState, verdict: FilterVerdict): boolean {
    this.#clearance.advance(this.#neighbours.positionWith(state.position));
    const violated = this.#collect(candidate.velocity);
    this.#steered = violated >= 0;
    if (violated < 0) return true;
    const { stage, name } = this.#clearance.barriers[violated];
    const distance = this.#clearance.distance[violated];
    candidate.computeBounds();
    this.#wanted.set(candidate.velocity);
    if (!this.#solve(candidate)) {
      verdict.note('reject', stage, 'distance to the limit (m)', name, distance, 0);
      return false;
    }
    verdict.note('clamp', stage, 'distance to the limit (m)', name, distance, 0);
    candidate.setVelocity(this.#solver.x);
    return true;
  }

  /** Fills the rows of the near barriers. @returns the first barrier that the motion violates, or -1 */
  #collect(own: Float64Array): number {
    const { distance } = this.#clearance;
    const n = own.length;
    const velocity = this.#neighbours.velocityWith(own);
    const gradient = this.#gradient;
    // A stop from here must end before the distance does: half its time at this speed, and the motion of a period.
    const braking = Math.max(this.#brake.brakingTime(own), this.#neighbours.brakingTime);
    const most = 1 / (0.5 * braking + 2 * this.#period);
    const fastest = this.#clearance.largestChange(velocity);
    this.#rowCount = 0;
    let violated = -1;
    for (let k = 0; k < distance.length; k++) {
      const gain = Math.min(this.#rate[k], most);
      const closing = gain * (distance[k] - this.#buffer[k]);
      if (closing >= fastest) continue;
      const speed = this.#clearance.change(k, velocity);
      if (closing >= speed) continue;
      const left = this.#clearance.measure(k) - this.#buffer[k];
      if (gain * left >= speed) continue;
      const row = this.#rowFor(k);
      if (row < 0) continue;
      this.#clearance.gradient(k, gradient, 0);
      let rate = 0;
      for (let i = 0; i < n; i++) {
        this.#solver.rows[row * n + i] = gradient[i];
        rate += gradient[i] * velocity[i];
      }
      const bound = left > 0 ? -gain * left : Math.min(-this.#rate[k] * left, BUFFER_EXIT_SHARE * speed);
      this.#solver.bounds[row] = bound + this.#takenByOthers(bound, velocity, n);
      if (rate < this.#solver.bounds[row] - 1e-9 && violated < 0) violated = k;
    }
    return violated;
  }

  /** The part of an allowed approach that other arms use up (m/s): at most all of it, so that no arm has to flee from another. */
  #takenByOthers(bound: number, velocity: Float64Array, own: number): number {
    let rate = 0;
    for (let i = own; i < velocity.length; i++) rate += this.#gradient[i] * velocity[i];
    return rate < 0 && bound < 0 ? Math.min(-rate, -bound) : 0;
  }

  /** @returns a row for barrier `k`: a free one or that of the farthest barrier; -1 if all barriers are nearer */
  #rowFor(k: number): number {
    const { distance } = this.#clearance;
    if (this.#rowCount < MAX_CONSTRAINTS) {
      this.#rows[this.#rowCount] = k;
      return this.#rowCount++;
    }
    let farthest = 0;
    for (let r = 1; r < MAX_CONSTRAINTS; r++)
      if (distance[this.#rows[r]] > distance[this.#rows[farthest]]) farthest = r;
    if (distance[this.#rows[farthest]] <= distance[k]) return -1;
    this.#rows[farthest] = k;
    return farthest;
  }

  #solve({ low, high }: Candidate): boolean {
    const solver = this.#solver;
    if (solver.solve(this.#wanted, low, high, this.#rowCount) === 'solved') return true;
    // The limits may not allow the arm to leave a buffer at once; then it is enough not to go deeper.
    for (let r = 0; r < this.#rowCount; r++) solver.bounds[r] = Math.min(solver.bounds[r], 0);
    return solver.solve(this.#wanted, low, high, this.#rowCount) === 'solved';
  }
}
