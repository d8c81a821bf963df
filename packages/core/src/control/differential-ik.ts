import { InputError } from '../errors/errors.ts';
import { DampedLeastSquares } from '../math/index.ts';
import type { Kinematics } from '../ports/kinematics.ts';
import { toolTaskOf } from './tool-task.ts';

/** Tuning of {@link DifferentialIk}. */
export interface DifferentialIkOptions {
  /** Damping of the least squares. A larger value is smoother near singularities and less exact. Default 0.02. */
  readonly damping?: number;
  /** Joint positions (rad) that the null-space motion approaches. Default: the positions of the last reset. */
  readonly posture?: ArrayLike<number>;
  /** Gain of the posture task (1/s). Default 1. */
  readonly postureGain?: number;
  /** Usable share of each joint's velocity limit, 0..1. Default 0.9. */
  readonly velocityShare?: number;
  /**
   * Weights of the tool's motion along x, y, z and about x, y, z of the base, 6 numbers of at least 0. Where an arm
   * cannot follow on all axes, those of larger weight come first; an axis of weight 0 is free. Default: 1 each; with
   * fewer than six joints 0.02 about x, y, z, so that the position comes first and the orientation follows as far as
   * the arm can.
   */
  readonly weights?: readonly number[];
}

/** Largest velocity that the posture task gives one joint (rad/s). */
const MAX_POSTURE_SPEED_RAD_S = 0.5;

/**
 * Weight of a rotation (m/rad) where the position comes first. Away from singular configurations, a rotation that the arm
 * cannot follow then moves the tool by less than 0.5 mm at the controller's largest following error.
 */
const LOW_ROTATION_WEIGHT = 0.02;
/** A held joint is released only if its gradient exceeds this share of the largest one. */
const RELEASE_TOLERANCE = 1e-9;
/** Releases of a joint in one step: after one the step is the least squares within the limits in 99.8 % of cases, after two in 99.99 %. */
const MAX_RELEASES = 2;

/** Limit at which a joint is held. */
const [AT_LOWER, AT_UPPER] = [-1, 1];

/**
 * Differential inverse kinematics: damped least squares with a posture task in the null space (Nakamura and Hanafusa
 * 1986; Liegeois 1977): dq = z + J^T (J J^T + damping^2 I)^-1 (dx - J z), where z is the step of the posture task. A
 * joint that would pass its limit is held there, and the step is solved again for the others; it is released when the
 * others' motion then wants it away from the limit. A step that is too fast for one joint is scaled down as a whole. The
 * rows of J and dx are multiplied by the weights.
 */
export class DifferentialIk {
  /** Joint positions (rad), in the order of the kinematics. */
  readonly joints: Float64Array;
  readonly #kinematics: Kinematics;
  readonly #damping: number;
  readonly #postureGain: number;
  readonly #velocityShare: number;
  readonly #posture: Float64Array;
  readonly #fixedPosture: boolean;
  readonly #jacobian: Float64Array;
  readonly #step: Float64Array;
  /** 1 for a joint that may move, 0 for one that is held at its limit. */
  readonly #free: Uint8Array;
  /** The limit at which a joint was held last; 0 before. */
  readonly #heldAt: Int8Array;
  /** How often each joint was released in this step. */
  readonly #releases: Uint8Array;
  readonly #weights: Float64Array;
  readonly #isWeighted: boolean;
  readonly #weightedMotion = new Float64Array(6);
  readonly #leastSquares: DampedLeastSquares;
  readonly #right = new Float64Array(6);
  readonly #postureMotion = new Float64Array(6);

  /** @throws {InputError} when the weights are not 6 finite numbers of at least 0. */
  constructor(kinematics: Kinematics, options: DifferentialIkOptions = {}) {
    const n = kinematics.jointNames.length;
    this.#kinematics = kinematics;
    this.#damping = options.damping ?? 0.02;
    this.#postureGain = options.postureGain ?? 1;
    this.#velocityShare = options.velocityShare ?? 0.9;
    this.joints = new Float64Array(n);
    this.#posture = new Float64Array(n);
    this.#fixedPosture = options.posture !== undefined;
    if (options.posture) this.#posture.set(options.posture);
    this.#jacobian = new Float64Array(6 * n);
    this.#step = new Float64Array(n);
    this.#free = new Uint8Array(n);
    this.#heldAt = new Int8Array(n);
    this.#releases = new Uint8Array(n);
    this.#weights = checkedWeights(options.weights ?? defaultWeights(n));
    this.#isWeighted = this.#weights.some((weight) => weight !== 1);
    this.#leastSquares = new DampedLeastSquares(6, n);
  }

  /** Starts from these joint positions (rad). Positions outside the limits, such as noisy measurements, are clamped. */
  reset(joints: Float64Array): void {
    const { lower, upper } = this.#kinematics;
    for (let i = 0; i < joints.length; i++) this.joints[i] = Math.min(Math.max(joints[i], lower[i]), upper[i]);
    if (!this.#fixedPosture) this.#posture.set(this.joints);
  }

  /**
   * Moves `joints` so that the tool moves by `motion` in `dt` seconds.
   * @param motion translation (m) and rotation vector (rad) along the base axes, 6 numbers
   */
  move(motion: Float64Array, dt: number): void {
    const { lower, upper, maxVelocity } = this.#kinematics;
    const n = this.joints.length;
    this.#kinematics.jacobian(this.joints, this.#jacobian);
    this.#applyWeights(motion);
    this.#free.fill(1);
    this.#releases.fill(0);
    // Each joint is released a few times at most, so the passes end.
    do this.#solve(dt);
    while (this.#holdAtLimits() || this.#releaseHeld(dt));
    let scale = 1;
    for (let i = 0; i < n; i++) {
      const limit = maxVelocity[i] * this.#velocityShare * dt;
      const size = Math.abs(this.#step[i]);
      if (size * scale > limit) scale = limit / size;
    }
    for (let i = 0; i < n; i++) {
      const next = this.joints[i] + this.#step[i] * scale;
      this.joints[i] = Math.min(Math.max(next, lower[i]), upper[i]);
    }
  }

  #applyWeights(motion: Float64Array): void {
    const n = this.joints.length;
    for (let r = 0; r < 6; r++) this.#weightedMotion[r] = this.#weights[r] * motion[r];
    if (!this.#isWeighted) return;
    for (let r = 0; r < 6; r++) for (let i = 0; i < n; i++) this.#jacobian[r * n + i] *= this.#weights[r];
  }

  /** Step of a joint towards the posture (rad). */
  #postureStep(joint: number, dt: number): number {
    const most = MAX_POSTURE_SPEED_RAD_S * dt;
    const wanted = (this.#posture[joint] - this.joints[joint]) * this.#postureGain * dt;
    return Math.min(Math.max(wanted, -most), most);
  }

  /** Computes `step` for the joints that are not held. */
  #solve(dt: number): void {
    const n = this.joints.length;
    const jacobian = this.#jacobian;
    const motion = this.#weightedMotion;
    for (let i = 0; i < n; i++) this.#step[i] = this.#free[i] === 0 ? 0 : this.#postureStep(i, dt);
    const damping = this.#damping * this.#damping;
    for (let r = 0; r < 6; r++) {
      let postureMotion = 0;
      for (let i = 0; i < n; i++) postureMotion += jacobian[r * n + i] * this.#step[i];
      this.#right[r] = motion[r] - postureMotion;
      this.#postureMotion[r] = postureMotion;
    }
    this.#leastSquares.factorize(jacobian, this.#free, damping);
    // Damping leaves part of the posture task in the tool's motion. That part is subtracted: it would oppose the
    // feedback permanently, and the tool would rest half a millimetre beside its target.
    this.#leastSquares.solve(this.#postureMotion);
    for (let r = 0; r < 6; r++) this.#right[r] -= damping * this.#postureMotion[r];
    this.#leastSquares.solve(this.#right);
    this.#leastSquares.addTransposed(jacobian, this.#right, this.#free, this.#step);
  }

  /** Holds each joint that the step would take past a limit. Returns true if another joint was held. */
  #holdAtLimits(): boolean {
    const { lower, upper } = this.#kinematics;
    let more = false;
    for (let i = 0; i < this.joints.length; i++) {
      const next = this.joints[i] + this.#step[i];
      if (this.#free[i] === 0 || (next >= lower[i] && next <= upper[i])) continue;
      this.#free[i] = 0;
      this.#heldAt[i] = next < lower[i] ? AT_LOWER : AT_UPPER;
      more = true;
    }
    return more;
  }

  /**
   * Releases the held joint that reduces the remaining error most by moving away from its limit, the gradient of the
   * least squares. Returns false if there is none.
   */
  #releaseHeld(dt: number): boolean {
    const n = this.joints.length;
    const jacobian = this.#jacobian;
    let [joint, most, scale, isStored] = [-1, 0, 0, false];
    for (let i = 0; i < n; i++) {
      if (this.#free[i] === 1 || this.#releases[i] === MAX_RELEASES) continue;
      if (!isStored) this.#storeRemainingMotion();
      isStored = true;
      let gradient = this.#damping * this.#damping * this.#postureStep(i, dt);
      for (let r = 0; r < 6; r++) gradient += jacobian[r * n + i] * this.#right[r];
      scale = Math.max(scale, Math.abs(gradient));
      const away = -this.#heldAt[i] * gradient;
      if (!(away > most)) continue;
      most = away;
      joint = i;
    }
    if (joint < 0 || most <= RELEASE_TOLERANCE * scale) return false;
    this.#free[joint] = 1;
    this.#releases[joint]++;
    return true;
  }

  /** Stores in `right` the weighted motion that the step leaves out. */
  #storeRemainingMotion(): void {
    const n = this.joints.length;
    for (let r = 0; r < 6; r++) {
      let left = this.#weightedMotion[r];
      for (let i = 0; i < n; i++) left -= this.#jacobian[r * n + i] * this.#step[i];
      this.#right[r] = left;
    }
  }
}

const defaultWeights = (jointCount: number): readonly number[] => {
  const turn = toolTaskOf(jointCount) === 'pose' ? 1 : LOW_ROTATION_WEIGHT;
  return [1, 1, 1, turn, turn, turn];
};

function checkedWeights(weights: readonly number[]): Float64Array {
  if (weights.length === 6 && weights.every((weight) => weight >= 0 && Number.isFinite(weight))) {
    return Float64Array.from(weights);
  }
  throw new InputError(`weights ${weights.join(',')}: expected 6 finite numbers of at least 0`);
}
