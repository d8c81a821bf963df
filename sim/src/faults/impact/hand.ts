import { quaternion } from '@praxis/core';
import type { World } from '../../mujoco/world.ts';
import type { StruckBody } from './struck-body.ts';

type Vector = readonly [number, number, number];

/** Returns a world direction with the quaternion (w x y z, as in MuJoCo) that rotates the x axis to it. @param along unit vector */
export function orientedAlong(along: Vector): { readonly along: Vector; readonly turn: readonly number[] } {
  const [x, y, z] = along;
  if (x < -0.999999) return { along, turn: [0, 0, 0, 1] };
  const turn = [1 + x, 0, -z, y];
  const length = Math.sqrt(turn.reduce((sum, each) => sum + each * each, 0));
  return { along, turn: turn.map((each) => each / length) };
}

/**
 * Returns the start position of a body that moves towards the middle of the hand (m, world frame).
 * @param struck body of the hand
 * @param along unit vector of the motion, world frame
 * @param away distance from the surface of the hand (m)
 */
export function startPosition(
  world: World,
  { body, centre, halfSize }: StruckBody,
  along: Vector,
  away: number,
): [number, number, number] {
  const hand = world.body(body);
  const x = world.view('xpos').subarray(3 * hand, 3 * hand + 3);
  const [w, a, b, c] = world.view('xquat').subarray(4 * hand, 4 * hand + 4);
  const orientation = [a, b, c, w];
  const local = [0, 0, 0];
  quaternion.rotateInverse(orientation, along, local);
  // Distance from the centre to the point where the ray leaves the box.
  let reach = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3; i++) if (Math.abs(local[i]) > 1e-9) reach = Math.min(reach, halfSize[i] / Math.abs(local[i]));
  const middle: [number, number, number] = [0, 0, 0];
  quaternion.rotate(orientation, centre, middle);
  for (let i = 0; i < 3; i++) middle[i] += x[i] - (reach + away) * along[i];
  return middle;
}
