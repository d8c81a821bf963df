import { indicesOf, type JointState, type Kinematics, POSE_SIZE, type SignalSpec } from '@praxis/core';

/** The measured state of the arm, with joints found by name. NaN before the first sample. */
export class MeasuredArm {
  /** Joint positions (rad or m), in the order of the command's joints. */
  readonly position: Float64Array;
  /** Joint velocities (rad/s or m/s). */
  readonly velocity: Float64Array;
  /** Joint efforts (Nm or N), valid if {@link hasEffort}. */
  readonly effort: Float64Array;
  /** True when the newest sample had the effort of every joint. */
  hasEffort = false;
  /** Pose of the tool in the base frame. */
  readonly pose = new Float64Array(POSE_SIZE).fill(Number.NaN);
  /** Distance between the fingers (m) and its rate (m/s); 0 for an arm without fingers. */
  readonly #gripper = new Float64Array(2);
  known = false;
  readonly #kinematics: Kinematics;
  readonly #joints: readonly string[];
  readonly #fingers: readonly string[];
  readonly #chain: Float64Array;
  readonly #chainOrder: Int32Array;
  #names: readonly string[];
  #order: Int32Array;
  #fingerOrder: Int32Array;

  /**
   * @param joints of the command, in its order
   * @param fingers joints whose positions add up to the gripper's width (m)
   * @throws {BindError} if the stream lacks one of them, or the kinematics have a joint that the command lacks.
   */
  constructor(joints: readonly string[], fingers: readonly string[], kinematics: Kinematics, spec: SignalSpec) {
    this.#kinematics = kinematics;
    this.#joints = joints;
    this.#fingers = fingers;
    this.position = new Float64Array(joints.length).fill(Number.NaN);
    this.velocity = new Float64Array(joints.length).fill(Number.NaN);
    this.effort = new Float64Array(joints.length);
    this.#chain = new Float64Array(kinematics.jointNames.length);
    this.#chainOrder = indicesOf(kinematics.jointNames, joints, 'the command');
    this.#names = spec.names ?? [];
    this.#order = indicesOf(joints, this.#names, `stream ${spec.name}`);
    this.#fingerOrder = indicesOf(fingers, this.#names, `stream ${spec.name}`);
  }

  get gripperWidth(): number {
    return this.#gripper[0];
  }

  /** Speed at which the fingers move apart (m/s). */
  get gripperSpeed(): number {
    return this.#gripper[1];
  }

  observe({ names, position, velocity, effort }: JointState): void {
    if (names !== this.#names) this.#lookUp(names);
    const order = this.#order;
    this.hasEffort = effort !== undefined;
    for (let i = 0; i < order.length; i++) {
      this.position[i] = position[order[i]];
      this.velocity[i] = velocity[order[i]];
      if (!effort) continue;
      this.effort[i] = effort[order[i]];
      if (Number.isNaN(this.effort[i])) this.hasEffort = false;
    }
    let width = 0;
    let speed = 0;
    for (let i = 0; i < this.#fingerOrder.length; i++) {
      width += position[this.#fingerOrder[i]];
      speed += velocity[this.#fingerOrder[i]];
    }
    this.#gripper[0] = width;
    this.#gripper[1] = speed;
    for (let i = 0; i < this.#chain.length; i++) this.#chain[i] = this.position[this.#chainOrder[i]];
    this.#kinematics.forward(this.#chain, this.pose);
    this.known = true;
  }

  /** True when every joint is slower than this (rad/s or m/s). */
  slowerThan(limit: number): boolean {
    for (let i = 0; i < this.velocity.length; i++) if (!(Math.abs(this.velocity[i]) < limit)) return false;
    return true;
  }

  #lookUp(names: readonly string[]): void {
    // A robot that makes a new list for each sample nearly always repeats the same names.
    const same = names.length === this.#names.length && names.every((name, i) => name === this.#names[i]);
    this.#names = names;
    if (same) return;
    this.#order = indicesOf(this.#joints, names, 'joint state');
    this.#fingerOrder = indicesOf(this.#fingers, names, 'joint state');
  }
}
