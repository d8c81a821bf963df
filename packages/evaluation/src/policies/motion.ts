import {
  ACTION_SPACES,
  type ActionChunk,
  type ActionSpec,
  actionSize,
  interpolateBlock,
  isOpening,
  quaternion,
  rowAt,
  toAbsolute,
} from '@praxis/core';
import type { Probe } from './probe.ts';

/** Metres that a rad of rotation counts as: about the length of a hand. */
const METRES_PER_RAD = 0.1;
/** A small rotation by a rad changes the vector part of its quaternion by half of it. */
const QUATERNION_WEIGHT = 2 * METRES_PER_RAD;
const POSE_SIZE = 7;

/** State from which a relative action counts, in its absolute space. */
function referenceFor({ space, names }: ActionSpec, { tool, width, jointsAfter }: Probe): ArrayLike<number> {
  if (ACTION_SPACES[space].commands === 'gripper') return [width];
  if (space.startsWith('ee_')) return tool;
  const joints = jointsAfter(0);
  return names.map((name) => joints.get(name) ?? 0);
}

/**
 * The numbers of one action of a chunk, row after row, in which two chunks can be compared: distances and turns from the tool, in metres,
 * where the action is a pose, else the numbers as they are, relative ones made absolute.
 */
export function comparableNumbers(spec: ActionSpec, chunk: ActionChunk, probe: Probe): Float64Array {
  const block = toAbsolute(spec, chunk.blocks[spec.name], chunk.horizon, referenceFor(spec, probe));
  if (block.space !== 'ee_pose') return block.data;
  const out = block.data.slice();
  const { tool } = probe;
  const back = new Float64Array(4);
  quaternion.conjugate(tool, back, 3);
  const turn = new Float64Array(4);
  for (let at = 0; at < out.length; at += POSE_SIZE) {
    for (let i = 0; i < 3; i++) out[at + i] -= tool[i];
    quaternion.multiply(block.data, back, turn, at + 3);
    // A quaternion and its negative are one rotation.
    const weight = turn[3] < 0 ? -QUATERNION_WEIGHT : QUATERNION_WEIGHT;
    for (let i = 0; i < 4; i++) out[at + 3 + i] = weight * turn[i];
  }
  return out;
}

/**
 * Where an action leads `seconds` after the observation: a pose, positions of joints, or a width, velocities added up.
 * @param range least and greatest width of the gripper (m), for an opening
 */
export function targetAfter(
  spec: ActionSpec,
  chunk: ActionChunk,
  probe: Probe,
  seconds: number,
  range: readonly [number, number] = [0, 1],
): Float64Array {
  const { horizon, period, stamp } = chunk;
  const reference = referenceFor(spec, probe);
  if (spec.space === 'ee_twist' || spec.space === 'joint_velocity') {
    const size = actionSize(spec);
    const out = Float64Array.from({ length: size }, (_, i) => reference[i]);
    const rows = Math.min(horizon, Math.round(seconds / period));
    for (let k = 0; k < rows; k++) {
      for (let i = 0; i < size; i++) out[i] += period * chunk.blocks[spec.name].data[k * size + i];
    }
    return out;
  }
  const block = toAbsolute(spec, chunk.blocks[spec.name], horizon, reference);
  const out = new Float64Array(block.data.length / horizon);
  interpolateBlock(block, rowAt(chunk, stamp + seconds), horizon, out);
  if (isOpening(spec)) out[0] = range[0] + out[0] * (range[1] - range[0]);
  return out;
}
