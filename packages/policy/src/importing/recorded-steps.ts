import {
  InputError,
  type Observation,
  type ObservationInput,
  type PolicyInputSpec,
  type PolicySpec,
  type StreamValue,
} from '@praxis/core';
import * as z from 'zod';
import { OutputActions } from '../actions/output-actions.ts';
import { blockSize, rowCount } from '../manifest/action-rules.ts';
import type { FusionManifest } from '../manifest/fusion-manifest.ts';
import type { InputManifest, VectorInputManifest } from '../manifest/graph-inputs.ts';
import type { GraphManifest, GraphOutputManifest } from '../manifest/graph-manifest.ts';
import { partSize, partUnit, stepsOf } from '../manifest/graph-streams.ts';
import { parseJson } from '../manifest/parse-json.ts';
import { lineOf, siUnit } from '../numbers/units.ts';
import { numbersOf, type SafeTensor, type Safetensors } from './safetensors.ts';

/** One recorded observation and the actions that belong to it. */
export interface RecordedStep {
  readonly observation: Observation;
  /** Actions by the name of the policy's action, horizon x elements, in SI units. */
  readonly actions: ReadonlyMap<string, Float64Array>;
}

/** Numbers of one stream at one time, by quantity and element; elements of a stream without names by their place. */
type Numbers = Readonly<Record<'position' | 'velocity' | 'effort', Map<string, number>>>;

const CHANNELS = 3;
const texts = z.array(z.string());

/** Dimensions of a tensor with one row for each observation. */
interface Rows {
  readonly tensor: SafeTensor;
  readonly name: string;
}

/** A policy whose manifest says how recorded numbers become observations and actions. */
export interface RecordedPolicy {
  readonly manifest: GraphManifest | FusionManifest;
  readonly spec: PolicySpec;
}

/** The inputs of a manifest by the names of their tensors; of several graphs that of the encoder comes first. */
const namedInputs = (manifest: GraphManifest | FusionManifest): readonly (readonly [string, InputManifest])[] =>
  'graph' in manifest
    ? manifest.inputs.map((input) => [input.name, input] as const)
    : manifest.encoders.flatMap(({ name, inputs }) => inputs.map((input) => [`${name}.${input.name}`, input] as const));

/**
 * Reads recorded observations with their actions, as `training/lerobot/observations.py` writes them: for each input of the graph a tensor
 * of its name (of an encoder `ENCODER.INPUT`), images as uint8 `[N, height, width, 3]`, vectors as `[N, elements]`, several observation
 * steps after N, and for each output the actions `[N, rows, elements]`. Numbers are those of the data before any normalisation; units and
 * places are those of the manifest.
 * @param where name of the file in errors
 * @throws {InputError} that names the tensor that is missing or has another shape
 */
export function recordedSteps(
  file: Safetensors,
  { manifest, spec }: RecordedPolicy,
  where: string,
): readonly RecordedStep[] {
  const rowsOf = (name: string): Rows => {
    const tensor = file.tensors.get(name);
    if (!tensor) throw new InputError(`${where}: no ${name}, only ${[...file.tensors.keys()].join(', ')}`);
    return { tensor, name };
  };
  const { action } = manifest;
  const outputs = action.outputs.map((output) => rowsOf(output.name));
  const count = outputs[0].tensor.shape[0] ?? 0;
  const rows = rowCount(action);
  for (const [i, { tensor, name }] of outputs.entries()) {
    const size = sizeOf(action.outputs[i]);
    requireShape(tensor, rows === 1 && tensor.shape.length === 2 ? [count, size] : [count, rows, size], name, where);
  }
  const readers = namedInputs(manifest).map(([name, input]) =>
    readerOf({ name, input, steps: stepsOf(input, manifest) }, count, file, rowsOf, where),
  );
  const values = new Map(outputs.map(({ name, tensor }) => [name, numbersOf(tensor)]));
  const decoder = new OutputActions(
    action.outputs.map((output) => ({ ...output, axes: ['step', 'element'], normalisation: { type: 'none' } })),
    { ...action, rows },
  );
  return Array.from({ length: count }, (_, n) => {
    const streams = new Map<string, StreamSamples>();
    for (const read of readers) read(n, streams);
    const entries = spec.inputs.map((input): [string, ObservationInput] => [input.name, inputOf(input, streams, n)]);
    const blocks = decoder.decode((name) => {
      const all = values.get(name)!;
      const size = all.length / count;
      return all.subarray(n * size, (n + 1) * size);
    });
    const actions = new Map(Object.entries(blocks).map(([name, { data }]) => [name, data]));
    return { observation: { stamp: n, inputs: new Map(entries) }, actions };
  });
}

/** Samples of a stream, oldest first. */
type StreamSamples =
  | { readonly type: 'numbers'; readonly steps: readonly Numbers[] }
  | { readonly type: 'values'; readonly steps: readonly StreamValue[] };

/** Adds what one input reads to the samples of its streams, for the n-th observation. */
type Reader = (n: number, streams: Map<string, StreamSamples>) => void;

function readerOf(
  { name: tensorName, input, steps }: { readonly name: string; readonly input: InputManifest; readonly steps: number },
  count: number,
  file: Safetensors,
  rowsOf: (name: string) => Rows,
  where: string,
): Reader {
  if (input.type === 'text' || input.type === 'raw_text') {
    const parsed = texts.safeParse(parseJson(file.metadata.tasks ?? '[]', `${where}: tasks`));
    if (!parsed.success || parsed.data.length !== count)
      throw new InputError(`${where}: no tasks, one text for each observation`);
    return (n, streams) => void streams.set(input.stream, { type: 'values', steps: [parsed.data[n]] });
  }
  const { tensor, name } = rowsOf(tensorName);
  const time = steps > 1 ? [steps] : [];
  if (input.type === 'image') {
    const [height, width] = tensor.shape.slice(-3);
    requireShape(tensor, [count, ...time, height, width, CHANNELS], name, where);
    if (tensor.dtype !== 'U8') throw new InputError(`${where}: ${name} is ${tensor.dtype}, expected U8`);
    const size = height * width * CHANNELS;
    return (n, streams) => {
      const images = Array.from({ length: steps }, (_, k) => {
        const at = (n * steps + k) * size;
        return { width, height, data: tensor.bytes.subarray(at, at + size) };
      });
      streams.set(input.stream, { type: 'values', steps: images });
    };
  }
  const size = input.parts.reduce((sum, part) => sum + partSize(part), 0);
  requireShape(tensor, [count, ...time, size], name, where);
  const numbers = numbersOf(tensor);
  return (n, streams) => {
    for (let k = 0; k < steps; k++) addNumbers(input, numbers.subarray((n * steps + k) * size), k, steps, streams);
  };
}

/** Adds the numbers of one vector at one time, converted to SI. */
function addNumbers(
  { parts }: VectorInputManifest,
  numbers: Float64Array,
  step: number,
  steps: number,
  streams: Map<string, StreamSamples>,
): void {
  let at = 0;
  for (const part of parts) {
    let samples = streams.get(part.stream);
    if (samples?.type !== 'numbers') {
      const empty = (): Numbers => ({ position: new Map(), velocity: new Map(), effort: new Map() });
      samples = { type: 'numbers', steps: Array.from({ length: steps }, empty) };
      streams.set(part.stream, samples);
    }
    const { scale, offset } = lineOf(part.map);
    for (let i = 0; i < partSize(part); i++, at++) {
      const value = ((numbers[at] - offset) / scale) * siUnit(partUnit(part, i)).factor;
      samples.steps[step]?.[part.quantity].set(part.names?.[i] ?? String(i), value);
    }
  }
}

/** The input of an observation; where an input stacks fewer steps than another of its stream, the oldest one is repeated. */
function inputOf(spec: PolicyInputSpec, streams: ReadonlyMap<string, StreamSamples>, stamp: number): ObservationInput {
  const found = streams.get(spec.name);
  const samples = Array.from({ length: spec.window }, (_, k): StreamValue => {
    const steps = found?.steps.length ?? 0;
    const at = Math.max(0, steps - spec.window + k);
    if (found?.type === 'values') return found.steps[at];
    return vectorOf(spec, found?.steps[at]);
  });
  return { spec, present: true, age: 0, stamp, samples };
}

function vectorOf({ name, names, shape }: PolicyInputSpec, numbers: Numbers | undefined): StreamValue {
  const all = names ?? Array.from({ length: shape[0] ?? 0 }, (_, i) => String(i));
  const of = (quantity: keyof Numbers): Float64Array =>
    Float64Array.from(all, (each) => numbers?.[quantity].get(each) ?? 0);
  if (name !== 'joints') return of('position');
  return { names: all, position: of('position'), velocity: of('velocity'), effort: of('effort') };
}

const sizeOf = ({ blocks }: GraphOutputManifest): number => blocks.reduce((sum, block) => sum + blockSize(block), 0);

function requireShape({ shape }: SafeTensor, expected: readonly number[], name: string, where: string): void {
  if (shape.join() === expected.join()) return;
  throw new InputError(`${where}: ${name} has shape [${shape}], expected [${expected}]`);
}
