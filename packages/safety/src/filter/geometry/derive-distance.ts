import { type Kinematics, Random } from '@praxis/core';
import { KinematicTree, type LinkPair, type RobotModel } from '@praxis/model';
import type { Capsule, DistanceConfig } from '../../config/filter-config.ts';
import { areAdjacent } from './build-barriers.ts';
import { CapsuleSet, SEGMENT_SIZE } from './capsule-set.ts';
import { capsulesAround } from './capsules-around.ts';
import { LinkMotion } from './link-motion.ts';
import { nearestOfSegments } from './segments.ts';

/** Postures that are sampled. */
const SAMPLES = 300;
/** Links that are nearer than the margin in this share of all postures are so by the robot's build. */
const ALWAYS = 0.8;
/** Steps of the search for the posture in which two links are nearest, and its longest and shortest step (rad, m). */
const SEARCH_STEPS = 60;
const LONGEST_STEP = 0.6;
const SHORTEST_STEP = 0.05;
/** Links whose least distance found exceeds the margin by this much never touch (m). */
const NEVER_M = 0.02;

/** A robot whose distances are derived. */
export interface DistanceSource {
  readonly model: RobotModel;
  /** Kinematics of the arm: its joints and their limits. */
  readonly kinematics: Pick<Kinematics, 'jointNames' | 'lower' | 'upper'>;
  /** Start posture (rad, m), in the order of the joints. */
  readonly home: readonly number[];
  /** Points of each shape of each link, in the link's frame (m): corners of primitives, vertices of meshes. */
  readonly shapes: ReadonlyMap<string, readonly ArrayLike<number>[]>;
  /** Links that are not monitored: fingers, which touch things on purpose. */
  readonly ignoreLinks?: readonly string[];
  /** Pairs of links that the robot's SRDF excludes. Pairs of unknown links are passed over. */
  readonly disabledPairs?: readonly LinkPair[];
  /** Distance that is kept between surfaces (m). */
  readonly margin: number;
}

/** Positions within the limits; a joint without limits turns once. */
function randomPosition({ jointNames, lower, upper }: DistanceSource['kinematics'], random: Random): Float64Array {
  return Float64Array.from(jointNames, (_, i) =>
    Number.isFinite(lower[i]) && Number.isFinite(upper[i])
      ? random.uniform(lower[i], upper[i])
      : random.uniform(-Math.PI, Math.PI),
  );
}

/** The capsules of a robot's links in any posture. */
class LinkDistances {
  readonly motion: LinkMotion;
  readonly #set = new CapsuleSet();
  readonly #numbers = new Map<string, readonly number[]>();
  readonly #nearest = new Float64Array(SEGMENT_SIZE);

  constructor({ model, kinematics }: DistanceSource, capsules: Readonly<Record<string, readonly Capsule[]>>) {
    this.motion = new LinkMotion(new KinematicTree(model), kinematics.jointNames);
    for (const [name, all] of Object.entries(capsules)) {
      const index = this.motion.tree.linkIndex(name);
      this.#numbers.set(
        name,
        all.map((capsule) => this.#set.add(index, capsule, name)),
      );
    }
  }

  place(position: Float64Array): void {
    this.motion.place(position);
    this.#set.place(this.motion.poses);
  }

  /** Distance of the surfaces of two links where they were last placed (m); below 0 where their capsules overlap. */
  between([a, b]: LinkPair): number {
    const set = this.#set;
    let least = Number.POSITIVE_INFINITY;
    for (const k of this.#numbers.get(a) ?? []) {
      for (const l of this.#numbers.get(b) ?? []) {
        const apart = nearestOfSegments(set.ends, k * SEGMENT_SIZE, set.ends, l * SEGMENT_SIZE, this.#nearest);
        least = Math.min(least, apart - set.radius[k] - set.radius[l]);
      }
    }
    return least;
  }
}

/** Two links with what sampling found of them. */
interface SampledPair {
  readonly pair: LinkPair;
  /** Postures in which they are nearer than the margin. */
  near: number;
  /** Least distance (m), and the posture in which they have it. */
  least: number;
  readonly posture: Float64Array;
}

function observe(sampled: SampledPair, distance: number, posture: Float64Array): void {
  if (distance >= sampled.least) return;
  sampled.least = distance;
  sampled.posture.set(posture);
}

/** Looks for a posture in which two links come nearer than in any sample, by random steps that become shorter. */
function search(sampled: SampledPair, distances: LinkDistances, source: DistanceSource, random: Random): void {
  const { lower, upper } = source.kinematics;
  const trial = sampled.posture.slice();
  for (let k = 0; k < SEARCH_STEPS; k++) {
    const step = LONGEST_STEP * (SHORTEST_STEP / LONGEST_STEP) ** (k / SEARCH_STEPS);
    for (let i = 0; i < trial.length; i++) {
      trial[i] = Math.min(Math.max(sampled.posture[i] + random.uniform(-step, step), lower[i]), upper[i]);
    }
    distances.place(trial);
    observe(sampled, distances.between(sampled.pair), trial);
  }
}

/**
 * Derives from a robot's shapes what the filter needs to keep its links apart: capsules around the points of each link, and the pairs
 * of links that it does not watch. These are the pairs that the robot's SRDF excludes, those that cannot be watched, because their
 * capsules are nearer than the margin at home or in four of five random postures, and those that never come near each other.
 */
export function deriveDistance(source: DistanceSource): DistanceConfig {
  const { model, kinematics, home, shapes, margin, ignoreLinks = [], disabledPairs = [] } = source;
  const watched = model.links
    .map(({ name }) => name)
    .filter((name) => (shapes.get(name)?.length ?? 0) > 0 && !ignoreLinks.includes(name));
  const linkCapsules = Object.fromEntries(watched.map((name) => [name, capsulesAround(shapes.get(name) ?? [])]));
  const distances = new LinkDistances(source, linkCapsules);
  const { motion } = distances;
  const isDisabled = (a: string, b: string) => disabledPairs.some((pair) => pair.includes(a) && pair.includes(b));
  const posture = Float64Array.from(home);
  const sampled = watched.flatMap((a, i) =>
    watched.slice(i + 1).flatMap((b): readonly SampledPair[] => {
      if (areAdjacent(motion, a, b) || isDisabled(a, b)) return [];
      return [{ pair: [a, b], near: 0, least: Number.POSITIVE_INFINITY, posture: posture.slice() }];
    }),
  );
  distances.place(posture);
  for (const each of sampled) observe(each, distances.between(each.pair), posture);
  const atHome = sampled.map(({ least }) => least < margin);
  const random = new Random(1, 'distances');
  for (let k = 0; k < SAMPLES; k++) {
    const position = randomPosition(kinematics, random);
    distances.place(position);
    for (const each of sampled) {
      const distance = distances.between(each.pair);
      observe(each, distance, position);
      if (distance < margin) each.near++;
    }
  }
  for (const each of sampled) if (each.least >= margin) search(each, distances, source, random);
  const unwatched = sampled.filter(
    ({ near, least }, i) => atHome[i] || near >= ALWAYS * SAMPLES || least > margin + NEVER_M,
  );
  const known = disabledPairs.filter(([a, b]) => watched.includes(a) && watched.includes(b));
  return {
    margin,
    self: 'links',
    linkCapsules: Object.fromEntries(model.links.map(({ name }) => [name, linkCapsules[name] ?? []])),
    ignoreLinks,
    ignorePairs: [...known, ...unwatched.map(({ pair }) => pair)],
  };
}
