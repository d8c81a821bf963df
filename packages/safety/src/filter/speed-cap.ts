import type { Kinematics } from '@praxis/core';
import type { SingularityConfig } from '../config/filter-config.ts';
import type { JointLimits } from './limits/joint-limits.ts';
import { smallestSingularValue } from './qp/singular-value.ts';

/** A speed limit. A `load` above 1 is too fast, and slowing the same motion down reduces the load. */
export interface SpeedCap {
  /** Prepares for the arm's present joint positions (rad, the filter's order). */
  prepare(position: Float64Array): void;
  /** Prepares for a position that a stop has reached (rad, the filter's order). */
  follow(position: Float64Array): void;
  /** Speed as a share of the limit. @param velocity joint velocities (rad/s, the filter's order) */
  load(velocity: Float64Array): number;
  /** Largest load at these joint speeds in any combination of directions. */
  bound(velocity: Float64Array): number;
}

/** Limits the speed of the tool's origin (m/s). */
export class ToolSpeedCap implements SpeedCap {
  readonly #jacobian: ToolJacobian;
  readonly #speed: number;

  constructor(jacobian: ToolJacobian, speed: number) {
    this.#jacobian = jacobian;
    this.#speed = speed;
  }

  prepare(position: Float64Array): void {
    this.#jacobian.prepare(position);
  }

  follow(position: Float64Array): void {
    this.#jacobian.follow(position);
  }

  load(velocity: Float64Array): number {
    let sum = 0;
    for (let row = 0; row < 3; row++) {
      const speed = this.#jacobian.row(row, velocity);
      sum += speed * speed;
    }
    return Math.sqrt(sum) / this.#speed;
  }

  bound(velocity: Float64Array): number {
    return this.#jacobian.speedBound(velocity) / this.#speed;
  }
}

/** Limits the speed of the joints, more strictly near a singularity. */
export class SingularityCap implements SpeedCap {
  readonly #jacobian: ToolJacobian;
  readonly #limit: Float64Array;
  readonly #config: SingularityConfig;
  readonly #share = Float64Array.of(1);

  constructor(jacobian: ToolJacobian, { velocity }: JointLimits, config: SingularityConfig) {
    this.#jacobian = jacobian;
    this.#limit = velocity;
    this.#config = config;
  }

  prepare(position: Float64Array): void {
    this.#jacobian.prepare(position);
    const { slowBelow, slowestAt, leastShare } = this.#config;
    const value = smallestSingularValue(this.#jacobian.matrix, 6, this.#limit.length);
    const near = Math.min(Math.max((value - slowestAt) / (slowBelow - slowestAt), 0), 1);
    this.#share[0] = leastShare + (1 - leastShare) * near;
  }

  follow(): void {}

  load(velocity: Float64Array): number {
    let load = 0;
    for (let i = 0; i < velocity.length; i++) load = Math.max(load, Math.abs(velocity[i]) / this.#limit[i]);
    return load / this.#share[0];
  }

  bound(velocity: Float64Array): number {
    return this.load(velocity);
  }
}

/** The Jacobian is kept while the joints have turned by less than this in total (rad). */
const JACOBIAN_REFRESH_RAD = 0.02;

/** The tool's Jacobian with its columns in the filter's order of joints, computed once for each position. */
export class ToolJacobian {
  readonly matrix: Float64Array;
  readonly #kinematics: Kinematics;
  readonly #order: Int32Array;
  readonly #joints: Float64Array;
  #fresh = false;

  /** @param order index in the filter's order of each joint of the kinematics */
  constructor(kinematics: Kinematics, order: Int32Array) {
    this.#kinematics = kinematics;
    this.#order = order;
    this.#joints = new Float64Array(order.length);
    this.matrix = new Float64Array(6 * order.length);
  }

  /** Marks the Jacobian as outdated, because the arm has moved. */
  invalidate(): void {
    this.#fresh = false;
  }

  prepare(position: Float64Array): void {
    if (this.#fresh) return;
    this.#fresh = true;
    this.#compute(position);
  }

  /** Recomputes the Jacobian if the joints have turned by more than {@link JACOBIAN_REFRESH_RAD} since. */
  follow(position: Float64Array): void {
    let turned = 0;
    for (let i = 0; i < this.#order.length; i++) turned += Math.abs(position[this.#order[i]] - this.#joints[i]);
    if (turned > JACOBIAN_REFRESH_RAD) this.#compute(position);
  }

  #compute(position: Float64Array): void {
    for (let i = 0; i < this.#order.length; i++) this.#joints[i] = position[this.#order[i]];
    this.#kinematics.jacobian(this.#joints, this.matrix);
  }

  /** Product of one row and a velocity in the filter's order. */
  row(row: number, velocity: Float64Array): number {
    const n = this.#order.length;
    let sum = 0;
    for (let i = 0; i < n; i++) sum += this.matrix[row * n + i] * velocity[this.#order[i]];
    return sum;
  }

  /** Sum of the speeds (m/s) that the single joints give the tool's origin. */
  speedBound(velocity: Float64Array): number {
    const n = this.#order.length;
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const x = this.matrix[i];
      const y = this.matrix[n + i];
      const z = this.matrix[2 * n + i];
      sum += Math.sqrt(x * x + y * y + z * z) * Math.abs(velocity[this.#order[i]]);
    }
    return sum;
  }
}
