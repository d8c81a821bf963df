import { checkBlocks } from '../actions/check-blocks.ts';
import type { ActionChunk } from '../actions/specs.ts';
import { PolicyError } from '../errors/errors.ts';
import { actionsOf, type PolicySpec } from '../ports/policy.ts';

/**
 * Checks a chunk before the robot moves on it. This is the only check, at the border of the loop: policies before it
 * and schedulers after it do not check chunks.
 * @throws {PolicyError} that names the block, when its names, spaces or sizes differ from the spec, a number is not finite, or a
 * quaternion is not a unit quaternion.
 */
export function checkChunk(spec: PolicySpec, chunk: ActionChunk): void {
  const { stamp, period, horizon, blocks } = chunk;
  const where = `policy ${spec.name}, chunk`;
  if (!Number.isFinite(stamp)) throw new PolicyError(`${where}: stamp is ${stamp}, expected finite seconds`);
  if (!(period > 0 && Number.isFinite(period))) {
    throw new PolicyError(`${where}: period is ${period} s, expected more than 0`);
  }
  if (horizon !== spec.horizon || horizon < 1)
    throw new PolicyError(`${where}: horizon is ${horizon}, expected ${spec.horizon}`);
  checkBlocks(where, actionsOf(spec), blocks, horizon);
}
