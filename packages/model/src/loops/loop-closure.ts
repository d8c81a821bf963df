import { composePose, POSE_SIZE, poseError, quaternion } from '@praxis/core';
import type { Equality } from '../description/robot-model.ts';
import { writeOrigin } from '../kinematics/frames.ts';
import type { KinematicTree } from '../kinematics/tree.ts';

/** An equality that closes a loop of links. */
export type LoopEquality = Extract<Equality, { readonly type: 'connect' | 'weld' }>;

/** Length by which an angle between two welded frames counts as a distance (m/rad). */
const ANGLE_LENGTH_M = 0.05;

/** Numbers of the error of a loop: a distance, and a rotation between welded frames. */
const sizeOf = ({ type }: LoopEquality): number => (type === 'connect' ? 3 : 6);

/** How far loops of links are from closed. */
export class LoopClosure {
  /** Numbers of the error. */
  readonly size: number;
  readonly #tree: KinematicTree;
  readonly #loops: readonly { readonly type: LoopEquality['type']; readonly links: readonly number[] }[];
  /** Frames of both ends of each loop in their links. */
  readonly #local: Float64Array;
  readonly #poses: Float64Array;
  readonly #ends = [new Float64Array(POSE_SIZE), new Float64Array(POSE_SIZE)] as const;
  readonly #error = new Float64Array(6);

  constructor(tree: KinematicTree, loops: readonly LoopEquality[]) {
    this.#tree = tree;
    this.size = loops.reduce((sum, loop) => sum + sizeOf(loop), 0);
    this.#loops = loops.map(({ type, links }) => ({ type, links: links.map((link) => tree.linkIndex(link)) }));
    this.#local = new Float64Array(2 * POSE_SIZE * loops.length);
    loops.forEach((loop, k) => {
      for (const end of [0, 1]) {
        const at = (2 * k + end) * POSE_SIZE;
        if (loop.type === 'weld') writeOrigin(loop.frames[end], this.#local, at);
        else this.#local.set([...loop.points[end], 0, 0, 0, 1], at);
      }
    });
    this.#poses = new Float64Array(tree.links.length * POSE_SIZE);
  }

  /** Computes the error: metres, and angles as the distance that they make at 5 cm. @param coordinates layout of the tree's */
  measure(coordinates: Float64Array, out: Float64Array): void {
    this.#tree.forward(coordinates, this.#poses);
    let at = 0;
    this.#loops.forEach(({ type, links }, k) => {
      for (const end of [0, 1] as const) {
        composePose(this.#poses, this.#local, this.#ends[end], links[end] * POSE_SIZE, (2 * k + end) * POSE_SIZE);
      }
      poseError(this.#ends[0], this.#ends[1], this.#error);
      // In the frame of the first link, so that planar loops have errors in their plane alone.
      quaternion.rotateInverse(this.#poses, this.#error, this.#error, links[0] * POSE_SIZE + 3);
      for (let i = 0; i < 3; i++) out[at++] = this.#error[i];
      if (type === 'weld') for (let i = 3; i < 6; i++) out[at++] = ANGLE_LENGTH_M * this.#error[i];
    });
  }
}
