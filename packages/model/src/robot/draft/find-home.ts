import { type Kinematics, POSE_SIZE, Random } from '@praxis/core';
import type { KinematicTree } from '../../kinematics/tree.ts';
import { randomPosture, sampledRange } from '../analysis/sampling.ts';
import { symmetricEigenvalues } from '../analysis/symmetric-eigenvalues.ts';

/** Postures that are drawn when the middle of the ranges does not do. */
const SAMPLES = 400;
/** Postures are drawn from this share of each range, around its middle. */
const SHARE = 0.7;
/** A posture is near a singularity when the tool can move by less than this share of its best in some direction. */
const MIN_DEXTERITY = 0.1;

/** Without a negative zero, which robot.yaml would show. */
const rounded = (value: number): number => Math.round(value * 100) / 100 + 0;

/** How evenly the tool moves in all directions, 0..1: smallest by largest singular value of the position Jacobian. */
function dexterity(chain: Kinematics, joints: Float64Array): number {
  const n = chain.jointNames.length;
  const jacobian = new Float64Array(6 * n);
  chain.jacobian(joints, jacobian);
  const row = (a: number, b: number) => {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += jacobian[a * n + k] * jacobian[b * n + k];
    return sum;
  };
  const [least, , most] = symmetricEigenvalues(row(0, 0), row(0, 1), row(0, 2), row(1, 1), row(1, 2), row(2, 2));
  return most > 0 ? Math.sqrt(Math.max(least, 0) / most) : 0;
}

/** What makes a posture unfit for a start. */
interface Fitness {
  readonly collides: (joints: Readonly<Record<string, number>>) => boolean;
  readonly tree: KinematicTree;
  readonly base: string;
}

/** True when the tool is at least 2 cm above the base's origin. */
function isAbove({ tree, base }: Fitness, tool: string, joints: Readonly<Record<string, number>>): boolean {
  const poses = new Float64Array(tree.links.length * POSE_SIZE);
  tree.forward(tree.coordinates.from(joints), poses);
  const height = (link: string) => poses[tree.linkIndex(link) * POSE_SIZE + 2];
  return height(tool) >= height(base) + 0.02;
}

/**
 * Guesses a start posture of an arm: the middle of each joint's range if the arm is not near a singularity there, the tool is above
 * the base and no links overlap; else of 400 postures around the middle the fit one from which the tool moves most evenly.
 * @returns positions (rad, m) rounded to 0.01 within the limits, and the reason
 */
export function findHome(
  chain: Kinematics,
  tool: string,
  fitness: Fitness,
): { readonly home: readonly number[]; readonly reason: string } {
  const named = (joints: Float64Array) => Object.fromEntries(chain.jointNames.map((name, i) => [name, joints[i]]));
  const fits = (joints: Float64Array) => isAbove(fitness, tool, named(joints)) && !fitness.collides(named(joints));
  const inLimits = (joints: Float64Array) =>
    Float64Array.from(joints, (value, i) => Math.max(chain.lower[i], Math.min(chain.upper[i], rounded(value))));
  const middle = inLimits(
    Float64Array.from(chain.jointNames, (_, i) => {
      const [lower, upper] = sampledRange({ lower: chain.lower[i], upper: chain.upper[i] });
      return (lower + upper) / 2;
    }),
  );
  // Two joints never move the tool in every direction.
  const needed = chain.jointNames.length < 3 ? 0 : MIN_DEXTERITY;
  if (dexterity(chain, middle) >= needed && fits(middle)) {
    return { home: [...middle], reason: 'the middle of each range: no link overlaps another, no singularity is near' };
  }
  const random = new Random(1, 'home');
  const drawn = Array.from({ length: SAMPLES }, () => inLimits(randomPosture(chain, random, SHARE)))
    .map((joints) => ({ joints, score: dexterity(chain, joints) }))
    .sort((a, b) => b.score - a.score);
  const best = drawn.find(({ joints }) => fits(joints));
  return best
    ? {
        home: [...best.joints],
        reason: `of ${SAMPLES} postures the one from which the tool moves most evenly; the middle of the ranges is singular, low or overlaps`,
      }
    : { home: [...middle], reason: 'the middle of each range; no posture was found in which no link overlaps another' };
}
