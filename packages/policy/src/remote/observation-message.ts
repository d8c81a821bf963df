import {
  type ImageFrame,
  type JointState,
  type Observation,
  type ObservationInput,
  PolicyError,
  type StreamValue,
} from '@praxis/core';
import { committedMessage } from './committed-message.ts';
import type { WireRecord, WireValue } from './message.ts';
import { NdArray } from './nd-array.ts';
import { resizeWithBorders } from './resize.ts';
import { keysOf, type WireInput, type WireSpec } from './wire-spec.ts';

/** Key of what only Praxis sends to Praxis, in observations, answers and metadata. */
export const PRAXIS_KEY = 'praxis';

/** Elements of a joint state that are sent beside its positions, under the key of the input and this ending. */
export const JOINT_ENDINGS = ['velocity', 'effort'] as const;

const isImage = (value: StreamValue): value is ImageFrame =>
  typeof value === 'object' && 'data' in value && 'width' in value;
const isJoints = (value: StreamValue): value is JointState => typeof value === 'object' && 'position' in value;

/** An image as `[height, width, 3]` or `[3, height, width]`, resized where the spec says so. */
function imageArray(image: ImageFrame, { resize, layout }: WireInput): NdArray {
  const sent = resize ? resizeWithBorders(image, resize[0], resize[1]) : image;
  const { width, height, data } = sent;
  if (layout === 'hwc') return new NdArray([height, width, 3], data);
  const planes = new Uint8Array(data.length);
  const plane = width * height;
  for (let i = 0; i < plane; i++) for (let c = 0; c < 3; c++) planes[c * plane + i] = data[3 * i + c];
  return new NdArray([3, height, width], planes);
}

/** Stacks the samples of a window, oldest first: `[samples, ...shape]`. */
function stacked(samples: readonly NdArray[]): NdArray {
  const [{ shape, data, dtype }] = samples;
  const all =
    data instanceof Uint8Array
      ? new Uint8Array(samples.length * data.length)
      : new Float64Array(samples.length * data.length);
  for (const [i, sample] of samples.entries()) all.set(sample.data as Uint8Array & Float64Array, i * data.length);
  return new NdArray([samples.length, ...shape], all, dtype);
}

/** The values of one input by the ending of its key: '' for the samples, `.velocity` and `.effort` beside those of a joint state. */
function* valuesOf(
  { samples }: ObservationInput,
  input: WireInput,
): Generator<readonly [ending: string, value: WireValue]> {
  const newest = samples[samples.length - 1];
  if (typeof newest === 'string') {
    yield ['', newest];
    return;
  }
  const used = input.window === 1 ? [newest] : samples;
  const stack = (arrays: readonly NdArray[]): NdArray => (input.window === 1 ? arrays[0] : stacked(arrays));
  if (isImage(newest)) yield ['', stack(used.filter((each) => isImage(each)).map((each) => imageArray(each, input)))];
  else if (isJoints(newest)) {
    const states = used.filter((each) => isJoints(each));
    const of = (key: 'position' | 'velocity' | 'effort') =>
      stack(states.map((each) => vector(each[key] ?? new Float64Array(each.names.length).fill(Number.NaN))));
    yield ['', of('position')];
    yield ['.velocity', of('velocity')];
    if (newest.effort) yield ['.effort', of('effort')];
  } else yield ['', stack(used.filter((each) => each instanceof Float64Array).map(vector))];
}

const vector = (values: Float64Array): NdArray => new NdArray([values.length], values);

/** A map of a message that is being built. */
interface Draft {
  [key: string]: WireValue | Draft | undefined;
}

function put(message: Draft, keys: readonly string[], value: WireValue): void {
  let map = message;
  for (const key of keys.slice(0, -1)) {
    map[key] ??= {};
    map = map[key] as Draft;
  }
  map[keys[keys.length - 1]] = value;
}

/**
 * Makes the message of an observation. An input that is absent, stale or masked is left out.
 * @param episode `new` when the policy was reset since the last message
 * @param peer `praxis` also gets stamps and ages, so that it infers with the very inputs; other servers get the values alone
 */
export function observationMessage(
  observation: Observation,
  spec: WireSpec,
  peer: 'praxis' | 'other',
  episode: 'new' | 'same',
): WireRecord {
  const message: Draft = {};
  for (const input of spec.inputs) {
    const given = observation.inputs.get(input.stream);
    const keys = keysOf(input);
    if (!given) throw new PolicyError(`observation: no input ${input.stream}`);
    if (!keys || !given.present) continue;
    const last = keys[keys.length - 1];
    for (const [ending, value] of valuesOf(given, input))
      put(message, [...keys.slice(0, -1), `${last}${ending}`], value);
  }
  if (peer === 'praxis') message[PRAXIS_KEY] = timesOf(observation, spec, episode);
  return message as WireRecord;
}

/** Stamps and ages (s) of what an observation has, and the actions that the robot goes on to execute. */
function timesOf(
  { stamp, inputs, reference, committed }: Observation,
  { inputs: wanted }: WireSpec,
  episode: 'new' | 'same',
): WireRecord {
  const times = wanted.map(({ stream }) => {
    const given = inputs.get(stream);
    return [stream, given ? [given.stamp, given.age] : [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]] as const;
  });
  return {
    stamp,
    episode,
    inputs: Object.fromEntries(times),
    reference: reference && { state: vector(reference.state), age: reference.age },
    committed: committed && committedMessage(committed),
  };
}
