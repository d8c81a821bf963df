import { POSE_SIZE, poseInFrame } from '@praxis/core';
import { type Joint, KinematicTree, type RobotModel } from '@praxis/model';
import { type Time, type TransformStamped, transformOf } from '@praxis/wire';

/**
 * Computes the transform of every link in its parent (REP-105's tree below the base): those of joints that move for `/tf`, those
 * of fixed joints, which the sensors and cameras have, for `/tf_static`.
 */
export class ArmFrames {
  readonly #tree: KinematicTree;
  readonly #poses: Float64Array;

  constructor(model: RobotModel) {
    this.#tree = new KinematicTree(model);
    this.#poses = new Float64Array(POSE_SIZE * model.links.length);
  }

  /** The links that move. @param joints joint positions by name (rad; m for prismatic joints) */
  moving(joints: Readonly<Record<string, number>>, stamp: Time): TransformStamped[] {
    return this.#transforms(({ type }) => type !== 'fixed', joints, stamp);
  }

  /** The links that are fixed to their parents. */
  fixed(stamp: Time): TransformStamped[] {
    return this.#transforms(({ type }) => type === 'fixed', {}, stamp);
  }

  #transforms(
    selected: (joint: Joint) => boolean,
    joints: Readonly<Record<string, number>>,
    stamp: Time,
  ): TransformStamped[] {
    this.#tree.forward(this.#tree.coordinates.from(joints), this.#poses);
    return this.#tree.model.joints
      .filter(selected)
      .map(({ parent, child }) =>
        transformOf(poseInFrame(this.#pose(parent), this.#pose(child)), { stamp, frame_id: parent }, child),
      );
  }

  #pose(link: string): Float64Array {
    const at = POSE_SIZE * this.#tree.linkIndex(link);
    return this.#poses.subarray(at, at + POSE_SIZE);
  }
}
