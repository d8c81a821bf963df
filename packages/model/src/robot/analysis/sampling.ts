import type { Kinematics, Random } from '@praxis/core';
import type { JointLimit } from '../../description/robot-model.ts';
import type { KinematicTree } from '../../kinematics/tree.ts';

/** Range of a joint that is sampled (rad, m): all of it, or one turn where it has more or no end. */
export function sampledRange(limit: Pick<JointLimit, 'lower' | 'upper'> | undefined): readonly [number, number] {
  const { lower = -Infinity, upper = Infinity } = limit ?? {};
  if (upper - lower <= 2 * Math.PI) return [lower, upper];
  const middle = Number.isFinite(upper - lower) ? (lower + upper) / 2 : 0;
  return [middle - Math.PI, middle + Math.PI];
}

/** Random positions of all driven joints with one axis, within their limits. */
export function randomJoints({ coordinates }: KinematicTree, random: Random): Record<string, number> {
  const out: Record<string, number> = {};
  for (const { joint, size } of coordinates.slots) {
    if (size === 1 && !joint.mimic) out[joint.name] = random.uniform(...sampledRange(joint.limit));
  }
  return out;
}

/** Random positions of a chain's joints within their limits, narrowed to the middle `share` (0..1) of each range. */
export function randomPosture(chain: Kinematics, random: Random, share = 1): Float64Array {
  return Float64Array.from(chain.jointNames, (_, i) => {
    const [lower, upper] = sampledRange({ lower: chain.lower[i], upper: chain.upper[i] });
    const margin = ((1 - share) * (upper - lower)) / 2;
    return random.uniform(lower + margin, upper - margin);
  });
}
