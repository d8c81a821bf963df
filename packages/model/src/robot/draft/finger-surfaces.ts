import { poseInFrame, quaternion, vector3 } from '@praxis/core';
import type { KinematicTree } from '../../kinematics/tree.ts';
import type { ConvexPoints } from '../analysis/link-shapes.ts';

type Vector = vector3.Vector3;
const { dot } = vector3;

/** Positions of joints by name (rad, m). */
export type Positions = Readonly<Record<string, number>>;

/** Directions of a grip: right-handed unit vectors in the frame of the link that carries the fingers, x, y and z of a tool frame. */
export interface GripAxes {
  readonly across: Vector;
  /** From the first finger to the second. */
  readonly closing: Vector;
  /** Out of the gripper. */
  readonly approach: Vector;
}

/** A finger cut across the approach: its range along `closing` and the middle of its range along `across` (m). */
export interface FingerSlice {
  readonly low: number;
  readonly high: number;
  readonly middle: number;
}

/** Shapes of one finger in the frame of the link that carries both. */
export class FingerSurface {
  readonly #tree: KinematicTree;
  readonly #carrier: string;
  readonly #shapes: readonly (readonly [link: string, pieces: readonly ConvexPoints[]])[];

  /**
   * @param links links of the finger
   * @param pieces convex pieces of a link, in its frame
   */
  constructor(
    tree: KinematicTree,
    carrier: string,
    links: readonly string[],
    pieces: (link: string) => readonly ConvexPoints[],
  ) {
    this.#tree = tree;
    this.#carrier = carrier;
    this.#shapes = links.map((link) => [link, pieces(link)] as const);
  }

  get isEmpty(): boolean {
    return this.#shapes.every(([, pieces]) => pieces.length === 0);
  }

  /** Centre of the vertices (m). */
  centre(joints: Positions): Vector {
    const points = this.#pieces(joints).flatMap((piece) => [...piece]);
    const sum = [0, 0, 0];
    for (const [i, value] of points.entries()) sum[i % 3] += value;
    const count = Math.max(1, points.length / 3);
    return [sum[0] / count, sum[1] / count, sum[2] / count];
  }

  /** Vertex that lies farthest from a point (m). */
  farthestFrom(point: Vector, joints: Positions): Vector {
    let [best, most]: [Vector, number] = [point, 0];
    for (const piece of this.#pieces(joints)) {
      for (let i = 0; i < piece.length; i += 3) {
        const vertex: Vector = [piece[i], piece[i + 1], piece[i + 2]];
        const off = vector3.minus(vertex, point);
        if (dot(off, off) > most) [best, most] = [vertex, dot(off, off)];
      }
    }
    return best;
  }

  /** Distance of a point from the nearest vertex (m). */
  distanceTo(point: Vector, joints: Positions): number {
    let least = Infinity;
    for (const piece of this.#pieces(joints)) {
      for (let i = 0; i < piece.length; i += 3) {
        const off = vector3.minus([piece[i], piece[i + 1], piece[i + 2]], point);
        least = Math.min(least, dot(off, off));
      }
    }
    return Math.sqrt(least);
  }

  /** Greatest extent along a direction (m). */
  extent(direction: Vector, joints: Positions): number {
    let most = -Infinity;
    for (const piece of this.#pieces(joints)) {
      for (let i = 0; i < piece.length; i += 3) {
        most = Math.max(most, dot([piece[i], piece[i + 1], piece[i + 2]], direction));
      }
    }
    return most;
  }

  /** Cuts the finger by the plane across the approach at a level (m along it); undefined where it is not. */
  slice(axes: GripAxes, level: number, joints: Positions): FingerSlice | undefined {
    let [low, high, left, right] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const piece of this.#pieces(joints)) {
      const points = coordinatesIn(axes, piece);
      const above = points.filter(([, , z]) => z >= level);
      const below = points.filter(([, , z]) => z < level);
      // The cut of a convex hull is the hull of the cuts of all lines between its points.
      for (const [x, y, z] of above) {
        for (const other of below) {
          const share = (z - level) / (z - other[2]);
          const along = y + share * (other[1] - y);
          const across = x + share * (other[0] - x);
          [low, high] = [Math.min(low, along), Math.max(high, along)];
          [left, right] = [Math.min(left, across), Math.max(right, across)];
        }
      }
    }
    return high < low ? undefined : { low, high, middle: (left + right) / 2 };
  }

  #pieces(joints: Positions): readonly ConvexPoints[] {
    const carrier = this.#tree.pose(this.#carrier, joints);
    return this.#shapes.flatMap(([link, pieces]) => {
      const pose = poseInFrame(carrier, this.#tree.pose(link, joints));
      return pieces.map((piece) => moved(piece, pose));
    });
  }
}

/** Coordinates of points along the axes of a grip (m). */
const coordinatesIn = ({ across, closing, approach }: GripAxes, piece: ConvexPoints): readonly Vector[] =>
  Array.from({ length: piece.length / 3 }, (_, k): Vector => {
    const point: Vector = [piece[3 * k], piece[3 * k + 1], piece[3 * k + 2]];
    return [dot(point, across), dot(point, closing), dot(point, approach)];
  });

/** Points in the parent frame of a pose. */
function moved(points: ConvexPoints, pose: ArrayLike<number>): ConvexPoints {
  const out = new Float64Array(points.length);
  for (let i = 0; i < points.length; i += 3) {
    quaternion.rotate(pose, points, out, 3, i, i);
    for (let axis = 0; axis < 3; axis++) out[i + axis] += pose[axis];
  }
  return out;
}
