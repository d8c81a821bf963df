import { Dynamics, type RobotModel } from '@praxis/model';
import type { ExternalTorqueConfig } from '../../config/force-config.ts';

/** The observer does not integrate over a longer gap between samples (s); it restarts instead. */
const MAX_GAP_S = 0.05;
const LAST_SAMPLE_INDEX = 0;

/**
 * Estimates the torque that the environment exerts on each joint from measured positions, velocities and efforts,
 * without accelerations: the change of momentum that drives, weight and Coriolis forces do not explain, filtered to
 * first order (De Luca and Mattone, ICRA 2005; Haddadin, De Luca and Albu-Schaeffer, T-RO 2017). It allocates nothing
 * per sample.
 */
export class MomentumObserver {
  /** Estimated torque (Nm or N) in the order of `names`; zeros until the second sample. */
  readonly torque: Float64Array;
  readonly #dynamics: Dynamics;
  readonly #gain: number;
  readonly #includesGravity: boolean;
  /** Index among `names` of each joint of the dynamics. */
  readonly #order: Int32Array;
  readonly #damping: Float64Array;
  readonly #friction: Float64Array;
  readonly #q: Float64Array;
  readonly #qd: Float64Array;
  readonly #momentum: Float64Array;
  readonly #gradient: Float64Array;
  readonly #gravity: Float64Array;
  readonly #integral: Float64Array;
  readonly #times = Float64Array.of(Number.NEGATIVE_INFINITY);

  /**
   * @param names joints of the samples; all other joints are held at 0
   * @throws {InputError} for an armature of a joint that is not among them.
   */
  constructor(model: RobotModel, names: readonly string[], config: ExternalTorqueConfig) {
    const lockedJoints = Object.fromEntries(
      model.joints.filter(({ type, name }) => type !== 'fixed' && !names.includes(name)).map(({ name }) => [name, 0]),
    );
    this.#dynamics = new Dynamics(model, { lockedJoints, armature: config.armature });
    this.#gain = config.gain;
    this.#includesGravity = config.gravity === 'included';
    const { jointNames } = this.#dynamics;
    const n = jointNames.length;
    this.torque = new Float64Array(names.length);
    this.#order = Int32Array.from(jointNames, (name) => names.indexOf(name));
    const joints = jointNames.map((name) => model.joints.find((joint) => joint.name === name)!);
    this.#damping = Float64Array.from(joints, ({ dynamics }) => dynamics?.damping ?? 0);
    this.#friction = Float64Array.from(joints, ({ dynamics }) => dynamics?.friction ?? 0);
    this.#q = new Float64Array(n);
    this.#qd = new Float64Array(n);
    this.#momentum = new Float64Array(n);
    this.#gradient = new Float64Array(n);
    this.#gravity = new Float64Array(n);
    this.#integral = new Float64Array(n);
  }

  /** Restarts with the next sample. */
  restart(): void {
    this.#times[LAST_SAMPLE_INDEX] = Number.NEGATIVE_INFINITY;
    this.torque.fill(0);
  }

  /** Evaluates a sample (rad, rad/s, Nm; m, m/s, N) in the order of `names`. @param stamp time of the sample (s) */
  observe(position: Float64Array, velocity: Float64Array, effort: Float64Array, stamp: number): void {
    const order = this.#order;
    for (let i = 0; i < order.length; i++) {
      this.#q[i] = position[order[i]];
      this.#qd[i] = velocity[order[i]];
    }
    this.#dynamics.momentum(this.#q, this.#qd, this.#momentum, this.#gradient);
    if (this.#includesGravity) this.#dynamics.gravity(this.#q, this.#gravity);
    const dt = stamp - this.#times[LAST_SAMPLE_INDEX];
    this.#times[LAST_SAMPLE_INDEX] = stamp;
    if (!(dt > 0 && dt <= MAX_GAP_S)) {
      this.torque.fill(0);
      this.#integral.set(this.#momentum);
      return;
    }
    const share = this.#gain / (1 + this.#gain * dt);
    for (let i = 0; i < order.length; i++) {
      const at = order[i];
      const qd = this.#qd[i];
      const friction = this.#damping[i] * qd + this.#friction[i] * Math.sign(qd);
      this.#integral[i] += dt * (effort[at] - friction + this.#gradient[i] - this.#gravity[i]);
      // This step is implicit in the estimate, so that every gain is stable.
      this.torque[at] = share * (this.#momentum[i] - this.#integral[i]);
      this.#integral[i] += dt * this.torque[at];
    }
  }
}
