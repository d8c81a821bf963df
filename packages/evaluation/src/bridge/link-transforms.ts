import { type JointState, POSE_SIZE, type StreamValue } from '@praxis/core';
import type { KinematicTree, Slot } from '@praxis/model';
import { type TransformStamped, timeOf, transformOf } from '@praxis/wire';

/** Poses of a robot's links in the frame of its root link, from the newest joint states. */
export class LinkTransforms {
  readonly #tree: KinematicTree;
  readonly #coordinates: Float64Array;
  readonly #poses: Float64Array;
  readonly #slots: ReadonlyMap<string, Slot>;
  readonly #newest = new Map<string, JointState>();

  /** @param held positions of joints that no stream has (rad, m) */
  constructor(tree: KinematicTree, held: Readonly<Record<string, number>>) {
    this.#tree = tree;
    this.#coordinates = tree.coordinates.zero();
    this.#slots = new Map(tree.coordinates.slots.map((slot) => [slot.joint.name, slot]));
    this.#poses = new Float64Array(tree.links.length * POSE_SIZE);
    for (const [name, position] of Object.entries(held)) this.#place(name, position);
  }

  /** Takes a sample of a stream of joint states, and reads it when transforms are asked for. */
  observe(stream: string, sample: StreamValue): void {
    if (typeof sample === 'object' && 'position' in sample) this.#newest.set(stream, sample);
  }

  /** The transforms of all links but the root, at a time (s). */
  transforms(time: number): readonly TransformStamped[] {
    const { model, links, coordinates } = this.#tree;
    for (const { names, position } of this.#newest.values()) {
      for (let i = 0; i < names.length; i++) this.#place(names[i], position[i]);
    }
    coordinates.applyMimics(this.#coordinates);
    this.#tree.forward(this.#coordinates, this.#poses);
    const header = { stamp: timeOf(time), frame_id: model.root };
    return links.flatMap((name, i) =>
      name === model.root ? [] : [transformOf(this.#poses.subarray(i * POSE_SIZE, (i + 1) * POSE_SIZE), header, name)],
    );
  }

  #place(joint: string, position: number): void {
    const slot = this.#slots.get(joint);
    if (slot && !slot.joint.mimic) this.#coordinates[slot.offset] = position;
  }
}
