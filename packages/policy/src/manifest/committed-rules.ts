import { referenceOf } from '@praxis/core';
import type { Inconsistency } from './fields.ts';
import type { FusionManifest } from './fusion-manifest.ts';
import type { GraphBlockManifest } from './graph-manifest.ts';
import { graphStreams } from './graph-streams.ts';
import { equalLists } from './rules.ts';

/** Names under which a fusion gets the actions that the robot goes on to execute, and which rows of them count. */
export const COMMITTED = 'committed';
export const COMMITTED_MASK = 'committed.mask';

/** Axes of an output whose rows can be handed over again. */
const AXES = ['batch', 'step', 'element'];

/** What keeps the committed actions of a fusion from being written as its output has them. */
export function* committedInconsistencies(manifest: FusionManifest): Generator<Inconsistency> {
  const { fusion, action, encoders } = manifest;
  if (!fusion.committed) return;
  const { rows } = fusion.committed;
  if (rows > action.horizon) {
    yield { field: 'fusion.committed.rows', value: rows, expected: `at most the horizon, ${action.horizon}` };
  }
  const given = fusion.inputs.map(({ name, from = name }) => from);
  for (const source of [COMMITTED, COMMITTED_MASK]) {
    if (!given.includes(source)) {
      yield {
        field: 'fusion.inputs',
        value: given,
        expected: `an input from '${source}', because of fusion.committed`,
      };
    }
  }
  const rival = encoders.findIndex(({ name }) => name === COMMITTED);
  if (rival >= 0) {
    const expected = `another name than ${COMMITTED}, which fusion.committed has`;
    yield { field: `encoders[${rival}].name`, value: COMMITTED, expected };
  }
  const { outputs } = action;
  if (outputs.length > 1) {
    const names = outputs.map(({ name }) => name);
    yield { field: 'action.outputs', value: names, expected: 'one output, because of fusion.committed' };
  }
  const [{ axes, normalisation, blocks }] = outputs;
  if (!equalLists(axes, AXES)) {
    yield { field: 'action.outputs[0].axes', value: axes, expected: `${AXES.join(', ')}, because of fusion.committed` };
  }
  if ('clip' in normalisation && normalisation.clip) {
    const expected = 'no limit, because of fusion.committed';
    yield { field: 'action.outputs[0].normalisation.clip', value: true, expected };
  }
  const hasState = graphStreams(manifest).some(({ name }) => name === 'ee_state');
  for (const [k, block] of blocks.entries())
    yield* blockInconsistencies(block, `action.outputs[0].blocks[${k}]`, hasState);
}

function* blockInconsistencies(block: GraphBlockManifest, field: string, hasState: boolean): Generator<Inconsistency> {
  const because = 'because of fusion.committed';
  if (block.space === 'unused') {
    yield { field: `${field}.space`, value: 'unused', expected: `an action, ${because}` };
    return;
  }
  if (block.map) yield { field: `${field}.map`, value: block.map, expected: `none, ${because}` };
  const reference = referenceOf(block);
  if (reference === 'absolute') return;
  if (block.space !== 'ee_delta' || reference !== 'observation') {
    const expected = `absolute, or observation for ee_delta, ${because}`;
    yield { field: `${field}.reference`, value: reference, expected };
  }
  if (block.group !== undefined) {
    yield { field: `${field}.group`, value: block.group, expected: `none, the main arm, ${because}` };
  }
  if (!hasState) {
    yield { field: `${field}.space`, value: block.space, expected: `an input from ee_state beside it, ${because}` };
  }
}
