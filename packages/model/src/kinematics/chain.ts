import { composePose, InputError, type Kinematics, POSE_SIZE, type Pose, quaternion } from '@praxis/core';
import type { Joint, RobotModel } from '../description/robot-model.ts';
import { Coordinates, type JointValues } from './coordinates.ts';
import { identityPose, writeOrigin } from './frames.ts';
import { drivenLimits, mimicSources } from './mimics.ts';
import { axesOf, jointPose, rotationPose, translationPose } from './motion.ts';

/** Assumptions of {@link chainKinematics}. */
export interface ChainOptions {
  /**
   * Positions of locked joints (rad, m), which are not variables. Floating and planar joints are always locked, by
   * default at 0.
   */
  readonly lockedJoints?: JointValues;
}

/**
 * The joints between two links, base first.
 * @throws {InputError} when the tool is not below the base.
 */
function pathOf(model: RobotModel, base: string, tool: string): Joint[] {
  for (const name of [base, tool]) {
    if (!model.links.some((link) => link.name === name)) {
      const known = model.links.map((link) => link.name).join(', ');
      throw new InputError(`link "${name}": unknown; the robot has ${known}`);
    }
  }
  const above = new Map(model.joints.map((joint) => [joint.child, joint]));
  const path: Joint[] = [];
  for (let at = tool; at !== base; ) {
    const joint = above.get(at);
    if (!joint) throw new InputError(`link "${tool}": expected one that hangs from link "${base}"`);
    path.push(joint);
    at = joint.parent;
  }
  return path.reverse();
}

/** A serial chain. Fixed joints between two moving ones are combined into one transform. */
class Chain implements Kinematics {
  readonly jointNames: readonly string[];
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly maxVelocity: Float64Array;
  /**
   * Transform from each moving joint's child frame to the next moving joint's frame; the last one leads to the tool.
   */
  readonly #links: Float64Array;
  readonly #axes: Float64Array;
  readonly #isPrismatic: Uint8Array;
  /** Position of joint i = multiplier * joints[variable] + bias. */
  readonly #variable: Int32Array;
  readonly #multiplier: Float64Array;
  readonly #bias: Float64Array;
  /** Joints and tool of the last {@link forward}, whose screws are stored. */
  readonly #at: Float64Array;
  readonly #tool: Pose = identityPose();
  readonly #motion: Pose = identityPose();
  /** Axis and origin of each moving joint in the base frame, 6 numbers. */
  readonly #screws: Float64Array;

  constructor(model: RobotModel, path: readonly Joint[], locked: JointValues) {
    const coordinates = new Coordinates(model);
    const at = coordinates.from(locked);
    const stays = (joint: Joint) =>
      Object.hasOwn(locked, joint.name) || joint.type === 'floating' || joint.type === 'planar';
    const sources = mimicSources(model.joints);
    const moving: Joint[] = [];
    const links: Float64Array[] = [identityPose()];
    const step = identityPose();
    for (const joint of path) {
      const last = links[links.length - 1];
      writeOrigin(joint.origin, step);
      composePose(last, step, last);
      if (joint.type === 'fixed') continue;
      if (stays(joint) || stays(sources.get(joint.name)!.joint)) {
        jointPose(joint.type, Float64Array.from(joint.axis), 0, at, coordinates.slot(joint.name).offset, step);
        composePose(last, step, last);
        continue;
      }
      moving.push(joint);
      links.push(identityPose());
    }
    const drivers = moving.map((joint) => sources.get(joint.name)!);
    const curved = moving.find((_, i) => drivers[i].isCurved);
    if (curved)
      throw new InputError(
        `joint "${curved.name}": a closed loop moves it, expected a chain of joints that commands set or that follow one linearly`,
      );
    const variables = [...new Set(drivers.map((driver) => driver.joint))];
    this.jointNames = variables.map((joint) => joint.name);
    const limits = drivenLimits(variables, sources, model.joints, (joint) => !stays(joint));
    this.lower = Float64Array.from(limits, ({ lower }) => lower);
    this.upper = Float64Array.from(limits, ({ upper }) => upper);
    this.maxVelocity = Float64Array.from(limits, ({ velocity }) => velocity);
    const indices = new Map(variables.map((joint, i) => [joint, i]));
    this.#links = Float64Array.from(links.flatMap((link) => [...link]));
    this.#axes = axesOf(moving);
    this.#isPrismatic = Uint8Array.from(moving, ({ type }) => (type === 'prismatic' ? 1 : 0));
    this.#variable = Int32Array.from(drivers, ({ joint }) => indices.get(joint)!);
    this.#multiplier = Float64Array.from(drivers, ({ multiplier }) => multiplier);
    this.#bias = Float64Array.from(drivers, ({ offset }) => offset);
    this.#screws = new Float64Array(moving.length * 6);
    this.#at = new Float64Array(variables.length).fill(Number.NaN);
  }

  forward(joints: Float64Array, out: Float64Array): void {
    const motion = this.#motion;
    for (let i = 0; i < POSE_SIZE; i++) out[i] = this.#links[i];
    for (let i = 0; i < this.#variable.length; i++) {
      const value = this.#multiplier[i] * joints[this.#variable[i]] + this.#bias[i];
      this.#storeScrew(i, out);
      if (this.#isPrismatic[i] === 1) translationPose(this.#axes, 3 * i, value, motion);
      else rotationPose(this.#axes, 3 * i, value, motion);
      composePose(out, motion, out);
      composePose(out, this.#links, out, 0, (i + 1) * POSE_SIZE);
    }
    for (let i = 0; i < this.#at.length; i++) this.#at[i] = joints[i];
    for (let i = 0; i < POSE_SIZE; i++) this.#tool[i] = out[i];
  }

  /** True when the last {@link forward} was at these joints, which iterations ask for twice. */
  #isAt(joints: Float64Array): boolean {
    for (let i = 0; i < this.#at.length; i++) if (!Object.is(joints[i], this.#at[i])) return false;
    return true;
  }

  jacobian(joints: Float64Array, out: Float64Array): void {
    const tool = this.#tool;
    if (!this.#isAt(joints)) this.forward(joints, tool);
    const n = this.jointNames.length;
    out.fill(0, 0, 6 * n);
    for (let i = 0; i < this.#variable.length; i++) {
      const column = this.#variable[i];
      const gain = this.#multiplier[i];
      const at = 6 * i;
      const ax = this.#screws[at] * gain;
      const ay = this.#screws[at + 1] * gain;
      const az = this.#screws[at + 2] * gain;
      if (this.#isPrismatic[i] === 1) {
        out[column] += ax;
        out[n + column] += ay;
        out[2 * n + column] += az;
        continue;
      }
      const rx = tool[0] - this.#screws[at + 3];
      const ry = tool[1] - this.#screws[at + 4];
      const rz = tool[2] - this.#screws[at + 5];
      out[column] += ay * rz - az * ry;
      out[n + column] += az * rx - ax * rz;
      out[2 * n + column] += ax * ry - ay * rx;
      out[3 * n + column] += ax;
      out[4 * n + column] += ay;
      out[5 * n + column] += az;
    }
  }

  /** Stores axis and origin of joint i in the base frame; `frame` is the joint's frame. */
  #storeScrew(i: number, frame: Float64Array): void {
    const at = 6 * i;
    quaternion.rotate(frame, this.#axes, this.#screws, 3, 3 * i, at);
    this.#screws[at + 3] = frame[0];
    this.#screws[at + 4] = frame[1];
    this.#screws[at + 5] = frame[2];
  }
}

/**
 * Kinematics of the chain from a link to one below it. The variables are the revolute, continuous and prismatic joints
 * of the chain, base first; a mimic joint is replaced by its source, even one outside the chain. A continuous joint
 * without limits has an infinite `maxVelocity`. The limits of a variable are restricted by those of all joints that mimic it, so
 * that none of these leaves its range.
 * @throws {InputError} when a link is unknown, the tool is not below the base, or a mimic leaves a variable no range.
 */
export function chainKinematics(
  model: RobotModel,
  baseLink: string,
  toolLink: string,
  options: ChainOptions = {},
): Kinematics {
  return new Chain(model, pathOf(model, baseLink, toolLink), options.lockedJoints ?? {});
}
