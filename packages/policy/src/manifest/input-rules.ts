import { type Inconsistency, MAX_ELEMENTS } from './fields.ts';
import type { ImageInputManifest, InputManifest, TextInputManifest, VectorInputManifest } from './graph-inputs.ts';
import { type ManifestInputs, type PlacedInput, partSize, stepsOf } from './graph-streams.ts';
import { vocabularyInconsistencies } from './rules.ts';
import { axesInconsistencies, mapInconsistencies, normalisationInconsistencies } from './tensor-rules.ts';

/** Fields of the inputs of one graph that contradict each other. */
export function* inputInconsistencies(
  placed: readonly PlacedInput[],
  manifest: Pick<ManifestInputs, 'observation'>,
): Generator<Inconsistency> {
  const names = new Set<string>();
  const taken = (name: string): boolean => names.size === names.add(name).size;
  for (const { field, input } of placed) {
    const expected = 'a name that no other input has';
    if (taken(input.name)) yield { field: `${field}.name`, value: input.name, expected };
    const mask = input.type === 'text' ? input.mask?.name : undefined;
    if (mask !== undefined && taken(mask)) yield { field: `${field}.mask.name`, value: mask, expected };
    yield* stepInconsistencies(manifest, input, field);
    const elements = stepsOf(input, manifest) * elementsOf(input);
    if (elements > MAX_ELEMENTS) yield { field, value: elements, expected: `at most ${MAX_ELEMENTS} elements` };
    if (input.type === 'image') yield* imageInconsistencies(input, field);
    else if (input.type === 'vector') yield* vectorInconsistencies(input, field);
    else if (input.type === 'text') yield* textInconsistencies(input, field);
  }
}

/** Files of the tokenizers, each once. */
export const tokenizerFilesOf = (inputs: readonly InputManifest[]): readonly string[] => [
  ...new Set(
    inputs.flatMap((input) => (input.type === 'text' && input.tokenizer.type === 'file' ? [input.tokenizer.file] : [])),
  ),
];

/** Elements of one step of an input. */
function elementsOf(input: InputManifest): number {
  if (input.type === 'image') return 3 * input.height * input.width;
  if (input.type === 'vector') return input.parts.reduce((sum, part) => sum + partSize(part), 0);
  return input.type === 'text' ? input.length : 1;
}

const OWN_AXES = {
  image: ['channel', 'height', 'width'],
  vector: ['element'],
  text: ['element'],
  raw_text: [],
} as const;

function* stepInconsistencies(
  manifest: Pick<ManifestInputs, 'observation'>,
  input: InputManifest,
  field: string,
): Generator<Inconsistency> {
  const steps = stepsOf(input, manifest);
  const own = input.type === 'image' || input.type === 'vector' ? input.spacing : undefined;
  if (steps > 1 && (own ?? manifest.observation.spacing) === undefined) {
    yield {
      field: 'observation.spacing',
      value: undefined,
      expected: `the time between two observations (s), because ${input.name} stacks ${steps}`,
    };
  }
  yield* axesInconsistencies(input.axes, OWN_AXES[input.type], steps, field);
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
