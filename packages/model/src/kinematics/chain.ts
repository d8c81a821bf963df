import { composePose, InputError, type Kinematics, type Pose, quaternion } from '@praxis/core';
import type { Joint, RobotModel } from '../description/robot-model.ts';
import { Coordinates, type JointValues } from './coordinates.ts';
import { identityPose, POSE_SIZE, writeOrigin } from './frames.ts';
import { axesOf, jointPose, rotationPose, translationPose } from './motion.ts';

/** What a chain takes for granted. */
export interface ChainOptions {
  /** Joints of the chain that stay where they are told (rad, m) and are no variables; floating and planar ones always do. */
  readonly lockedJoints?: JointValues;
}

/** The joints between two links, base first. @throws {InputError} when the tool does not hang from the base. */
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
    path.unshift(joint);
    at = joint.parent;
  }
  return path;
}

/** A serial chain: what is fixed between two joints is folded into one transform. */
class Chain implements Kinematics {
  readonly jointNames: readonly string[];
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly maxVelocity: Float64Array;
  /** From each moving joint's child frame to the next moving joint's frame; the last one reaches the tool. */
  readonly #links: Float64Array;
  readonly #axes: Float64Array;
  readonly #isPrismatic: Uint8Array;
  /** Joint i stands at multiplier * joints[variable] + bias. */
  readonly #variable: Int32Array;
  readonly #multiplier: Float64Array;
  readonly #bias: Float64Array;
  readonly #tool: Pose = identityPose();
  readonly #motion: Pose = identityPose();
  /** World axis and origin of each moving joint, 6 numbers. */
  readonly #screws: Float64Array;

  constructor(model: RobotModel, path: readonly Joint[], held: JointValues) {
    const coordinates = new Coordinates(model);
    const at = coordinates.from(held);
    const stays = (joint: Joint) =>
      Object.hasOwn(held, joint.name) || joint.type === 'floating' || joint.type === 'planar';
    const byName = new Map(model.joints.map((joint) => [joint.name, joint]));
    const moving: Joint[] = [];
    const links: Float64Array[] = [identityPose()];
    const step = identityPose();
    for (const joint of path) {
      const last = links[links.length - 1];
      writeOrigin(joint.origin, step);
      composePose(last, step, last);
      if (joint.type === 'fixed') continue;
      if (stays(joint) || stays(mimicSourceOf(joint, byName).joint)) {
        jointPose(joint.type, Float64Array.from(joint.axis), 0, at, coordinates.slot(joint.name).offset, step);
        composePose(last, step, last);
        continue;
      }
      moving.push(joint);
      links.push(identityPose());
    }
    const drivers = moving.map((joint) => mimicSourceOf(joint, byName));
    const variables = [...new Set(drivers.map((driver) => driver.joint))];
    this.jointNames = variables.map((joint) => joint.name);
    this.lower = Float64Array.from(variables, ({ limit }) => limit?.lower ?? -Infinity);
    this.upper = Float64Array.from(variables, ({ limit }) => limit?.upper ?? Infinity);
    this.maxVelocity = Float64Array.from(variables, ({ limit }) => limit?.velocity ?? Infinity);
    this.#links = Float64Array.from(links.flatMap((link) => [...link]));
    this.#axes = axesOf(moving);
    this.#isPrismatic = Uint8Array.from(moving, ({ type }) => (type === 'prismatic' ? 1 : 0));
    this.#variable = Int32Array.from(drivers, ({ joint }) => variables.indexOf(joint));
    this.#multiplier = Float64Array.from(drivers, ({ multiplier }) => multiplier);
    this.#bias = Float64Array.from(drivers, ({ offset }) => offset);
    this.#screws = new Float64Array(moving.length * 6);
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
  }

  jacobian(joints: Float64Array, out: Float64Array): void {
    const tool = this.#tool;
    this.forward(joints, tool);
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

  /** Keeps joint i's axis and origin in the base frame; `frame` is the joint's own. */
  #storeScrew(i: number, frame: Float64Array): void {
    const at = 6 * i;
    quaternion.rotate(frame, this.#axes, this.#screws, 3, 3 * i, at);
    this.#screws[at + 3] = frame[0];
    this.#screws[at + 4] = frame[1];
    this.#screws[at + 5] = frame[2];
  }
}

/**
 * The chain from a link to one that hangs from it, as the port `Kinematics`. Variables are the revolute, continuous and
 * prismatic joints on the way, base first; one that mimics another counts for the other, even one off the chain. A
 * continuous joint without limits has an infinite `maxVelocity`.
 * @throws {InputError} for links that the robot has not, or a tool that does not hang from the base.
 */
export function chainKinematics(
  model: RobotModel,
  baseLink: string,
  toolLink: string,
  options: ChainOptions = {},
): Kinematics {
  return new Chain(model, pathOf(model, baseLink, toolLink), options.lockedJoints ?? {});
}

/** The joint that drives another in the end: position = multiplier * (position of `joint`) + offset. */
interface MimicSource {
  readonly joint: Joint;
  readonly multiplier: number;
  readonly offset: number;
}

/** Follows a chain of mimics to the joint that mimics none; a joint that mimics none drives itself. */
function mimicSourceOf(joint: Joint, byName: ReadonlyMap<string, Joint>): MimicSource {
  const { mimic } = joint;
  if (!mimic) return { joint, multiplier: 1, offset: 0 };
  const { joint: source, multiplier, offset } = mimicSourceOf(byName.get(mimic.joint)!, byName);
  return {
    joint: source,
    multiplier: mimic.multiplier * multiplier,
    offset: mimic.multiplier * offset + mimic.offset,
  };
}
