import { type JointState, POSE_SIZE, poseInFrame, type StreamValue } from '@praxis/core';
import type { KinematicTree, Slot } from '@praxis/model';
import { type PoseStamped, type TransformStamped, timeOf, transformOf } from '@praxis/wire';

/** Poses of a robot's links in the frame of its root link, from the newest joint states. */
export class LinkTransforms {
  readonly #tree: KinematicTree;
  readonly #coordinates: Float64Array;
  readonly #poses: Float64Array;
  readonly #slots: ReadonlyMap<string, Slot>;
  readonly #newest = new Map<string, JointState>();

  readonly #streams: readonly string[];

  /**
   * @param held positions of joints that no stream has (rad, m)
   * @param streams the streams of joint states
   */
  constructor(tree: KinematicTree, held: Readonly<Record<string, number>>, streams: readonly string[]) {
    this.#tree = tree;
    this.#streams = streams;
    this.#coordinates = tree.coordinates.zero();
    this.#slots = new Map(tree.coordinates.slots.map((slot) => [slot.joint.name, slot]));
    this.#poses = new Float64Array(tree.links.length * POSE_SIZE);
    for (const [name, position] of Object.entries(held)) this.#place(name, position);
  }

  /** Takes a sample of a stream of joint states, and reads it when transforms are asked for. */
  observe(stream: string, sample: StreamValue): void {
    if (typeof sample === 'object' && 'position' in sample) this.#newest.set(stream, sample);
  }

  /** True once each stream has had a sample; the poses before that are of no configuration of the robot. */
  get isReady(): boolean {
    return this.#newest.size === this.#streams.length;
  }

  /** The transforms of all links but the root, at a time (s). */
  transforms(time: number): readonly TransformStamped[] {
    const { model, links } = this.#tree;
    this.#forward();
    const header = { stamp: timeOf(time), frame_id: model.root };
    return links.flatMap((name, i) => (name === model.root ? [] : [transformOf(this.#poseOf(i), header, name)]));
  }

  /** Pose of a link in the frame of another one, at a time (s). */
  poseIn(frame: string, link: string, time: number): PoseStamped {
    const { links } = this.#tree;
    this.#forward();
    const [x, y, z, qx, qy, qz, qw] = poseInFrame(
      this.#poseOf(links.indexOf(frame)),
      this.#poseOf(links.indexOf(link)),
    );
    return {
      header: { stamp: timeOf(time), frame_id: frame },
      pose: { position: { x, y, z }, orientation: { x: qx, y: qy, z: qz, w: qw } },
    };
  }

  /** Computes the poses of all links in the frame of the root link. */
  #forward(): void {
    const { coordinates } = this.#tree;
    for (const { names, position } of this.#newest.values()) {
      for (let i = 0; i < names.length; i++) this.#place(names[i], position[i]);
    }
    coordinates.applyMimics(this.#coordinates);
    this.#tree.forward(this.#coordinates, this.#poses);
  }

  #poseOf(link: number): Float64Array {
    return this.#poses.subarray(link * POSE_SIZE, (link + 1) * POSE_SIZE);
  }

  #place(joint: string, position: number): void {
    const slot = this.#slots.get(joint);
    if (slot && !slot.joint.mimic) this.#coordinates[slot.offset] = position;
  }
}
