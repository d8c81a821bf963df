import { composePose, InputError, POSE_SIZE, type Pose } from '@praxis/core';
import type { Joint, RobotModel } from '../description/robot-model.ts';
import { Coordinates, type JointValues } from './coordinates.ts';
import { identityPose, writeOrigin } from './frames.ts';
import { axesOf, jointPose } from './motion.ts';

/**
 * Forward kinematics of all links of a robot, in the root link's frame.
 *
 * @example
 * const tree = new KinematicTree(parseUrdf(xml));
 * const pose = tree.pose('tool0', { joint2: 0.5, joint4: -1.5 });
 */
export class KinematicTree {
  readonly model: RobotModel;
  /** Layout of the coordinate arrays that `forward` takes. */
  readonly coordinates: Coordinates;
  /** Link names in the order of the poses, which is that of the file. */
  readonly links: readonly string[];
  readonly #index: ReadonlyMap<string, number>;
  /** Parents before children. */
  readonly #joints: readonly Joint[];
  readonly #parent: Int32Array;
  readonly #child: Int32Array;
  readonly #offset: Int32Array;
  readonly #origins: Float64Array;
  readonly #axes: Float64Array;
  readonly #motion = identityPose();
  readonly #poses: Float64Array;

  constructor(model: RobotModel) {
    this.model = model;
    this.coordinates = new Coordinates(model);
    this.links = model.links.map((link) => link.name);
    this.#index = new Map(this.links.map((name, i) => [name, i]));
    this.#joints = parentsFirst(model);
    this.#parent = Int32Array.from(this.#joints, (joint) => this.linkIndex(joint.parent));
    this.#child = Int32Array.from(this.#joints, (joint) => this.linkIndex(joint.child));
    this.#offset = Int32Array.from(this.#joints, (joint) =>
      joint.type === 'fixed' ? 0 : this.coordinates.slot(joint.name).offset,
    );
    this.#axes = axesOf(this.#joints);
    this.#origins = new Float64Array(this.#joints.length * POSE_SIZE);
    for (const [i, joint] of this.#joints.entries()) writeOrigin(joint.origin, this.#origins, i * POSE_SIZE);
    this.#poses = new Float64Array(this.links.length * POSE_SIZE);
  }

  /**
   * Index of a link among the poses.
   * @throws {InputError} when the link is unknown.
   */
  linkIndex(name: string): number {
    const index = this.#index.get(name);
    if (index !== undefined) return index;
    throw new InputError(`link "${name}": unknown; the robot has ${this.links.join(', ')}`);
  }

  /**
   * Computes the poses of all links: 7 numbers each (m, quaternion x y z w) in the root link's frame, in the order of
   * `links`. Allocates nothing.
   * @param coordinates array in the layout of `this.coordinates`; call `coordinates.applyMimics` first if the robot has
   * mimic joints
   * @param poses receives 7 numbers per link
   */
  forward(coordinates: Float64Array, poses: Float64Array): void {
    const root = this.#index.get(this.model.root)! * POSE_SIZE;
    poses.fill(0, root, root + POSE_SIZE);
    poses[root + POSE_SIZE - 1] = 1;
    for (let i = 0; i < this.#joints.length; i++) {
      const child = this.#child[i] * POSE_SIZE;
      composePose(poses, this.#origins, poses, this.#parent[i] * POSE_SIZE, i * POSE_SIZE, child);
      const { type } = this.#joints[i];
      if (type === 'fixed') continue;
      jointPose(type, this.#axes, 3 * i, coordinates, this.#offset[i], this.#motion);
      composePose(poses, this.#motion, poses, child, 0, child);
    }
  }

  /**
   * Pose of a link in the root link's frame for named joints (rad, m), with the others at 0. Joint limits are not
   * applied.
   * @throws {InputError} when a link or joint is unknown, or a value is not finite.
   */
  pose(link: string, joints: JointValues = {}): Pose {
    const at = this.linkIndex(link) * POSE_SIZE;
    this.forward(this.coordinates.from(joints), this.#poses);
    return this.#poses.slice(at, at + POSE_SIZE);
  }
}

/** The joints that each link carries, by the link's name, in the order of the file. */
export function jointsByParent({ joints }: RobotModel): ReadonlyMap<string, readonly Joint[]> {
  const below = new Map<string, Joint[]>();
  for (const joint of joints) {
    const siblings = below.get(joint.parent);
    if (siblings) siblings.push(joint);
    else below.set(joint.parent, [joint]);
  }
  return below;
}

function parentsFirst(model: RobotModel): Joint[] {
  const below = jointsByParent(model);
  const ordered: Joint[] = [];
  for (let links = [model.root]; links.length > 0; ) {
    const joints = links.flatMap((link) => below.get(link) ?? []);
    ordered.push(...joints);
    links = joints.map((joint) => joint.child);
  }
  return ordered;
}
