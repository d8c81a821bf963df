import { actionInconsistencies } from './action-rules.ts';
import { COMMITTED, COMMITTED_MASK, committedInconsistencies } from './committed-rules.ts';
import type { Inconsistency } from './fields.ts';
import type { FusionManifest } from './fusion-manifest.ts';
import { inputSpecs, placedInputs, streamConflict } from './graph-streams.ts';
import { inputInconsistencies, tokenizerFilesOf } from './input-rules.ts';
import { missingDigests, robotInconsistencies } from './rules.ts';

/** Name under which the fusion gets which encoders count. */
export const PRESENT = 'present';

type Encoder = FusionManifest['encoders'][number];

/** Name of an encoder's output among the inputs of the fusion. */
export const tokenName = (encoder: Pick<Encoder, 'name'>, output: { readonly name: string }): string =>
  `${encoder.name}.${output.name}`;

/** Encoders that read an image, in the order of the output `grounding`. */
export const imageEncoders = <T extends Pick<Encoder, 'inputs'>>(encoders: readonly T[]): readonly T[] =>
  encoders.filter(({ inputs }) => inputs.some(({ type }) => type === 'image'));

const isText = ({ type }: Encoder['inputs'][number]): boolean => type === 'text' || type === 'raw_text';

/** Returns the ONNX files of a policy of encoders, each once. */
export const fusionFilesOf = ({ encoders, fusion }: Pick<FusionManifest, 'encoders' | 'fusion'>): readonly string[] => [
  ...new Set([...encoders.map(({ file }) => file), fusion.file]),
];

/** Returns the first field of a manifest of encoders that contradicts another one; undefined for a consistent manifest. */
export function checkFusionManifest(manifest: FusionManifest): Inconsistency | undefined {
  for (const inconsistency of inconsistencies(manifest)) return inconsistency;
  return undefined;
}

function* inconsistencies(manifest: FusionManifest): Generator<Inconsistency> {
  const { encoders, action } = manifest;
  const placed = placedInputs(manifest);
  for (const [e, encoder] of encoders.entries()) {
    const field = `encoders[${e}]`;
    if (encoders.findIndex(({ name }) => name === encoder.name) !== e) {
      yield { field: `${field}.name`, value: encoder.name, expected: 'a name that no other encoder has' };
    }
    const own = placed.filter((each) => each.field.startsWith(`${field}.`));
    yield* inputInconsistencies(own, manifest);
    const modalities = encoder.inputs.flatMap((input) => inputSpecs(input, manifest).map(({ modality }) => modality));
    const other = modalities.find((each) => each !== modalities[0]);
    if (other !== undefined) {
      yield { field: `${field}.inputs`, value: other, expected: `one modality, ${modalities[0]}` };
    }
    for (const [k, output] of encoder.outputs.entries()) {
      if (encoder.outputs.findIndex(({ name }) => name === output.name) === k) continue;
      yield { field: `${field}.outputs[${k}].name`, value: output.name, expected: 'a name that no other output has' };
    }
  }
  const conflict = streamConflict(manifest);
  if (conflict) yield conflict;
  yield* tokenInconsistencies(manifest);
  yield* actionInconsistencies(action);
  yield* committedInconsistencies(manifest);
  yield* robotInconsistencies(manifest);
  const files = [...fusionFilesOf(manifest), ...tokenizerFilesOf(encoders.flatMap(({ inputs }) => inputs))];
  yield* missingDigests(files, manifest);
}

function* tokenInconsistencies({ encoders, fusion }: FusionManifest): Generator<Inconsistency> {
  const tokens = encoders.flatMap((encoder) => encoder.outputs.map((output) => tokenName(encoder, output)));
  const sources = [PRESENT, ...tokens, ...(fusion.committed ? [COMMITTED, COMMITTED_MASK] : [])];
  const names = fusion.inputs.map(({ name }) => name);
  const given = fusion.inputs.map(({ name, from = name }) => from);
  for (const [i, from] of given.entries()) {
    const field = `fusion.inputs[${i}]`;
    if (names.indexOf(names[i]) !== i) {
      yield { field: `${field}.name`, value: names[i], expected: 'a name that no other input has' };
    }
    if (!sources.includes(from) || given.indexOf(from) !== i) {
      yield { field: `${field}.from`, value: from, expected: `each once out of ${sources.join(', ')}` };
    }
  }
  if (!given.includes(PRESENT) && encoders.some(({ absent }) => absent === 'mask')) {
    const expected = `an input from '${PRESENT}', because encoders may be absent`;
    yield { field: 'fusion.inputs', value: given, expected };
  }
  if (fusion.grounding !== undefined && imageEncoders(encoders).length === 0) {
    yield { field: 'fusion.grounding', value: fusion.grounding, expected: 'no such output without an image' };
  }
  if (fusion.refusesBelow !== undefined) {
    const { refusesBelow: value } = fusion;
    const field = 'fusion.refusesBelow';
    if (fusion.grounding === undefined) yield { field, value, expected: 'no such limit without fusion.grounding' };
    else if (!encoders.some(({ inputs }) => inputs.some(isText)))
      yield { field, value, expected: 'no such limit without an input of text' };
  } else if (fusion.refusesNextBelow !== undefined) {
    const { refusesNextBelow: value } = fusion;
    yield { field: 'fusion.refusesNextBelow', value, expected: 'no such limit without fusion.refusesBelow' };
  }
}
