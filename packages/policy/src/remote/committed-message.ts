import {
  type ActionBlock,
  absoluteSpace,
  actionSize,
  actionsOf,
  type CommittedActions,
  POSE_SIZE,
  type PolicySpec,
} from '@praxis/core';
import { describe, isRecord, type WireRecord, type WireValue } from './message.ts';
import { NdArray } from './nd-array.ts';

/** The actions that the robot goes on to execute as a message has them: `count`, and an array `[rows, size]` for each block. */
export const committedMessage = ({ count, rows, blocks }: CommittedActions): WireRecord => ({
  count,
  blocks: Object.fromEntries(
    Object.entries(blocks).map(([name, { data }]) => [name, new NdArray([rows, data.length / rows], data)] as const),
  ),
});

/**
 * The inverse of {@link committedMessage}; undefined where a message has none, and for a policy that does not read them.
 * @param wrong throws the error with what differs from the spec
 */
export function committedIn(
  value: WireValue | undefined,
  spec: PolicySpec,
  wrong: (what: string) => never,
): CommittedActions | undefined {
  const { committedRows: most } = spec;
  if (value === undefined || most === undefined) return undefined;
  if (!isRecord(value) || !isRecord(value.blocks)) {
    return wrong(`committed is ${describe(value)}, expected count and blocks`);
  }
  const { count, blocks: given } = value;
  const blocks: Record<string, ActionBlock> = {};
  let rows: number | undefined;
  for (const action of actionsOf(spec)) {
    const space = absoluteSpace(action.space);
    const size = space === 'ee_pose' ? POSE_SIZE : actionSize(action);
    const block = given[action.name];
    const data = block instanceof NdArray && block.shape.length === 2 && block.shape[1] === size && block.numbers();
    const [length] = block instanceof NdArray ? block.shape : [0];
    if (!data || length < 1 || length > most || length !== (rows ?? length) || !data.every(Number.isFinite)) {
      const wanted = `${rows ?? `1 to ${most}`} rows of ${size} finite numbers`;
      return wrong(`committed.blocks.${action.name} is ${describe(block)}, expected ${wanted}`);
    }
    rows = length;
    blocks[action.name] = { space, data };
  }
  if (rows === undefined || typeof count !== 'number' || !Number.isInteger(count) || count < 0 || count > rows) {
    return wrong(`committed.count is ${describe(count)}, expected a whole number from 0 to ${rows}`);
  }
  return { rows, count, blocks };
}
