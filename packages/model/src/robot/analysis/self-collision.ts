import { POSE_SIZE, quaternion, Random } from '@praxis/core';
import type { JointValues } from '../../kinematics/coordinates.ts';
import type { KinematicTree } from '../../kinematics/tree.ts';
import { hullsOverlap } from './gjk.ts';
import type { ConvexPoints } from './link-shapes.ts';
import { LinkTree } from './rigid-groups.ts';
import { randomJoints } from './sampling.ts';

/** Postures that are sampled to find links that always overlap. */
const SAMPLES = 60;
/** Share of them from which on an overlap counts as the robot's build. */
const ALWAYS = 0.9;

/** A shape with the ball around it. */
interface Shape {
  readonly points: ConvexPoints;
  readonly centre: readonly [number, number, number];
  readonly radius: number;
  readonly placed: Float64Array;
}

function shapeOf(points: ConvexPoints): Shape {
  const lower = [Infinity, Infinity, Infinity];
  const upper = [-Infinity, -Infinity, -Infinity];
  points.forEach((value, i) => {
    lower[i % 3] = Math.min(lower[i % 3], value);
    upper[i % 3] = Math.max(upper[i % 3], value);
  });
  const [x, y, z] = lower.map((value, axis) => (value + upper[axis]) / 2);
  let radius = 0;
  for (let i = 0; i < points.length; i += 3) {
    radius = Math.max(radius, Math.hypot(points[i] - x, points[i + 1] - y, points[i + 2] - z));
  }
  return { points, centre: [x, y, z], radius, placed: new Float64Array(points.length) };
}

/**
 * Finds links whose shapes overlap, each shape by its convex hull. Links with at most one moving joint between them, and links that
 * overlap in nearly every posture (their hulls are larger than their shapes), are passed over.
 */
export class SelfCollision {
  readonly #tree: KinematicTree;
  readonly #shapes: ReadonlyMap<string, readonly Shape[]>;
  readonly #poses: Float64Array;
  readonly #pairs: readonly (readonly [string, string])[];

  constructor(tree: KinematicTree, shapes: ReadonlyMap<string, readonly ConvexPoints[]>) {
    this.#tree = tree;
    this.#poses = new Float64Array(tree.links.length * POSE_SIZE);
    this.#shapes = new Map([...shapes].map(([link, all]) => [link, all.map(shapeOf)]));
    const candidates = candidatePairs(tree, shapes);
    const random = new Random(1, 'self-collision');
    const counts = candidates.map(() => 0);
    for (let k = 0; k < SAMPLES; k++) {
      this.#place(randomJoints(tree, random));
      for (const [i, [a, b]] of candidates.entries()) if (this.#overlap(a, b)) counts[i]++;
    }
    this.#pairs = candidates.filter((_, i) => counts[i] < ALWAYS * SAMPLES);
  }

  /** Pairs of links that overlap with the named joints at these values and the others at 0. */
  at(joints: JointValues): readonly (readonly [string, string])[] {
    this.#place(joints);
    return this.#pairs.filter(([a, b]) => this.#overlap(a, b));
  }

  #place(joints: JointValues): void {
    this.#tree.forward(this.#tree.coordinates.from(joints), this.#poses);
  }

  #overlap(a: string, b: string): boolean {
    const [first, second] = [this.#shapes.get(a) ?? [], this.#shapes.get(b) ?? []];
    return first.some((one) => second.some((other) => this.#shapesOverlap(one, a, other, b)));
  }

  #shapesOverlap(one: Shape, a: string, other: Shape, b: string): boolean {
    const from = this.#moved(one.centre, a);
    const to = this.#moved(other.centre, b);
    if (Math.hypot(to[0] - from[0], to[1] - from[1], to[2] - from[2]) > one.radius + other.radius) return false;
    return hullsOverlap(this.#movedPoints(one, a), this.#movedPoints(other, b));
  }

  #movedPoints(shape: Shape, link: string): Float64Array {
    const pose = this.#tree.linkIndex(link) * POSE_SIZE;
    for (let i = 0; i < shape.points.length; i += 3) {
      quaternion.rotate(this.#poses, shape.points, shape.placed, pose + 3, i, i);
      for (let axis = 0; axis < 3; axis++) shape.placed[i + axis] += this.#poses[pose + axis];
    }
    return shape.placed;
  }

  #moved(point: readonly number[], link: string): readonly number[] {
    const pose = this.#tree.linkIndex(link) * POSE_SIZE;
    const out = [0, 0, 0];
    quaternion.rotate(this.#poses, point, out, pose + 3);
    return out.map((value, axis) => value + this.#poses[pose + axis]);
  }
}

/** Pairs of links with shapes that have two moving joints or more between them and that no closed loop joins. */
function candidatePairs(
  tree: KinematicTree,
  shapes: ReadonlyMap<string, readonly ConvexPoints[]>,
): readonly (readonly [string, string])[] {
  const links = new LinkTree(tree.model);
  const solid = tree.links.filter((link) => (shapes.get(link)?.length ?? 0) > 0);
  const paths = new Map(
    solid.map((link) => [link, links.pathTo(link).filter((joint) => joint.type !== 'fixed')] as const),
  );
  const joints = (a: string, b: string): number => {
    const [first, second] = [paths.get(a) ?? [], paths.get(b) ?? []];
    const shared = first.filter((joint) => second.includes(joint)).length;
    return first.length + second.length - 2 * shared;
  };
  const joined = (tree.model.equalities ?? []).flatMap((each) =>
    each.type === 'joint' ? [] : [each.links.map((link) => links.carrierOf(link))],
  );
  const isJoined = (a: string, b: string): boolean =>
    joined.some((ends) => ends.includes(links.carrierOf(a)) && ends.includes(links.carrierOf(b)));
  return solid.flatMap((a, i) =>
    solid.slice(i + 1).flatMap((b) => (joints(a, b) > 1 && !isJoined(a, b) ? [[a, b] as const] : [])),
  );
}
