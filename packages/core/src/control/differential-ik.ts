import { DampedLeastSquares } from '../math/index.ts';
import type { Kinematics } from '../ports/kinematics.ts';

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
}

/** Largest velocity that the posture task gives one joint (rad/s). */
const MAX_POSTURE_SPEED_RAD_S = 0.5;

/**
 * Differential inverse kinematics: damped least squares with a posture task in the null space (Nakamura and Hanafusa
 * 1986; Liegeois 1977): dq = z + J^T (J J^T + damping^2 I)^-1 (dx - J z), where z is the step of the posture task. A
 * joint that would pass its limit is held there, and the step is solved again for the others. A step that is too fast
 * for one joint is scaled down as a whole.
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
  readonly #leastSquares: DampedLeastSquares;
  readonly #right = new Float64Array(6);
  readonly #postureMotion = new Float64Array(6);

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
    this.#free.fill(1);
    // Each pass holds at least one more joint, so n passes are enough.
    for (let pass = 0; pass <= n; pass++) {
      this.#solve(motion, dt);
      if (!this.#holdAtLimits()) break;
    }
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

  /** Computes `step` for the joints that are not held. */
  #solve(motion: Float64Array, dt: number): void {
    const n = this.joints.length;
    const jacobian = this.#jacobian;
    const most = MAX_POSTURE_SPEED_RAD_S * dt;
    for (let i = 0; i < n; i++) {
      const wanted = (this.#posture[i] - this.joints[i]) * this.#postureGain * dt;
      this.#step[i] = this.#free[i] === 0 ? 0 : Math.min(Math.max(wanted, -most), most);
    }
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
      more = true;
    }
    return more;
  }
}
