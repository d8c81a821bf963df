import { POSE_SIZE, quaternion } from '@praxis/core';
import type { Joint, KinematicTree, RobotModel } from '@praxis/model';

/** Poses of the arm's links for given joint positions, and the motion of points on them. Root link's frame. */
export class LinkMotion {
  readonly tree: KinematicTree;
  /** Poses of the links: 7 numbers each (m, quaternion). */
  readonly poses: Float64Array;
  /** Rigid group of each link: no moving joint separates the links of a group. */
  readonly group: readonly number[];
  readonly #joints: readonly Joint[];
  readonly #slots: Int32Array;
  readonly #child: Int32Array;
  readonly #coordinates: Float64Array;
  /** Links x joints: 1 if the joint moves the link. */
  readonly #moves: Uint8Array;
  readonly #axis = new Float64Array(3);
  readonly #axes: Float64Array;

  /** @param names joints that move; all others stay at the upper end of their range, with open fingers */
  constructor(tree: KinematicTree, names: readonly string[]) {
    const { model } = tree;
    this.tree = tree;
    this.poses = new Float64Array(tree.links.length * POSE_SIZE);
    this.#joints = names.map((name) => tree.coordinates.slot(name).joint);
    this.#slots = Int32Array.from(names, (name) => tree.coordinates.slot(name).offset);
    this.#child = Int32Array.from(this.#joints, (joint) => tree.linkIndex(joint.child));
    this.#axes = Float64Array.from(this.#joints.flatMap((joint) => [...joint.axis]));
    const others = tree.coordinates.slots.filter(
      ({ joint, size }) => size === 1 && !joint.mimic && !names.includes(joint.name),
    );
    this.#coordinates = tree.coordinates.from(
      Object.fromEntries(
        others.map(({ joint }) => [joint.name, Number.isFinite(joint.limit?.upper) ? joint.limit!.upper : 0]),
      ),
    );
    const chains = tree.links.map((link) => jointsAbove(model, link));
    this.#moves = Uint8Array.from(
      chains.flatMap((chain) => this.#joints.map((joint) => (chain.includes(joint.name) ? 1 : 0))),
    );
    const moving = chains.map((chain) => chain.filter((name) => names.includes(name)).join());
    this.group = moving.map((chain) => moving.indexOf(chain));
  }

  /** Computes the poses of all links. @param position of the joints (rad, m), in the order of their names */
  place(position: Float64Array): void {
    for (let i = 0; i < this.#slots.length; i++) this.#coordinates[this.#slots[i]] = position[i];
    this.tree.coordinates.applyMimics(this.#coordinates);
    this.tree.forward(this.#coordinates, this.poses);
  }

  /** True when joint `i` moves `link`. */
  moves(link: number, i: number): boolean {
    return link >= 0 && this.#moves[link * this.#joints.length + i] === 1;
  }

  /** Adds to `out` the speed along `normal` that each joint gives a point of `link`, times `sign` (m/s per rad/s). */
  addGradient(
    link: number,
    point: Float64Array,
    normal: Float64Array,
    sign: number,
    out: Float64Array,
    at: number,
  ): void {
    const axis = this.#axis;
    for (let i = 0; i < this.#joints.length; i++) {
      if (!this.moves(link, i)) continue;
      const child = this.#child[i] * POSE_SIZE;
      quaternion.rotate(this.poses, this.#axes, axis, child + 3, 3 * i);
      if (this.#joints[i].type === 'prismatic') {
        out[at + i] += sign * (axis[0] * normal[0] + axis[1] * normal[1] + axis[2] * normal[2]);
        continue;
      }
      const x = point[0] - this.poses[child];
      const y = point[1] - this.poses[child + 1];
      const z = point[2] - this.poses[child + 2];
      const speed =
        normal[0] * (axis[1] * z - axis[2] * y) +
        normal[1] * (axis[2] * x - axis[0] * z) +
        normal[2] * (axis[0] * y - axis[1] * x);
      out[at + i] += sign * speed;
    }
  }

  /** Number of joints that move. */
  get joints(): number {
    return this.#joints.length;
  }

  /**
   * Fastest change of the distance between bodies on two links by each joint: the longest possible distance from the
   * joint's axis (m), 1 for prismatic joints, 0 if the joint moves both links or none.
   * @param first, second links, or -1 for a body at rest
   * @param extent longest distance of a monitored point from each link's origin (m)
   */
  reach(first: number, second: number, extent: readonly number[]): Float64Array {
    return Float64Array.from(this.#joints, (joint, i) => {
      const movesFirst = this.moves(first, i);
      if (movesFirst === this.moves(second, i)) return 0;
      if (joint.type === 'prismatic') return 1;
      const link = movesFirst ? first : second;
      return this.#lengthTo(link, this.#child[i]) + extent[link];
    });
  }

  /** Longest possible distance from one link's origin down to another's (m). */
  #lengthTo(link: number, from: number): number {
    const { model, links } = this.tree;
    let length = 0;
    for (let at = links[link]; at !== links[from]; ) {
      const joint = model.joints.find((each) => each.child === at)!;
      const [x, y, z] = joint.origin.xyz;
      length += Math.sqrt(x * x + y * y + z * z);
      const { lower = 0, upper = 0 } = joint.limit ?? {};
      if (joint.type === 'prismatic') length += Math.max(Math.abs(lower), Math.abs(upper));
      at = joint.parent;
    }
    return length;
  }
}

/** Names of the moving joints between the root and a link. */
function jointsAbove(model: RobotModel, link: string): string[] {
  const names: string[] = [];
  for (let at = link; ; ) {
    const joint = model.joints.find((each) => each.child === at);
    if (!joint) return names.reverse();
    if (joint.type !== 'fixed') names.push(joint.name);
    at = joint.parent;
  }
}
