import { ACTION_SPACES } from '@praxis/core';
import { EE_DELTA_NAMES, REFERENCE_STREAM } from '../actions/action-space.ts';
import { type Inconsistency, MAX_ELEMENTS } from './fields.ts';
import type { BlocksManifest, DisplacementManifest, EncoderManifest, Manifest, TensorManifest } from './manifest.ts';

/** True for lists of equal values in equal order. */
export const equalLists = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i]);

/** Returns the first field that contradicts another one; undefined for a consistent manifest. */
export function checkManifest(manifest: Manifest): Inconsistency | undefined {
  for (const inconsistency of inconsistencies(manifest)) return inconsistency;
  return undefined;
}

function* inconsistencies(manifest: Manifest): Generator<Inconsistency> {
  for (const [i, encoder] of manifest.encoders.entries()) {
    const field = `encoders[${i}]`;
    if (manifest.encoders.findIndex((each) => each.name === encoder.name) !== i) {
      yield { field: `${field}.name`, value: encoder.name, expected: 'a name that no other encoder has' };
    }
    yield* inputInconsistencies(encoder, `${field}.input`);
    const first = manifest.encoders.find((each) => each.input.stream === encoder.input.stream);
    if (first && first.name !== encoder.name) yield* sharedInconsistencies(first, encoder, field);
  }
  yield* fusionInconsistencies(manifest);
  yield* robotInconsistencies(manifest);
  if (manifest.action.space === 'ee_delta') yield* displacementInconsistencies(manifest.action, manifest.encoders);
  else yield* blockInconsistencies(manifest.action);
  yield* detectionInconsistencies(manifest);
  for (const file of [...filesOf(manifest), ...(manifest.detection ? [manifest.detection.file] : [])]) {
    if (!(file in manifest.sha256))
      yield { field: `sha256.${file}`, value: undefined, expected: 'the digest of the file' };
  }
}

/** Fields of the detection that contradict the encoders or each other. */
function* detectionInconsistencies({ detection, encoders }: Manifest): Generator<Inconsistency> {
  if (!detection) return;
  for (const [i, camera] of detection.cameras.entries()) {
    const encoder = encoders.find(({ name }) => name === camera);
    if (encoder?.input.processor.type !== 'image') {
      const expected = `the name of an encoder of pictures`;
      yield { field: `detection.cameras[${i}]`, value: camera, expected };
      continue;
    }
    const { shape } = encoder.input;
    const known = new Map([
      ['image', [1, 3, shape[0], shape[1]]],
      ...encoder.outputs.map((o) => [o.name, o.shape] as const),
    ]);
    for (const [j, input] of detection.inputs.entries()) {
      const field = `detection.inputs[${j}]`;
      const given = known.get(input.name);
      if (!given) {
        yield { field: `${field}.name`, value: input.name, expected: `one of ${[...known.keys()].join(', ')}` };
      } else if (!equalLists(given, input.shape)) {
        yield { field: `${field}.shape`, value: input.shape, expected: `[${given}] for ${input.name}` };
      }
    }
  }
  const [one, channels, cells, ...more] = detection.output.shape;
  const expected = 3 + detection.words.flat().length;
  if (one !== 1 || channels !== expected || more.length > 0 || !Number.isInteger(Math.sqrt(cells))) {
    const form = `[1, ${expected}, cells] with a square number of cells: confidence, x, y and each word`;
    yield { field: 'detection.output.shape', value: detection.output.shape, expected: form };
  }
}

/** Returns the ONNX files of the actions of a policy, each once. */
export const filesOf = (manifest: Manifest): readonly string[] => [
  ...new Set([...manifest.encoders.map((encoder) => encoder.file), manifest.fusion.file]),
];

function* inputInconsistencies({ input }: EncoderManifest, field: string): Generator<Inconsistency> {
  const { processor, shape, dtype } = input;
  const wrongShape = (expected: string): Inconsistency => ({ field: `${field}.shape`, value: shape, expected });
  const wrongType = (expected: string): Inconsistency => ({ field: `${field}.dtype`, value: dtype, expected });
  if (processor.type === 'vector') {
    if (shape.length !== 1) yield wrongShape('one dimension, as the vector processor requires');
    if (input.window * shape[0] > MAX_ELEMENTS) {
      const expected = `at most ${MAX_ELEMENTS} elements in the samples of a window`;
      yield { field: `${field}.window`, value: input.window, expected };
    }
    if (dtype !== 'float64' && dtype !== 'float32') yield wrongType('a float type, as the vector processor requires');
    for (const key of ['mean', 'std'] as const) {
      if (processor[key].length !== shape[0]) {
        yield { field: `${field}.processor.${key}`, value: processor[key], expected: `${shape[0]} numbers` };
      }
    }
  } else {
    if (input.window !== 1) {
      yield { field: `${field}.window`, value: input.window, expected: '1 for every processor except vector' };
    }
    if (processor.type === 'image') {
      if (shape.length !== 3 || shape[2] !== 3) yield wrongShape('[height, width, 3]');
      if (dtype !== 'uint8') yield wrongType("'uint8', as the image processor requires");
    } else {
      if (shape.length !== 0) yield wrongShape('[], as the tokens processor requires');
      if (dtype !== 'string') yield wrongType("'string', as the tokens processor requires");
      yield* vocabularyInconsistencies(processor.vocabulary, `${field}.processor.vocabulary`);
    }
  }
  for (const key of ['unit', 'names'] as const) {
    const list = input[key];
    const count = shape.at(-1) ?? 1;
    if (Array.isArray(list) && list.length !== count) {
      yield { field: `${field}.${key}`, value: list, expected: `${count} entries, one for each element` };
    }
  }
}

/** Words of a vocabulary that are reserved or given twice. */
export function* vocabularyInconsistencies(words: readonly string[], field: string): Generator<Inconsistency> {
  for (const [i, reserved] of ['<pad>', '<unk>'].entries()) {
    if (words[i] !== reserved) yield { field: `${field}[${i}]`, value: words[i], expected: `'${reserved}'` };
  }
  const seen = new Set<string>();
  for (const [i, word] of words.entries()) {
    if (seen.has(word)) yield { field: `${field}[${i}]`, value: word, expected: 'words that differ' };
    seen.add(word);
  }
}

/** Encoders that read the same stream get the same samples, so they must declare it equally. */
function* sharedInconsistencies(
  first: EncoderManifest,
  second: EncoderManifest,
  field: string,
): Generator<Inconsistency> {
  if (first.modality !== second.modality) {
    yield {
      field: `${field}.modality`,
      value: second.modality,
      expected: `'${first.modality}', as encoder ${first.name} declares`,
    };
  }
  for (const key of ['dtype', 'shape', 'unit', 'frame', 'rateHz', 'names', 'window', 'maximumAge'] as const) {
    const expected = JSON.stringify(first.input[key]);
    if (JSON.stringify(second.input[key]) !== expected) {
      const declared = `${expected}, as encoder ${first.name} declares ${first.input.stream}`;
      yield { field: `${field}.input.${key}`, value: second.input[key], expected: declared };
    }
  }
}

function* fusionInconsistencies({ encoders, fusion, action }: Manifest): Generator<Inconsistency> {
  const known = new Map<string, readonly number[]>([['present', [1, encoders.length]]]);
  for (const encoder of encoders) {
    for (const output of encoder.outputs) known.set(`${encoder.name}.${output.name}`, output.shape);
  }
  const seen = new Set<string>();
  for (const [i, input] of fusion.inputs.entries()) {
    const field = `fusion.inputs[${i}]`;
    const shape = known.get(input.name);
    if (!shape || seen.has(input.name)) {
      yield {
        field: `${field}.name`,
        value: input.name,
        expected: `each name once out of ${[...known.keys()].join(', ')}`,
      };
    } else if (!equalLists(shape, input.shape)) {
      yield { field: `${field}.shape`, value: input.shape, expected: `[${shape}] for ${input.name}` };
    }
    seen.add(input.name);
  }
  if (!seen.has('present')) {
    yield {
      field: 'fusion.inputs',
      value: [...seen],
      expected: "an input 'present', which masks absent encoders",
    };
  }
  const cameras = encoders.filter((encoder) => encoder.input.processor.type === 'image').length;
  yield* outputInconsistencies(fusion.outputs, 'actions', [1, action.horizon, elementsOf(action)]);
  yield* outputInconsistencies(fusion.outputs, 'gates', [1, encoders.length]);
  if (fusion.outputs.some((output) => output.name === 'grounding')) {
    yield* outputInconsistencies(fusion.outputs, 'grounding', [1, cameras, 3]);
  }
}

/** Fields of the robots of a training that contradict each other. */
export function* robotInconsistencies({ robots = [] }: Pick<Manifest, 'robots'>): Generator<Inconsistency> {
  for (const [i, robot] of robots.entries()) {
    for (const key of ['lower', 'upper', 'maxVelocity', 'configuration'] as const) {
      if (robot[key].length === robot.joints.length) continue;
      const expected = `${robot.joints.length} numbers, one for each joint`;
      yield { field: `robots[${i}].${key}`, value: robot[key], expected };
    }
    const [, , , ...quaternion] = robot.toolPose;
    if (Math.abs(quaternion.reduce((sum, each) => sum + each * each, 0) - 1) > 1e-3) {
      yield { field: `robots[${i}].toolPose`, value: robot.toolPose, expected: 'a quaternion of length 1' };
    }
    const [least, greatest] = robot.gripperRange ?? [0, 1];
    if (least >= greatest) {
      yield {
        field: `robots[${i}].gripperRange`,
        value: robot.gripperRange,
        expected: 'the least width below the greatest',
      };
    }
  }
}

function* outputInconsistencies(
  outputs: readonly TensorManifest[],
  name: string,
  shape: readonly number[],
): Generator<Inconsistency> {
  const i = outputs.findIndex((output) => output.name === name);
  if (i < 0) {
    yield { field: 'fusion.outputs', value: outputs.map((output) => output.name), expected: `an output '${name}'` };
  } else if (!equalLists(outputs[i].shape, shape)) {
    yield { field: `fusion.outputs[${i}].shape`, value: outputs[i].shape, expected: `[${shape}] for ${name}` };
  }
}

/** Elements in a row of the output `actions`. */
const elementsOf = (action: Manifest['action']): number =>
  action.space === 'ee_delta' ? EE_DELTA_NAMES.length : action.blocks.reduce((sum, { names }) => sum + names.length, 0);

function* blockInconsistencies({ blocks, horizon }: BlocksManifest): Generator<Inconsistency> {
  for (const [i, block] of blocks.entries()) {
    const field = `action.blocks[${i}]`;
    if (blocks.findIndex(({ name }) => name === block.name) !== i) {
      yield { field: `${field}.name`, value: block.name, expected: 'a name that no other block has' };
    }
    const { names, references } = ACTION_SPACES[block.space];
    const fixed = block.space === 'gripper' ? (block.unit === '1' ? ['opening'] : ['width']) : names;
    if (fixed && !equalLists(block.names, fixed)) {
      yield { field: `${field}.names`, value: block.names, expected: `[${fixed}] for ${block.space}` };
    }
    if (Array.isArray(block.unit) && block.unit.length !== block.names.length) {
      yield { field: `${field}.unit`, value: block.unit, expected: `${block.names.length} units, one for each name` };
    }
    if (block.reference && !references.includes(block.reference)) {
      const expected = `${references.join(' or ')} for ${block.space}`;
      yield { field: `${field}.reference`, value: block.reference, expected };
    }
    for (const key of ['mean', 'std'] as const) {
      const rows = block[key];
      if (rows.length !== 1 && rows.length !== horizon) {
        yield { field: `${field}.${key}`, value: rows.length, expected: `1 row, or ${horizon}, equal to the horizon` };
      }
      const row = rows.findIndex((each) => each.length !== block.names.length);
      if (row >= 0) {
        yield { field: `${field}.${key}[${row}]`, value: rows[row], expected: `${block.names.length} numbers` };
      }
    }
  }
}

function* displacementInconsistencies(
  action: DisplacementManifest,
  encoders: readonly EncoderManifest[],
): Generator<Inconsistency> {
  if (!equalLists(action.names, EE_DELTA_NAMES)) {
    yield { field: 'action.names', value: action.names, expected: `[${EE_DELTA_NAMES}] for ee_delta` };
  }
  const units = ['m', 'm', 'm', 'rad', 'rad', 'rad', 'm'];
  if (!equalLists(action.unit, units)) yield { field: 'action.unit', value: action.unit, expected: `[${units}]` };
  for (const key of ['mean', 'std'] as const) {
    if (action[key].length !== action.horizon) {
      yield {
        field: `action.${key}`,
        value: action[key].length,
        expected: `${action.horizon} rows, equal to the horizon`,
      };
    }
    const row = action[key].findIndex((each) => each.length !== EE_DELTA_NAMES.length);
    if (row >= 0) {
      yield { field: `action.${key}[${row}]`, value: action[key][row], expected: `${EE_DELTA_NAMES.length} numbers` };
    }
  }
  const reference = encoders.find((encoder) => encoder.input.stream === REFERENCE_STREAM);
  if (reference?.input.shape[0] !== 8) {
    const value = encoders.map((encoder) => encoder.input.stream);
    yield {
      field: 'encoders',
      value,
      expected: `an encoder that reads ${REFERENCE_STREAM} of shape [8], the reference of ee_delta`,
    };
  }
}
