import { ACTION_SPACES } from '@praxis/core';
import type { Axis } from '../numbers/axes.ts';
import { type Normalisation, rowsOf, statisticsOf } from '../numbers/normalisation.ts';
import type { LinearMap } from '../numbers/units.ts';
import { siUnit } from '../numbers/units.ts';
import { type Inconsistency, MAX_ELEMENTS } from './fields.ts';
import type { GraphInputManifest, ImageInputManifest, TextInputManifest, VectorInputManifest } from './graph-inputs.ts';
import type { GraphBlockManifest, GraphManifest } from './graph-manifest.ts';
import { partSize, stepsOf, streamConflict } from './graph-streams.ts';
import { equalLists, robotInconsistencies, vocabularyInconsistencies } from './rules.ts';

/** Returns the first field of a graph's manifest that contradicts another one; undefined for a consistent manifest. */
export function checkGraphManifest(manifest: GraphManifest): Inconsistency | undefined {
  for (const inconsistency of inconsistencies(manifest)) return inconsistency;
  return undefined;
}

/** Returns the files of a policy of one graph, each once: the graph and tokenizers. */
export const graphFilesOf = ({ graph, inputs }: GraphManifest): readonly string[] => [
  ...new Set([graph, ...tokenizerFilesOf({ inputs })]),
];

/** Files of the tokenizers, each once. */
export const tokenizerFilesOf = ({ inputs }: Pick<GraphManifest, 'inputs'>): readonly string[] => [
  ...new Set(
    inputs.flatMap((input) => (input.type === 'text' && input.tokenizer.type === 'file' ? [input.tokenizer.file] : [])),
  ),
];

function* inconsistencies(manifest: GraphManifest): Generator<Inconsistency> {
  const names = new Set<string>();
  const taken = (name: string): boolean => names.size === names.add(name).size;
  for (const [i, input] of manifest.inputs.entries()) {
    const field = `inputs[${i}]`;
    const expected = 'a name that no other input has';
    if (taken(input.name)) yield { field: `${field}.name`, value: input.name, expected };
    const mask = input.type === 'text' ? input.mask?.name : undefined;
    if (mask !== undefined && taken(mask)) yield { field: `${field}.mask.name`, value: mask, expected };
    yield* stepInconsistencies(manifest, input, field);
    const elements = stepsOf(input, manifest) * elementsOf(input);
    if (elements > MAX_ELEMENTS) yield { field, value: elements, expected: `at most ${MAX_ELEMENTS} elements` };
    if (input.type === 'image') yield* imageInconsistencies(input, field);
    else if (input.type === 'vector') yield* vectorInconsistencies(input, field);
    else yield* textInconsistencies(input, field);
  }
  const conflict = streamConflict(manifest);
  if (conflict) yield conflict;
  yield* actionInconsistencies(manifest);
  yield* robotInconsistencies(manifest);
  for (const file of graphFilesOf(manifest)) {
    if (!(file in manifest.sha256))
      yield { field: `sha256.${file}`, value: undefined, expected: 'the digest of the file' };
  }
}

/** Axes that a tensor lacks, has twice, or whose `step` does not fit the number of steps. */
function* axesInconsistencies(
  axes: readonly Axis[] | undefined,
  own: readonly Axis[],
  steps: number,
  field: string,
): Generator<Inconsistency> {
  if (!axes) return;
  const wanted: readonly Axis[] = steps > 1 ? ['step', ...own] : own;
  const missing = wanted.filter((axis) => !axes.includes(axis));
  const isTwice = axes.some((axis, i) => axes.indexOf(axis) !== i);
  if (missing.length > 0 || isTwice) {
    yield { field: `${field}.axes`, value: axes, expected: `${wanted.join(', ')} once each, in any order` };
  }
}

/** Elements of one step of an input. */
function elementsOf(input: GraphInputManifest): number {
  if (input.type === 'image') return 3 * input.height * input.width;
  return input.type === 'text' ? input.length : input.parts.reduce((sum, part) => sum + partSize(part), 0);
}

const OWN_AXES = { image: ['channel', 'height', 'width'], vector: ['element'], text: ['element'] } as const;

function* stepInconsistencies(
  manifest: GraphManifest,
  input: GraphInputManifest,
  field: string,
): Generator<Inconsistency> {
  const steps = stepsOf(input, manifest);
  if (steps > 1 && manifest.observation.spacing === undefined) {
    yield {
      field: 'observation.spacing',
      value: undefined,
      expected: `the time between two observations (s), because ${input.name} stacks ${steps}`,
    };
  }
  yield* axesInconsistencies(input.axes, OWN_AXES[input.type], steps, field);
}

function* normalisationInconsistencies(
  normalisation: Normalisation,
  elements: number,
  rows: number,
  field: string,
): Generator<Inconsistency> {
  const statistics = statisticsOf(normalisation);
  for (const [key, values] of Object.entries(statistics)) {
    const given = rowsOf(values);
    if (given.length !== 1 && given.length !== rows) {
      yield { field: `${field}.${key}`, value: given.length, expected: `1 row, or ${rows}, one for each row` };
    }
    const wrong = given.find((row) => row.length !== elements && row.length !== 1);
    if (wrong) {
      const one = elements === 1 ? '1 number' : `${elements} numbers, or one for all`;
      yield { field: `${field}.${key}`, value: wrong, expected: one };
    }
  }
  const [low, high] = [statistics.min ?? statistics.low, statistics.max ?? statistics.high];
  if (!low || !high) return;
  const [lows, highs] = [rowsOf(low), rowsOf(high)];
  for (const [row, upper] of highs.entries()) {
    const lower = lows[row] ?? lows[0];
    const at = upper.findIndex((value, i) => value < (lower[i] ?? lower[0]));
    if (at < 0) continue;
    const key = statistics.max ? 'max' : 'high';
    yield { field: `${field}.${key}`, value: upper[at], expected: `at least ${lower[at] ?? lower[0]}` };
  }
}

function* imageInconsistencies(input: ImageInputManifest, field: string): Generator<Inconsistency> {
  const { height, width, transform, dtype, values, normalisation } = input;
  const last = transform.at(-1);
  if (last && (last.height !== height || last.width !== width)) {
    const expected = `${height} x ${width}, the size of the tensor`;
    yield { field: `${field}.transform[${transform.length - 1}]`, value: `${last.height} x ${last.width}`, expected };
  }
  for (const [i, step] of transform.entries()) {
    const before = i > 0 ? transform[i - 1] : undefined;
    if (step.type !== 'crop' || !before) continue;
    const [top, left] = [step.top ?? 0, step.left ?? 0];
    if (top + step.height > before.height || left + step.width > before.width) {
      const value = `${step.height} x ${step.width} at row ${top}, column ${left}`;
      yield { field: `${field}.transform[${i}]`, value, expected: `a part of ${before.height} x ${before.width}` };
    }
  }
  if (dtype === 'uint8') {
    if (values !== '0..255') yield { field: `${field}.values`, value: values, expected: '0..255 for uint8' };
    const { type } = normalisation;
    if (type !== 'none') yield { field: `${field}.normalisation.type`, value: type, expected: 'none for uint8' };
  }
  yield* normalisationInconsistencies(normalisation, 3, 1, `${field}.normalisation`);
}

function* mapInconsistencies(map: LinearMap | undefined, field: string): Generator<Inconsistency> {
  if (map && map.from[0] === map.from[1]) {
    yield { field: `${field}.map.from`, value: map.from, expected: 'two different numbers' };
  }
}

function* vectorInconsistencies(input: VectorInputManifest, field: string): Generator<Inconsistency> {
  for (const [i, part] of input.parts.entries()) {
    const { names, size, quantity, unit, map } = part;
    const at = `${field}.parts[${i}]`;
    if ((names === undefined) === (size === undefined)) {
      yield { field: `${at}.names`, value: names, expected: 'names, or for a stream without names its size, not both' };
    }
    if (quantity !== 'position' && !names) {
      yield { field: `${at}.quantity`, value: quantity, expected: 'position for a stream without names' };
    }
    const twice = names?.find((name, k) => names.indexOf(name) !== k);
    if (twice !== undefined) yield { field: `${at}.names`, value: twice, expected: 'names that differ' };
    if (Array.isArray(unit) && unit.length !== partSize(part)) {
      yield { field: `${at}.unit`, value: unit, expected: `${partSize(part)} units, one for each element` };
    }
    yield* mapInconsistencies(map, at);
  }
  yield* normalisationInconsistencies(input.normalisation, elementsOf(input), 1, `${field}.normalisation`);
}

function* textInconsistencies({ tokenizer }: TextInputManifest, field: string): Generator<Inconsistency> {
  if (tokenizer.type === 'words') {
    yield* vocabularyInconsistencies(tokenizer.vocabulary, `${field}.tokenizer.vocabulary`);
  }
}

/** Number of elements of a block. */
export const blockSize = (block: GraphBlockManifest): number =>
  block.space === 'unused' ? block.size : block.names.length;

/** Rows of the outputs of a graph. */
export const rowCount = ({ rows, firstRow, horizon }: GraphManifest['action']): number => rows ?? firstRow + horizon;

function* actionInconsistencies({ action }: GraphManifest): Generator<Inconsistency> {
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
