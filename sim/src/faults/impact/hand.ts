import { quaternion } from '@praxis/core';
import type { World } from '../../mujoco/world.ts';

/** Half the edges of the hand's collision box (m), and how far along z its centre is from the hand's origin. */
const HAND_HALF_SIZE_M = [0.025, 0.095, 0.025] as const;
const HAND_CENTRE_Z_M = 0.03;

type Vector = readonly [number, number, number];

/** A direction in the world, and the rotation (w first, as MuJoCo has it) that takes x there. */
export function orientedAlong(along: Vector): { readonly along: Vector; readonly turn: readonly number[] } {
  const [x, y, z] = along;
  if (x < -0.999999) return { along, turn: [0, 0, 0, 1] };
  const turn = [1 + x, 0, -z, y];
  const length = Math.sqrt(turn.reduce((sum, each) => sum + each * each, 0));
  return { along, turn: turn.map((each) => each / length) };
}

/** The point (world, m) that lies before the middle of the hand, `away` from its surface, for something that comes `along`. */
export function startPosition(world: World, along: Vector, away: number): [number, number, number] {
  const hand = world.body('hand');
  const x = world.view('xpos').subarray(3 * hand, 3 * hand + 3);
  const [w, a, b, c] = world.view('xquat').subarray(4 * hand, 4 * hand + 4);
  const orientation = [a, b, c, w];
  const local = [0, 0, 0];
  quaternion.rotateInverse(orientation, along, local);
  // Where the ray from the middle leaves the box.
  let reach = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3; i++)
    if (Math.abs(local[i]) > 1e-9) reach = Math.min(reach, HAND_HALF_SIZE_M[i] / Math.abs(local[i]));
  const middle: [number, number, number] = [0, 0, 0];
  quaternion.rotate(orientation, [0, 0, HAND_CENTRE_Z_M], middle);
  for (let i = 0; i < 3; i++) middle[i] += x[i] - (reach + away) * along[i];
  return middle;
}
