import {
  type ActionBlock,
  type ActionChunk,
  type ActionSpec,
  actionSize,
  DEFAULT_ACTIONS,
  PolicyError,
} from '@praxis/core';

/** Numbers of a row on the wire: the elements of every action, one action after another. */
export const rowSize = (actions: readonly ActionSpec[]): number =>
  actions.reduce((sum, action) => sum + actionSize(action), 0);

const label = (name: string, space: string, unit = ''): string => `${name} (${unit ? `${space} in ${unit}` : space})`;

/**
 * The blocks of a chunk as rows, horizon x {@link rowSize}.
 * @param actions the actions of the policy. Default: pose of the tool, `x y z` (m) and unit quaternion `x y z w` in the base frame, and
 *   width of the gripper (m)
 * @throws {PolicyError} for a chunk of other blocks, or with a block in another space or unit than the action has
 */
export function rowsOf(
  { blocks, horizon }: Pick<ActionChunk, 'blocks' | 'horizon'>,
  actions: readonly ActionSpec[] = DEFAULT_ACTIONS,
): Float64Array {
  const width = rowSize(actions);
  const rows = new Float64Array(horizon * width);
  let first = 0;
  for (const action of actions) {
    const block = blocks[action.name];
    const size = actionSize(action);
    const fits = block?.space === action.space && block.data.length === horizon * size && !isConverted(block, action);
    if (!fits || Object.keys(blocks).length !== actions.length) {
      const given = Object.entries(blocks).map(([name, { space, unit }]) => label(name, space, unit));
      const expected = actions.map(({ name, space }) => label(name, space));
      throw new PolicyError(`actions ${given.join(', ')}: expected ${expected.join(', ')}, which the wire carries`);
    }
    for (let k = 0; k < horizon; k++) rows.set(block.data.subarray(k * size, (k + 1) * size), k * width + first);
    first += size;
  }
  return rows;
}

/** True for a block that the loop would still convert to the unit of its action. */
const isConverted = ({ unit }: ActionBlock, action: ActionSpec): boolean => unit !== undefined && unit !== action.unit;

/** The blocks of rows, horizon x {@link rowSize}. @param actions the actions of the policy, as for {@link rowsOf} */
export function blocksOf(
  rows: Float64Array,
  actions: readonly ActionSpec[] = DEFAULT_ACTIONS,
): Readonly<Record<string, ActionBlock>> {
  const width = rowSize(actions);
  const horizon = rows.length / width;
  const blocks: Record<string, ActionBlock> = {};
  let first = 0;
  for (const action of actions) {
    const size = actionSize(action);
    const data = new Float64Array(horizon * size);
    for (let k = 0; k < horizon; k++) {
      data.set(rows.subarray(k * width + first, k * width + first + size), k * size);
    }
    blocks[action.name] = { space: action.space, data };
    first += size;
  }
  return blocks;
}
