import { quaternion } from '@praxis/core';
import { KinematicTree, type RobotModel } from '@praxis/model';
import type { Time, TransformStamped } from '@praxis/wire';

/** The transform of every link to its parent (REP-105's tree below the base), for joint positions by name (rad, m). */
export class ArmFrames {
  readonly #tree: KinematicTree;
  readonly #model: RobotModel;

  constructor(model: RobotModel) {
    this.#model = model;
    this.#tree = new KinematicTree(model);
  }

  transforms(joints: Readonly<Record<string, number>>, stamp: Time): TransformStamped[] {
    return this.#model.joints.map(({ parent, child }) => {
      const from = this.#tree.pose(parent, joints);
      const to = this.#tree.pose(child, joints);
      const shift = [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
      const at = [0, 0, 0];
      const inverse = [0, 0, 0, 0];
      const turn = [0, 0, 0, 0];
      quaternion.rotateInverse(from, shift, at, 3, 0, 0);
      quaternion.conjugate(from, inverse, 3, 0);
      quaternion.multiply(inverse, to, turn, 0, 3, 0);
      return {
        header: { stamp, frame_id: parent },
        child_frame_id: child,
        transform: {
          translation: { x: at[0], y: at[1], z: at[2] },
          rotation: { x: turn[0], y: turn[1], z: turn[2], w: turn[3] },
        },
      };
    });
  }
}
