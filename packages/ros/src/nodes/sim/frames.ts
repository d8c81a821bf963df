import { POSE_SIZE, poseInFrame } from '@praxis/core';
import { KinematicTree, type RobotModel } from '@praxis/model';
import type { Time, TransformStamped } from '@praxis/wire';

/** Computes the transform of every link in its parent (REP-105's tree below the base). */
export class ArmFrames {
  readonly #tree: KinematicTree;
  readonly #poses: Float64Array;

  constructor(model: RobotModel) {
    this.#tree = new KinematicTree(model);
    this.#poses = new Float64Array(POSE_SIZE * model.links.length);
  }

  /** @param joints joint positions by name (rad; m for prismatic joints) */
  transforms(joints: Readonly<Record<string, number>>, stamp: Time): TransformStamped[] {
    this.#tree.forward(this.#tree.coordinates.from(joints), this.#poses);
    return this.#tree.model.joints.map(({ parent, child }) => {
      const [x, y, z, qx, qy, qz, qw] = poseInFrame(this.#pose(parent), this.#pose(child));
      return {
        header: { stamp, frame_id: parent },
        child_frame_id: child,
        transform: { translation: { x, y, z }, rotation: { x: qx, y: qy, z: qz, w: qw } },
      };
    });
  }

  #pose(link: string): Float64Array {
    const at = POSE_SIZE * this.#tree.linkIndex(link);
    return this.#poses.subarray(at, at + POSE_SIZE);
  }
}
