import * as quaternion from '../math/quaternion.ts';
import type { ActionSpace } from './spaces.ts';
import { type ActionBlock, type ActionSpec, actionSize, referenceOf } from './specs.ts';

const vector = new Float64Array(3);
const turn = new Float64Array(4);

/** The space in which the loop follows an action: relative spaces become absolute. */
export const absoluteSpace = (space: ActionSpace): ActionSpace => {
  if (space === 'ee_delta') return 'ee_pose';
  return space === 'joint_delta' ? 'joint_position' : space;
};

/** Moves a pose by an `ee_delta` row: along the axes of the base frame, then target = exp(dr) * orientation. */
function displacePose(
  from: ArrayLike<number>,
  fromAt: number,
  delta: Float64Array,
  at: number,
  out: Float64Array,
  to: number,
) {
  for (let i = 0; i < 3; i++) {
    out[to + i] = from[fromAt + i] + delta[at + i];
    vector[i] = delta[at + 3 + i];
  }
  quaternion.fromRotationVector(vector, turn);
  quaternion.multiply(turn, from, out, 0, fromAt + 3, to + 3);
}

/**
 * Converts the rows of a relative action to absolute ones. An absolute action is returned as it is.
 * @param reference state or target from which the first row counts, in the space of {@link absoluteSpace}: a pose
 *   `[x, y, z, qx, qy, qz, qw]`, positions of the joints in the order of the action, or the width of the gripper in its unit
 */
export function toAbsolute(
  spec: ActionSpec,
  block: ActionBlock,
  horizon: number,
  reference: ArrayLike<number>,
): ActionBlock {
  const counts = referenceOf(spec);
  if (counts === 'absolute') return block;
  const space = absoluteSpace(spec.space);
  const from = actionSize(spec);
  const size = space === 'ee_pose' ? 7 : from;
  const data = new Float64Array(horizon * size);
  for (let k = 0; k < horizon; k++) {
    const chained = counts === 'previous' && k > 0;
    const [base, baseAt] = chained ? [data, (k - 1) * size] : [reference, 0];
    if (space === 'ee_pose') displacePose(base, baseAt, block.data, k * from, data, k * size);
    else for (let i = 0; i < size; i++) data[k * size + i] = base[baseAt + i] + block.data[k * from + i];
  }
  return { ...block, space, data };
}
