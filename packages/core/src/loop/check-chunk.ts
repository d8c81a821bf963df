import { PolicyError } from '../errors/errors.ts';
import { ACTION_SIZE, type ActionChunk, type PolicySpec } from '../ports/policy.ts';
import type { Workspace } from './options.ts';

/** Largest deviation of a row's quaternion from length 1. */
const QUATERNION_LENGTH_TOLERANCE = 1e-3;

/**
 * Checks a chunk before the robot moves on it. This is the only check, at the border of the loop: policies before it
 * and schedulers after it do not check chunks.
 * @throws {PolicyError} when the size differs from the spec, a number is not finite, a quaternion is not a unit
 * quaternion, or a target is outside the workspace.
 */
export function checkChunk(spec: PolicySpec, chunk: ActionChunk, workspace?: Workspace): void {
  const { stamp, period, horizon, actions } = chunk;
  const where = `policy ${spec.name}, chunk`;
  if (!Number.isFinite(stamp)) throw new PolicyError(`${where}: stamp is ${stamp}, expected finite seconds`);
  if (!(period > 0 && Number.isFinite(period))) {
    throw new PolicyError(`${where}: period is ${period} s, expected more than 0`);
  }
  if (horizon !== spec.horizon || horizon < 1)
    throw new PolicyError(`${where}: horizon is ${horizon}, expected ${spec.horizon}`);
  if (actions.length !== horizon * ACTION_SIZE) {
    throw new PolicyError(`${where}: ${actions.length} numbers, expected ${horizon} rows of ${ACTION_SIZE}`);
  }
  const wrong = actions.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) throw new PolicyError(`${where}: actions[${wrong}] is ${actions[wrong]}, expected a finite number`);
  for (let row = 0; row < horizon; row++) {
    const [x, y, z, w] = actions.subarray(row * ACTION_SIZE + 3, row * ACTION_SIZE + 7);
    const length = Math.sqrt(x * x + y * y + z * z + w * w);
    if (Math.abs(length - 1) > QUATERNION_LENGTH_TOLERANCE) {
      throw new PolicyError(`${where}: row ${row} has a quaternion of length ${length}, expected 1`);
    }
  }
  if (workspace) checkTargets(where, actions, workspace);
}

function checkTargets(where: string, actions: Float64Array, { minimum, maximum }: Workspace): void {
  for (let at = 0; at < actions.length; at += ACTION_SIZE) {
    for (let i = 0; i < 3; i++) {
      const value = actions[at + i];
      if (value >= minimum[i] && value <= maximum[i]) continue;
      const range = `${minimum[i]} .. ${maximum[i]}`;
      throw new PolicyError(`${where}: row ${at / ACTION_SIZE} has ${'xyz'[i]} ${value} m, the workspace is ${range}`);
    }
  }
}
