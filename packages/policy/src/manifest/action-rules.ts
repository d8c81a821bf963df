import { ACTION_SPACES } from '@praxis/core';
import { siUnit } from '../numbers/units.ts';
import { type Inconsistency, MAX_ELEMENTS } from './fields.ts';
import type { GraphBlockManifest, OutputsManifest } from './graph-manifest.ts';
import { equalLists } from './rules.ts';
import { axesInconsistencies, mapInconsistencies, normalisationInconsistencies } from './tensor-rules.ts';

/** Number of elements of a block. */
export const blockSize = (block: GraphBlockManifest): number =>
  block.space === 'unused' ? block.size : block.names.length;

/** Rows of the outputs. */
export const rowCount = ({ rows, firstRow, horizon }: OutputsManifest): number => rows ?? firstRow + horizon;

/** Fields of the outputs that contradict each other. */
export function* actionInconsistencies(action: OutputsManifest): Generator<Inconsistency> {
  const { firstRow, horizon, outputs } = action;
  const rows = rowCount(action);
  if (rows < firstRow + horizon) {
    yield { field: 'action.rows', value: rows, expected: `at least ${firstRow + horizon}: firstRow and horizon` };
  }
  const blocks = outputs.flatMap((output) => output.blocks);
  if (blocks.every(({ space }) => space === 'unused')) {
    yield { field: 'action.outputs', value: outputs.map(({ name }) => name), expected: 'at least one action' };
  }
  const names = new Set<string>();
  for (const [i, output] of outputs.entries()) {
    const field = `action.outputs[${i}]`;
    if (outputs.findIndex(({ name }) => name === output.name) !== i) {
      yield { field: `${field}.name`, value: output.name, expected: 'a name that no other output has' };
    }
    yield* axesInconsistencies(output.axes, ['element'], rows, field);
    for (const [k, block] of output.blocks.entries()) {
      if (block.space === 'unused') continue;
      const at = `${field}.blocks[${k}]`;
      if (names.has(block.name)) {
        yield { field: `${at}.name`, value: block.name, expected: 'a name that no other block has' };
      }
      names.add(block.name);
      yield* blockInconsistencies(block, at);
    }
    const size = output.blocks.reduce((sum, block) => sum + blockSize(block), 0);
    if (rows * size > MAX_ELEMENTS) {
      yield { field: `${field}.blocks`, value: rows * size, expected: `at most ${MAX_ELEMENTS} elements` };
    }
    yield* normalisationInconsistencies(output.normalisation, size, rows, `${field}.normalisation`);
  }
}

function* blockInconsistencies(
  block: Exclude<GraphBlockManifest, { space: 'unused' }>,
  field: string,
): Generator<Inconsistency> {
  const { space, names, unit, reference, map, limits } = block;
  const rule = ACTION_SPACES[space];
  const given = typeof unit === 'string' ? unit : unit[0];
  const opening = siUnit(given).unit === '1' ? ['opening'] : ['width'];
  const fixed = space === 'gripper' ? opening : rule.names;
  if (fixed && !equalLists(names, fixed)) {
    yield { field: `${field}.names`, value: names, expected: `[${fixed}] for ${space}` };
  }
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) yield { field: `${field}.names`, value: twice, expected: 'names that differ' };
  if (Array.isArray(unit) && unit.length !== names.length) {
    yield { field: `${field}.unit`, value: unit, expected: `${names.length} units, one for each name` };
  }
  if (reference && !rule.references.includes(reference)) {
    yield { field: `${field}.reference`, value: reference, expected: `${rule.references.join(' or ')} for ${space}` };
  }
  if (limits && !(limits[0] < limits[1])) {
    yield { field: `${field}.limits`, value: limits, expected: 'the least number below the greatest' };
  }
  yield* mapInconsistencies(map, field);
}
