import { InputError, type Kinematics, length3, type Pose, poseError, quaternion, Random } from '@praxis/core';
import { DampedStep } from './step.ts';

/** Search parameters of {@link solveIk}. */
export interface IkOptions {
  /** Joints of the first attempt (rad, m). Default: the posture. */
  readonly start?: ArrayLike<number>;
  /** Preferred joints (rad, m) if the pose leaves a choice. Default: 0, or the nearest limit. */
  readonly posture?: ArrayLike<number>;
  /** `position` ignores the orientation. Default `pose`. */
  readonly task?: 'pose' | 'position';
  /** Largest position error of a solution (m). Default 1e-6. */
  readonly positionTolerance?: number;
  /** Largest orientation error of a solution (rad). Default 1e-6. */
  readonly orientationTolerance?: number;
  /** Number of restarts from random joints after a failed attempt. Default 30. */
  readonly restarts?: number;
  /** Seed of the random joints; equal seeds give equal solutions. Default 0. */
  readonly seed?: number;
  /** Largest number of iterations per attempt. Default 200. */
  readonly iterations?: number;
}

/** Result of {@link solveIk}. */
export interface IkSolution {
  /** Joint positions within the limits (rad, m), in the order of `kinematics.jointNames`. */
  readonly joints: Float64Array;
  /** Position error (m). */
  readonly positionError: number;
  /** Orientation error (rad). */
  readonly orientationError: number;
  /** Iterations of all attempts. */
  readonly iterations: number;
  /** False when the joints are only the closest ones found. */
  readonly converged: boolean;
}

// Longest step of a joint in one iteration (rad, m), for which the Jacobian is a valid linearization.
const MAX_STEP_RAD_OR_M = 0.5;
// Damping is this gain times the squared error (Sugihara 2011), with a minimum that keeps singular poses solvable.
const DAMPING_GAIN = 0.005;
const MIN_DAMPING = 1e-9;
const POSTURE_GAIN = 0.2;
// Iterations for the posture after the pose is reached, and the step below which they end (rad, m).
const POSTURE_ITERATIONS = 40;
const MIN_POSTURE_STEP_RAD_OR_M = 1e-5;
// Iterations without an improvement of the error by 1 % after which an attempt ends.
const STALL_ITERATIONS = 20;
// Half the range of random positions of a joint without limits (rad).
const UNLIMITED_HALF_RANGE_RAD = Math.PI;

/**
 * Inverse kinematics by damped least squares within joint limits. Redundant joints approach the posture in the null
 * space. Equal arguments give equal solutions in every engine.
 * @param pose tool pose `[x, y, z, qx, qy, qz, qw]` (m) in the chain's base frame; the quaternion is normalised
 * @throws {InputError} when the pose is not 7 finite numbers, the quaternion has length 0, or the number of joints is
 * wrong.
 */
export function solveIk(kinematics: Kinematics, pose: ArrayLike<number>, options: IkOptions = {}): IkSolution {
  return new IkSearch(kinematics, pose, options).run();
}

function checkedPose(pose: ArrayLike<number>): Pose {
  const out = Float64Array.from(pose);
  if (out.length !== 7 || !out.every(Number.isFinite)) {
    throw new InputError(`pose ${out.join(',')}: expected 7 finite numbers x,y,z,qx,qy,qz,qw`);
  }
  if (out.subarray(3).every((value) => value === 0)) {
    throw new InputError(`pose ${out.join(',')}: the quaternion has length 0, expected 1`);
  }
  quaternion.normalise(out, out, 3, 3);
  return out;
}

class IkSearch {
  readonly #kinematics: Kinematics;
  readonly #options: IkOptions;
  readonly #n: number;
  readonly #target: Pose;
  readonly #posture: Float64Array;
  readonly #joints: Float64Array;
  readonly #toolPose = new Float64Array(7);
  readonly #error = new Float64Array(6);
  readonly #jacobian: Float64Array;
  readonly #step: DampedStep;
  readonly #nullSpaceStep: Float64Array;
  readonly #lowest: Float64Array;
  readonly #highest: Float64Array;
  readonly #change: Float64Array;
  readonly #positionOnly: boolean;
  readonly #best: Float64Array;
  #bestError = Infinity;
  #bestConverged = false;
  #iterations = 0;

  constructor(kinematics: Kinematics, pose: ArrayLike<number>, options: IkOptions) {
    const n = kinematics.jointNames.length;
    this.#kinematics = kinematics;
    this.#options = options;
    this.#n = n;
    this.#target = checkedPose(pose);
    this.#posture = this.#withinLimits('posture', options.posture ?? new Float64Array(n));
    this.#joints = new Float64Array(n);
    this.#best = this.#posture.slice();
    this.#jacobian = new Float64Array(6 * n);
    this.#positionOnly = options.task === 'position';
    this.#step = new DampedStep(this.#positionOnly ? 3 : 6, n);
    this.#nullSpaceStep = new Float64Array(n);
    this.#lowest = new Float64Array(n);
    this.#highest = new Float64Array(n);
    this.#change = new Float64Array(n);
  }

  run(): IkSolution {
    const { restarts = 30, seed = 0, start } = this.#options;
    const random = new Random(seed, 'ik');
    const first = start ? this.#withinLimits('start', start) : this.#posture;
    for (let attempt = 0; attempt <= restarts && !this.#bestConverged; attempt++) {
      if (attempt === 0) this.#joints.set(first);
      else this.#randomiseJoints(random);
      this.#runAttempt();
    }
    return this.#solution();
  }

  #withinLimits(name: string, joints: ArrayLike<number>): Float64Array {
    const { jointNames, lower, upper } = this.#kinematics;
    const values = Float64Array.from(joints);
    if (values.length !== jointNames.length || !values.every(Number.isFinite)) {
      throw new InputError(
        `${name} ${values.join(',')}: expected ${jointNames.length} finite numbers for ${jointNames.join(', ')}`,
      );
    }
    return values.map((value, i) => Math.min(Math.max(value, lower[i]), upper[i]));
  }

  #randomiseJoints(random: Random): void {
    const { lower, upper } = this.#kinematics;
    for (let i = 0; i < this.#n; i++) {
      const lo = Number.isFinite(lower[i]) ? lower[i] : -UNLIMITED_HALF_RANGE_RAD;
      const hi = Number.isFinite(upper[i]) ? upper[i] : UNLIMITED_HALF_RANGE_RAD;
      this.#joints[i] = random.uniform(lo, hi);
    }
  }

  #computeError(): number {
    this.#kinematics.forward(this.#joints, this.#toolPose);
    poseError(this.#target, this.#toolPose, this.#error);
    const position = length3(this.#error, 0);
    const turn = this.#positionOnly ? 0 : length3(this.#error, 3);
    return Math.sqrt(position * position + turn * turn);
  }

  #reached(): boolean {
    const { positionTolerance = 1e-6, orientationTolerance = 1e-6 } = this.#options;
    if (length3(this.#error, 0) > positionTolerance) return false;
    return this.#positionOnly || length3(this.#error, 3) <= orientationTolerance;
  }

  #keepBest(error: number): void {
    this.#best.set(this.#joints);
    this.#bestError = error;
  }

  #runAttempt(): void {
    const { iterations = 200 } = this.#options;
    let [least, iterationsLeft, polishing] = [Infinity, STALL_ITERATIONS, POSTURE_ITERATIONS];
    for (let k = 0; ; k++) {
      const error = this.#computeError();
      if (this.#reached()) {
        this.#bestConverged = true;
        this.#keepBest(error);
        if (polishing-- === 0) return;
      } else if (!this.#bestConverged && error < this.#bestError) this.#keepBest(error);
      iterationsLeft = error < 0.99 * least ? STALL_ITERATIONS : iterationsLeft - 1;
      least = Math.min(least, error);
      if (k === iterations || (iterationsLeft <= 0 && !this.#bestConverged)) return;
      const longest = this.#advance(error);
      this.#iterations++;
      if (this.#bestConverged && longest < MIN_POSTURE_STEP_RAD_OR_M) return;
    }
  }

  /** Moves the joints by one step and returns its largest entry. */
  #advance(error: number): number {
    const { lower, upper } = this.#kinematics;
    for (let i = 0; i < this.#n; i++) {
      this.#lowest[i] = Math.max(lower[i] - this.#joints[i], -MAX_STEP_RAD_OR_M);
      this.#highest[i] = Math.min(upper[i] - this.#joints[i], MAX_STEP_RAD_OR_M);
      this.#nullSpaceStep[i] = POSTURE_GAIN * (this.#posture[i] - this.#joints[i]);
    }
    this.#kinematics.jacobian(this.#joints, this.#jacobian);
    const damping = DAMPING_GAIN * error * error + MIN_DAMPING;
    this.#step.solve(
      this.#jacobian,
      this.#error,
      this.#nullSpaceStep,
      damping,
      this.#lowest,
      this.#highest,
      this.#change,
    );
    let longest = 0;
    for (let i = 0; i < this.#n; i++) {
      // Rounding may take the sum beyond the limit by its last bit.
      this.#joints[i] = Math.min(Math.max(this.#joints[i] + this.#change[i], lower[i]), upper[i]);
      longest = Math.max(longest, Math.abs(this.#change[i]));
    }
    return longest;
  }

  #solution(): IkSolution {
    this.#joints.set(this.#best);
    this.#computeError();
    return {
      joints: this.#best,
      positionError: length3(this.#error, 0),
      orientationError: length3(this.#error, 3),
      iterations: this.#iterations,
      converged: this.#bestConverged,
    };
  }
}
