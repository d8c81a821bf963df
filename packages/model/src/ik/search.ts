import { type Kinematics, length3, type Pose, poseError, Random, toolTaskOf } from '@praxis/core';
import { checkedPose, checkedTolerance, jointsWithinLimits, searchLimits } from './check.ts';
import type { IkOptions, IkSolution } from './solve.ts';
import { DampedStep } from './step.ts';

// The simulator solves the start of an episode with the first attempt: another numeric result there is another trace.

// Longest step of a joint in one iteration (rad, m): from the start one for which the Jacobian is a valid linearization, so
// that the arm keeps its configuration, and from random joints a longer one, which needs fewer iterations.
const FIRST_MAX_STEP_RAD_OR_M = 0.5;
const MAX_STEP_RAD_OR_M = 1;
// Damping is this gain times the squared error (Sugihara 2011), with a minimum that keeps singular poses solvable.
const DAMPING_GAIN = 0.005;
const MIN_DAMPING = 1e-9;
const POSTURE_GAIN = 0.2;
// Iterations for the posture after the pose is reached, and the step below which they end (rad, m).
const POSTURE_ITERATIONS = 40;
const MIN_POSTURE_STEP_RAD_OR_M = 1e-5;
// Iterations without an improvement of the error by 1 % after which an attempt ends.
const STALL_ITERATIONS = 15;
// An attempt is at a local minimum when its step is below this share of its error.
const STATIONARY_SHARE = 1e-4;
// Restarts for a better orientation after the position is reached.
const ORIENTATION_RESTARTS = 20;
// Half the range of random positions of a joint without limits (rad).
const UNLIMITED_HALF_RANGE_RAD = Math.PI;

/** One search for the joints that bring the tool to a pose; see `solveIk`. */
export class IkSearch {
  readonly #kinematics: Kinematics;
  readonly #n: number;
  readonly #target: Pose;
  readonly #lower: Float64Array;
  readonly #upper: Float64Array;
  readonly #start: Float64Array;
  readonly #posture: Float64Array;
  readonly #positionFirst: boolean;
  readonly #positionTolerance: number;
  readonly #orientationTolerance: number;
  readonly #restarts: number;
  readonly #maxIterations: number;
  readonly #seed: number;
  /** Made for the first restart: most poses need none. */
  #random: Random | undefined;
  readonly #joints: Float64Array;
  readonly #toolPose = new Float64Array(7);
  readonly #error = new Float64Array(6);
  readonly #weightedError = new Float64Array(6);
  readonly #jacobian: Float64Array;
  readonly #step: DampedStep;
  readonly #nullSpaceStep: Float64Array;
  readonly #lowest: Float64Array;
  readonly #highest: Float64Array;
  readonly #change: Float64Array;
  /** Weight of the orientation (m/rad) that leaves a position error far below the tolerance where the two conflict. */
  readonly #lowWeight: number;
  /** Weight of the orientation in the present iterations (m/rad). */
  #weight = 1;
  #maxStep = FIRST_MAX_STEP_RAD_OR_M;
  readonly #best: Float64Array;
  #bestError = Infinity;
  /** True when the best joints fulfil the task. */
  #converged = false;
  /** True when the best joints reach position and orientation. */
  #poseReached = false;
  #iterations = 0;

  constructor(kinematics: Kinematics, pose: ArrayLike<number>, options: IkOptions) {
    const n = kinematics.jointNames.length;
    this.#kinematics = kinematics;
    this.#n = n;
    this.#target = checkedPose(pose);
    const posture = jointsWithinLimits('posture', kinematics, options.posture ?? new Float64Array(n));
    this.#start = options.start ? jointsWithinLimits('start', kinematics, options.start) : posture;
    const hold = options.hold ?? [];
    const limits = searchLimits(kinematics, hold, options.start ?? posture);
    this.#lower = limits.lower;
    this.#upper = limits.upper;
    this.#posture = posture.map((value, i) => Math.min(Math.max(value, limits.lower[i]), limits.upper[i]));
    const movable = kinematics.jointNames.filter((name) => !hold.includes(name)).length;
    this.#positionFirst = (options.task ?? toolTaskOf(movable)) === 'position';
    this.#positionTolerance = checkedTolerance('position', options.positionTolerance ?? 1e-6);
    this.#orientationTolerance = checkedTolerance('orientation', options.orientationTolerance ?? 1e-6);
    this.#lowWeight = Math.sqrt(this.#positionTolerance) / 10;
    this.#restarts = options.restarts ?? 60;
    this.#maxIterations = options.iterations ?? 200;
    this.#seed = options.seed ?? 0;
    this.#joints = new Float64Array(n);
    this.#best = this.#start.slice();
    this.#jacobian = new Float64Array(6 * n);
    this.#step = new DampedStep(6, n);
    this.#nullSpaceStep = new Float64Array(n);
    this.#lowest = new Float64Array(n);
    this.#highest = new Float64Array(n);
    this.#change = new Float64Array(n);
  }

  run(): IkSolution {
    // The position comes first at once, so that the arm does not leave its configuration for an orientation; a restart
    // goes where both errors are small, and puts the position first from there.
    this.#joints.set(this.#start);
    this.#weight = this.#positionFirst ? this.#lowWeight : 1;
    this.#runAttempt();
    this.#maxStep = MAX_STEP_RAD_OR_M;
    for (let left = this.#restarts; left > 0 && !this.#poseReached; left--) {
      if (this.#converged) left = Math.min(left, ORIENTATION_RESTARTS);
      this.#randomiseJoints();
      this.#weight = 1;
      this.#runAttempt();
    }
    return this.#solution();
  }

  #randomiseJoints(): void {
    this.#random ??= new Random(this.#seed, 'ik');
    for (let i = 0; i < this.#n; i++) {
      const lo = Number.isFinite(this.#lower[i]) ? this.#lower[i] : -UNLIMITED_HALF_RANGE_RAD;
      const hi = Number.isFinite(this.#upper[i]) ? this.#upper[i] : UNLIMITED_HALF_RANGE_RAD;
      this.#joints[i] = this.#random.uniform(lo, hi);
    }
  }

  /** Computes the error of the joints and returns its weighted length. */
  #computeError(): number {
    this.#kinematics.forward(this.#joints, this.#toolPose);
    poseError(this.#target, this.#toolPose, this.#error);
    const position = length3(this.#error, 0);
    const turn = this.#weight * length3(this.#error, 3);
    return Math.sqrt(position * position + turn * turn);
  }

  /** Keeps the joints if they are the best so far. Returns true if they reach the pose. */
  #keepIfBest(): boolean {
    const position = length3(this.#error, 0);
    const turn = length3(this.#error, 3);
    const isPositionReached = position <= this.#positionTolerance;
    const isPoseReached = isPositionReached && turn <= this.#orientationTolerance;
    const isConverged = isPoseReached || (this.#positionFirst && isPositionReached);
    let error = Math.sqrt(position * position + turn * turn);
    if (this.#positionFirst) error = isConverged ? turn : position;
    // Once the pose is reached, each step of the posture improves it within the tolerances.
    const isBetter = isPoseReached || (isConverged && !this.#converged);
    if (isBetter || (isConverged === this.#converged && !this.#poseReached && error < this.#bestError)) {
      this.#best.set(this.#joints);
      this.#bestError = error;
      this.#converged = isConverged;
      this.#poseReached = isPoseReached;
    }
    return isPoseReached;
  }

  #runAttempt(): void {
    let [least, iterationsLeft, polishing] = [Infinity, STALL_ITERATIONS, POSTURE_ITERATIONS];
    for (let k = 0; ; k++) {
      let error = this.#computeError();
      if (this.#keepIfBest()) {
        if (polishing-- === 0) return;
        if (this.#weight !== 1) {
          this.#weight = 1;
          error = this.#computeError();
        }
      }
      iterationsLeft = error < 0.99 * least ? STALL_ITERATIONS : iterationsLeft - 1;
      least = Math.min(least, error);
      if (k === this.#maxIterations) return;
      const longest = iterationsLeft > 0 || this.#poseReached ? this.#advance(error) : 0;
      if (this.#poseReached) {
        if (longest < MIN_POSTURE_STEP_RAD_OR_M) return;
      } else if (longest < STATIONARY_SHARE * error) {
        if (!this.#lowerWeight()) return;
        [least, iterationsLeft] = [Infinity, STALL_ITERATIONS];
      }
    }
  }

  /** Puts the position first, and then alone if its error is still too large. Returns false if nothing is left to do. */
  #lowerWeight(): boolean {
    if (!this.#positionFirst || this.#weight === 0) return false;
    if (this.#weight === 1) this.#weight = this.#lowWeight;
    else if (length3(this.#error, 0) > this.#positionTolerance) this.#weight = 0;
    else return false;
    return true;
  }

  /** Moves the joints by one step and returns its largest entry. */
  #advance(error: number): number {
    this.#iterations++;
    // The posture would compete with an orientation of low weight.
    const postureGain = this.#weight === 1 ? POSTURE_GAIN : 0;
    for (let i = 0; i < this.#n; i++) {
      this.#lowest[i] = Math.max(this.#lower[i] - this.#joints[i], -this.#maxStep);
      this.#highest[i] = Math.min(this.#upper[i] - this.#joints[i], this.#maxStep);
      this.#nullSpaceStep[i] = postureGain * (this.#posture[i] - this.#joints[i]);
    }
    this.#kinematics.jacobian(this.#joints, this.#jacobian);
    this.#applyWeight();
    const least = this.#weight === 0 ? MIN_DAMPING : Math.min(MIN_DAMPING, (this.#weight * this.#weight) / 100);
    this.#step.solve(
      this.#jacobian,
      this.#weightedError,
      this.#nullSpaceStep,
      DAMPING_GAIN * error * error + least,
      this.#lowest,
      this.#highest,
      this.#change,
    );
    let longest = 0;
    for (let i = 0; i < this.#n; i++) {
      // Rounding may take the sum beyond the limit by its last bit.
      this.#joints[i] = Math.min(Math.max(this.#joints[i] + this.#change[i], this.#lower[i]), this.#upper[i]);
      longest = Math.max(longest, Math.abs(this.#change[i]));
    }
    return longest;
  }

  #applyWeight(): void {
    for (let r = 0; r < 6; r++) {
      const weight = r < 3 ? 1 : this.#weight;
      this.#weightedError[r] = weight * this.#error[r];
      if (weight !== 1) for (let i = 0; i < this.#n; i++) this.#jacobian[r * this.#n + i] *= weight;
    }
  }

  #solution(): IkSolution {
    this.#joints.set(this.#best);
    this.#computeError();
    return {
      joints: this.#best,
      positionError: length3(this.#error, 0),
      orientationError: length3(this.#error, 3),
      iterations: this.#iterations,
      converged: this.#converged,
    };
  }
}
