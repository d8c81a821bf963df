import { InputError, quaternion, sincos } from '@praxis/core';
import type { RobotModel } from '../description/robot-model.ts';
import type { JointValues } from '../kinematics/coordinates.ts';
import { bodiesOf } from './bodies.ts';
import { addInertia, FIRST_MOMENT_OFFSET, INERTIA_SIZE, ROTATIONAL_OFFSET } from './inertia.ts';
import { addCross, addSymmetric, dot, rotate, rotateTransposed, tripleProduct } from './vectors.ts';

/** Assumptions of {@link Dynamics}. */
export interface DynamicsOptions {
  /** Positions of locked joints (rad, m), which are not variables. */
  readonly lockedJoints?: JointValues;
  /** Gravity (m/s^2), root link frame. Default `[0, 0, -9.81]`. */
  readonly gravity?: readonly [number, number, number];
  /** Reflected inertia of the drives by joint (kg m^2, kg). Default none: a URDF does not contain it. */
  readonly armature?: Readonly<Record<string, number>>;
}

const trig = new Float64Array(2);

/**
 * Rigid-body dynamics of a robot's tree without friction: inverse dynamics by recursive Newton-Euler (Luh, Walker and
 * Paul 1980), joint-space inertia by composite rigid bodies (Walker and Orin 1982; Featherstone 2008), and momentum
 * with the gradient of the kinetic energy in one pass. A mimic joint is a variable of its own. Methods allocate
 * nothing.
 *
 * @example
 * const dynamics = new Dynamics(parseUrdf(xml));
 * dynamics.inverse(q, qd, qdd, torque);
 */
export class Dynamics {
  /** The variables: every moving joint, parents first. */
  readonly jointNames: readonly string[];
  readonly #n: number;
  readonly #parent: Int32Array;
  readonly #isPrismatic: Uint8Array;
  readonly #axes: Float64Array;
  readonly #armature: Float64Array;
  readonly #gravity: Float64Array;
  readonly #inertia: Float64Array;
  /** Rotation and position of each joint's frame in the parent body. */
  readonly #jointRotation: Float64Array;
  readonly #jointOrigin: Float64Array;
  /** Rotation and position of each body's frame in the parent body, at the present joint positions. */
  readonly #rotation: Float64Array;
  readonly #position: Float64Array;
  // Motion, force and moment of each body in its own frame, about its origin.
  readonly #omega: Float64Array;
  readonly #velocity: Float64Array;
  readonly #alpha: Float64Array;
  readonly #acceleration: Float64Array;
  readonly #force: Float64Array;
  readonly #moment: Float64Array;
  readonly #composite: Float64Array;
  readonly #a = new Float64Array(3);
  readonly #b = new Float64Array(3);
  readonly #zeros: Float64Array;

  /** @throws {InputError} when a floating or planar joint is not locked, or `armature` has an unknown joint. */
  constructor(model: RobotModel, options: DynamicsOptions = {}) {
    const { lockedJoints: locked = {}, gravity = [0, 0, -9.81], armature = {} } = options;
    const bodies = bodiesOf(model, locked);
    const n = bodies.length;
    this.#n = n;
    this.jointNames = bodies.map(({ joint }) => joint.name);
    for (const name of Object.keys(armature)) {
      if (!this.jointNames.includes(name))
        throw new InputError(`armature: joint "${name}" is unknown or does not move`);
    }
    this.#parent = Int32Array.from(bodies, ({ parent }) => parent);
    this.#isPrismatic = Uint8Array.from(bodies, ({ joint }) => (joint.type === 'prismatic' ? 1 : 0));
    this.#axes = Float64Array.from(bodies.flatMap(({ joint }) => joint.axis));
    this.#armature = Float64Array.from(this.jointNames, (name) => armature[name] ?? 0);
    this.#gravity = Float64Array.from(gravity);
    this.#inertia = Float64Array.from(bodies.flatMap(({ inertia }) => [...inertia]));
    this.#jointRotation = new Float64Array(9 * n);
    this.#jointOrigin = new Float64Array(3 * n);
    for (const [i, { pose }] of bodies.entries()) {
      quaternion.toMatrix(pose, this.#jointRotation, 3, 9 * i);
      this.#jointOrigin.set(pose.subarray(0, 3), 3 * i);
    }
    this.#rotation = new Float64Array(9 * n);
    this.#position = new Float64Array(3 * n);
    const vectors = () => new Float64Array(3 * n);
    this.#omega = vectors();
    this.#velocity = vectors();
    this.#alpha = vectors();
    this.#acceleration = vectors();
    this.#force = vectors();
    this.#moment = vectors();
    this.#composite = new Float64Array(INERTIA_SIZE * n);
    this.#zeros = new Float64Array(n);
  }

  /**
   * Computes the torques (Nm, N) for given accelerations: M(q) qdd + C(q, qd) qd + g(q).
   * @param q positions (rad or m), in the order of `jointNames`
   * @param qd velocities (rad/s or m/s), in the same order
   * @param qdd accelerations (rad/s^2 or m/s^2), in the same order
   */
  inverse(q: Float64Array, qd: Float64Array, qdd: Float64Array, out: Float64Array): void {
    this.#computeTransforms(q);
    for (let i = 0; i < this.#n; i++) {
      this.#computeVelocity(i, qd[i]);
      this.#computeAcceleration(i, qd[i], qdd[i]);
      this.#computeWrench(i);
    }
    this.#accumulate(out);
    for (let i = 0; i < this.#n; i++) out[i] += this.#armature[i] * qdd[i];
  }

  /** Computes the torques (Nm, N) that hold the robot against gravity. */
  gravity(q: Float64Array, out: Float64Array): void {
    this.inverse(q, this.#zeros, this.#zeros, out);
  }

  /** Computes the joint-space inertia M(q), n x n row-major (kg m^2, kg m, kg). */
  massMatrix(q: Float64Array, out: Float64Array): void {
    this.#computeTransforms(q);
    const n = this.#n;
    const composite = this.#composite;
    composite.set(this.#inertia);
    for (let i = n - 1; i >= 0; i--) {
      const parent = this.#parent[i];
      if (parent < 0) continue;
      addInertia(
        composite,
        INERTIA_SIZE * i,
        this.#rotation,
        9 * i,
        this.#position,
        3 * i,
        composite,
        INERTIA_SIZE * parent,
      );
    }
    out.fill(0, 0, n * n);
    for (let i = 0; i < n; i++) {
      this.#computeUnitForce(i);
      out[i * n + i] = this.#projectOnAxis(i, i) + this.#armature[i];
      for (let k = i; this.#parent[k] >= 0; k = this.#parent[k]) {
        this.#transformToParent(k, i);
        const j = this.#parent[k];
        out[i * n + j] = this.#projectOnAxis(j, i);
        out[j * n + i] = out[i * n + j];
      }
    }
  }

  /**
   * Computes the generalised momentum p = M(q) qd and the gradient of the kinetic energy with respect to q, which is
   * C(q, qd)^T qd for the Coriolis matrix of the Christoffel symbols. One pass is enough: each joint's entry is the
   * momentum of all bodies behind it, projected on the joint's motion and on the change of that motion.
   */
  momentum(q: Float64Array, qd: Float64Array, momentum: Float64Array, gradient: Float64Array): void {
    this.#computeTransforms(q);
    for (let i = 0; i < this.#n; i++) {
      this.#computeVelocity(i, qd[i]);
      this.#computeMomentum(i);
    }
    this.#accumulate(momentum);
    for (let i = 0; i < this.#n; i++) {
      momentum[i] += this.#armature[i] * qd[i];
      const at = 3 * i;
      const axes = this.#axes;
      gradient[i] =
        this.#isPrismatic[i] === 1
          ? tripleProduct(this.#omega, at, axes, at, this.#force, at)
          : tripleProduct(this.#omega, at, axes, at, this.#moment, at) +
            tripleProduct(this.#velocity, at, axes, at, this.#force, at);
    }
  }

  /** Computes the pose of each body in its parent body. */
  #computeTransforms(q: Float64Array): void {
    for (let i = 0; i < this.#n; i++) {
      const at = 3 * i;
      if (this.#isPrismatic[i] === 0) {
        this.#rotateJoint(i, q[i]);
        for (let k = 0; k < 3; k++) this.#position[at + k] = this.#jointOrigin[at + k];
        continue;
      }
      for (let k = 0; k < 9; k++) this.#rotation[9 * i + k] = this.#jointRotation[9 * i + k];
      rotate(this.#jointRotation, 9 * i, this.#axes, at, this.#a, 0);
      for (let k = 0; k < 3; k++) this.#position[at + k] = this.#jointOrigin[at + k] + q[i] * this.#a[k];
    }
  }

  /** Multiplies the fixed rotation by the joint's own rotation (Rodrigues). */
  #rotateJoint(i: number, angle: number): void {
    sincos(angle, trig);
    const s = trig[0];
    const c = trig[1];
    const x = this.#axes[3 * i];
    const y = this.#axes[3 * i + 1];
    const z = this.#axes[3 * i + 2];
    const t = 1 - c;
    for (let row = 0; row < 3; row++) {
      const at = 9 * i + 3 * row;
      const u = this.#jointRotation[at];
      const v = this.#jointRotation[at + 1];
      const w = this.#jointRotation[at + 2];
      this.#rotation[at] = u * (t * x * x + c) + v * (t * x * y + s * z) + w * (t * x * z - s * y);
      this.#rotation[at + 1] = u * (t * x * y - s * z) + v * (t * y * y + c) + w * (t * y * z + s * x);
      this.#rotation[at + 2] = u * (t * x * z + s * y) + v * (t * y * z - s * x) + w * (t * z * z + c);
    }
  }

  /** Computes the angular and linear velocity of body i. */
  #computeVelocity(i: number, qd: number): void {
    const at = 3 * i;
    const up = 3 * this.#parent[i];
    if (up < 0) {
      this.#omega.fill(0, at, at + 3);
      this.#velocity.fill(0, at, at + 3);
    } else {
      rotateTransposed(this.#rotation, 9 * i, this.#omega, up, this.#omega, at);
      for (let k = 0; k < 3; k++) this.#a[k] = this.#velocity[up + k];
      addCross(this.#omega, up, this.#position, at, this.#a, 0);
      rotateTransposed(this.#rotation, 9 * i, this.#a, 0, this.#velocity, at);
    }
    const moves = this.#isPrismatic[i] === 1 ? this.#velocity : this.#omega;
    for (let k = 0; k < 3; k++) moves[at + k] += this.#axes[at + k] * qd;
  }

  /**
   * Computes the angular and linear acceleration of body i. The root accelerates against gravity, which is equivalent
   * to the weight of all bodies.
   */
  #computeAcceleration(i: number, qd: number, qdd: number): void {
    const at = 3 * i;
    const up = 3 * this.#parent[i];
    const a = this.#a.fill(0);
    const b = this.#b;
    if (up < 0) {
      this.#alpha.fill(0, at, at + 3);
      for (let k = 0; k < 3; k++) a[k] = -this.#gravity[k];
    } else {
      rotateTransposed(this.#rotation, 9 * i, this.#alpha, up, this.#alpha, at);
      addCross(this.#omega, up, this.#position, at, a, 0);
      for (let k = 0; k < 3; k++) b[k] = a[k];
      for (let k = 0; k < 3; k++) a[k] = this.#acceleration[up + k];
      addCross(this.#omega, up, b, 0, a, 0);
      addCross(this.#alpha, up, this.#position, at, a, 0);
    }
    rotateTransposed(this.#rotation, 9 * i, a, 0, this.#acceleration, at);
    const slides = this.#isPrismatic[i] === 1;
    const moves = slides ? this.#acceleration : this.#alpha;
    // The rotation of the body turns the joint's velocity: once for a rotation, twice for a translation (Coriolis).
    const share = slides ? 2 * qd : qd;
    for (let k = 0; k < 3; k++) b[k] = this.#axes[at + k] * share;
    addCross(this.#omega, at, b, 0, moves, at);
    for (let k = 0; k < 3; k++) moves[at + k] += this.#axes[at + k] * qdd;
  }

  /** Computes the force and the moment about the origin for the motion of body i (Newton, Euler). */
  #computeWrench(i: number): void {
    const at = 3 * i;
    const inertia = this.#inertia;
    const own = INERTIA_SIZE * i;
    const a = this.#a.fill(0);
    const b = this.#b.fill(0);
    for (let k = 0; k < 3; k++) this.#force[at + k] = inertia[own] * this.#acceleration[at + k];
    addCross(this.#alpha, at, inertia, own + FIRST_MOMENT_OFFSET, this.#force, at);
    addCross(this.#omega, at, inertia, own + FIRST_MOMENT_OFFSET, a, 0);
    addCross(this.#omega, at, a, 0, this.#force, at);
    this.#moment.fill(0, at, at + 3);
    addSymmetric(inertia, own + ROTATIONAL_OFFSET, this.#alpha, at, this.#moment, at);
    addSymmetric(inertia, own + ROTATIONAL_OFFSET, this.#omega, at, b, 0);
    addCross(this.#omega, at, b, 0, this.#moment, at);
    addCross(inertia, own + FIRST_MOMENT_OFFSET, this.#acceleration, at, this.#moment, at);
  }

  /** Computes the linear momentum of body i and the angular momentum about its origin, into `force` and `moment`. */
  #computeMomentum(i: number): void {
    const at = 3 * i;
    const own = INERTIA_SIZE * i;
    for (let k = 0; k < 3; k++) this.#force[at + k] = this.#inertia[own] * this.#velocity[at + k];
    addCross(this.#omega, at, this.#inertia, own + FIRST_MOMENT_OFFSET, this.#force, at);
    this.#moment.fill(0, at, at + 3);
    addSymmetric(this.#inertia, own + ROTATIONAL_OFFSET, this.#omega, at, this.#moment, at);
    addCross(this.#inertia, own + FIRST_MOMENT_OFFSET, this.#velocity, at, this.#moment, at);
  }

  /** Adds forces and moments from the tips to the root, and writes each joint's projection on its axis. */
  #accumulate(out: Float64Array): void {
    for (let i = this.#n - 1; i >= 0; i--) {
      out[i] = this.#projectOnAxis(i, i);
      const up = 3 * this.#parent[i];
      if (up < 0) continue;
      const at = 3 * i;
      rotate(this.#rotation, 9 * i, this.#force, at, this.#a, 0);
      rotate(this.#rotation, 9 * i, this.#moment, at, this.#b, 0);
      addCross(this.#position, at, this.#a, 0, this.#b, 0);
      for (let k = 0; k < 3; k++) {
        this.#force[up + k] += this.#a[k];
        this.#moment[up + k] += this.#b[k];
      }
    }
  }

  /** Computes force and moment of all bodies behind joint i at unit acceleration of that joint alone, at index i. */
  #computeUnitForce(i: number): void {
    const at = 3 * i;
    const own = INERTIA_SIZE * i;
    const slides = this.#isPrismatic[i] === 1;
    for (let k = 0; k < 3; k++) this.#force[at + k] = slides ? this.#composite[own] * this.#axes[at + k] : 0;
    this.#moment.fill(0, at, at + 3);
    if (slides) {
      addCross(this.#composite, own + FIRST_MOMENT_OFFSET, this.#axes, at, this.#moment, at);
      return;
    }
    addCross(this.#axes, at, this.#composite, own + FIRST_MOMENT_OFFSET, this.#force, at);
    addSymmetric(this.#composite, own + ROTATIONAL_OFFSET, this.#axes, at, this.#moment, at);
  }

  /** Transforms the force and moment at `place` from body k's frame into its parent's. */
  #transformToParent(k: number, place: number): void {
    rotate(this.#rotation, 9 * k, this.#force, 3 * place, this.#a, 0);
    rotate(this.#rotation, 9 * k, this.#moment, 3 * place, this.#b, 0);
    addCross(this.#position, 3 * k, this.#a, 0, this.#b, 0);
    for (let i = 0; i < 3; i++) {
      this.#force[3 * place + i] = this.#a[i];
      this.#moment[3 * place + i] = this.#b[i];
    }
  }

  /** Projects the force or moment at `place` on the motion of joint i. */
  #projectOnAxis(i: number, place: number): number {
    const kept = this.#isPrismatic[i] === 1 ? this.#force : this.#moment;
    return dot(this.#axes, 3 * i, kept, 3 * place);
  }
}
