import {
  type ImageFrame,
  type JointState,
  type Observation,
  type ObservationInput,
  PolicyError,
  type PolicyInputSpec,
  type PolicySpec,
  type StreamValue,
  sampleFault,
} from '@praxis/core';
import { elementCount } from '../numbers/axes.ts';
import { committedIn } from './committed-message.ts';
import { describe, isRecord, type WireRecord, type WireValue } from './message.ts';
import { NdArray } from './nd-array.ts';
import { PRAXIS_KEY } from './observation-message.ts';

/** An observation that a client has sent. */
export interface ReceivedObservation {
  readonly observation: Observation;
  /** `new` when the client has reset its policy since its last message. */
  readonly episode: 'new' | 'same';
  /** Whether a `RemotePolicy` has sent it, or another client of openpi's protocol. */
  readonly client: 'praxis' | 'other';
}

/** Stamps and ages that a client of ours sends. */
interface Times {
  readonly stamp: number;
  readonly episode: 'new' | 'same';
  readonly inputs: ReadonlyMap<string, readonly [stamp: number, age: number]>;
  readonly reference: Observation['reference'];
  readonly committed: Observation['committed'];
}

/** Key of an input in the messages that we serve. */
export const servedKey = ({ name }: PolicyInputSpec): string => (name === 'instruction' ? 'prompt' : name);

/**
 * Reads the observations of one connection. A client of ours says when each sample was taken; the samples of another client count as
 * new and as taken at the moment of the message.
 */
export class ObservationReader {
  readonly #spec: PolicySpec;
  #messages = 0;

  constructor(spec: PolicySpec) {
    this.#spec = spec;
  }

  /**
   * @throws {PolicyError} in one line when a value differs from the spec in type, shape or dtype, or is not finite, and when a client
   *   that does not say what is absent leaves out an input that is no event
   */
  read(message: WireRecord): ReceivedObservation {
    this.#messages++;
    const times = timesIn(message[PRAXIS_KEY], this.#spec);
    const inputs = new Map<string, ObservationInput>();
    for (const spec of this.#spec.inputs) inputs.set(spec.name, this.#input(spec, message, times));
    const stamp = times?.stamp ?? this.#messages;
    const { episode = 'same', reference, committed } = times ?? {};
    return {
      observation: { stamp, inputs, ...(reference && { reference }), ...(committed && { committed }) },
      episode,
      client: times ? 'praxis' : 'other',
    };
  }

  #input(spec: PolicyInputSpec, message: WireRecord, times: Times | undefined): ObservationInput {
    const key = servedKey(spec);
    const value = message[key];
    const [stamp, age] = times?.inputs.get(spec.name) ?? [this.#messages, 0];
    if (value === undefined) {
      if (!times && spec.rateHz > 0) {
        const keys = this.#spec.inputs.map(servedKey).join(', ');
        throw new PolicyError(
          `observation: no ${key}; expected ${keys}, got ${Object.keys(message).join(', ') || 'nothing'}`,
        );
      }
      return { spec, present: false, age: Number.POSITIVE_INFINITY, stamp: Number.NEGATIVE_INFINITY, samples: [] };
    }
    const samples = samplesOf(value, spec, key, message);
    for (const sample of samples) {
      const fault = sampleFault(sample, isOpenImage(sample, spec) ? { ...spec, shape: sizeOf(sample) } : spec);
      if (fault !== undefined) throw new PolicyError(`observation: ${fault}`);
    }
    return { spec, present: true, age, stamp, samples };
  }
}

/** True for an image that may have another size than its spec. */
const isOpenImage = (sample: StreamValue, { open }: PolicyInputSpec): sample is ImageFrame =>
  open?.includes('size') === true && typeof sample === 'object' && 'width' in sample;

const sizeOf = ({ height, width }: ImageFrame): readonly number[] => [height, width, 3];

function samplesOf(value: WireValue, spec: PolicyInputSpec, key: string, message: WireRecord): readonly StreamValue[] {
  if (spec.dtype === 'string') {
    if (typeof value === 'string') return [value];
    throw new PolicyError(`observation: ${key} is ${describe(value)}, expected a text`);
  }
  const { shape, rows } = samplesIn(value, spec, key);
  if (spec.dtype === 'uint8' && shape.length === 3) {
    const [height, width] = shape;
    return rows.map((data) => ({ width, height, data: data as Uint8Array }));
  }
  const numbers = rows.map((row) => row as Float64Array);
  const velocity = message[`${key}.velocity`];
  if (velocity === undefined || !spec.names) return numbers;
  const vectors = (given: WireValue, ending: string) =>
    samplesIn(given, spec, `${key}.${ending}`).rows as readonly Float64Array[];
  const speeds = vectors(velocity, 'velocity');
  const effort = message[`${key}.effort`];
  const efforts = effort === undefined ? undefined : vectors(effort, 'effort');
  const names = spec.names;
  return numbers.map((position, i): JointState => {
    const state = { names, position, velocity: speeds[i] ?? new Float64Array(0) };
    return efforts?.[i] ? { ...state, effort: efforts[i] } : state;
  });
}

/**
 * The samples of an array: one of the spec's shape, or up to `window` of them, oldest first. Numbers become float64, bytes stay. An image
 * whose size is open may have any height and width.
 */
function samplesIn(
  value: WireValue,
  { shape, window, dtype, open = [] }: PolicyInputSpec,
  key: string,
): { readonly shape: readonly number[]; readonly rows: readonly (Uint8Array | Float64Array)[] } {
  const first = open.includes('size') ? 2 : 0;
  const fits = (given: readonly number[]) =>
    given.length === shape.length && given.every((size, i) => (i < first ? size > 0 : size === shape[i]));
  const single = value instanceof NdArray && fits(value.shape);
  const several =
    value instanceof NdArray &&
    window > 1 &&
    fits(value.shape.slice(1)) &&
    value.shape[0] >= 1 &&
    value.shape[0] <= window;
  const bytes = dtype === 'uint8';
  if (!(value instanceof NdArray) || (!single && !several) || (bytes ? value.dtype !== '|u1' : value.dtype === '|b1')) {
    const sample = shape.map((size, i) => (i < first ? 'any' : size));
    const wanted = window > 1 ? `[${sample}] or [1 to ${window}, ${sample}]` : `[${sample}]`;
    throw new PolicyError(
      `observation: ${key} is ${describe(value)}, expected shape ${wanted} and ${bytes ? 'dtype |u1' : 'numbers'}`,
    );
  }
  const data = bytes ? (value.data as Uint8Array) : value.numbers();
  const given = single ? value.shape : value.shape.slice(1);
  const size = elementCount(given);
  const rows = Array.from({ length: data.length / size }, (_, i) => data.slice(i * size, (i + 1) * size));
  return { shape: given, rows };
}

function timesIn(value: WireValue | undefined, spec: PolicySpec): Times | undefined {
  if (value === undefined) return undefined;
  const wrong = (what: string): never => {
    throw new PolicyError(`observation: ${PRAXIS_KEY}.${what}`);
  };
  if (!isRecord(value)) return wrong(`is ${describe(value)}, expected a map`);
  const { stamp, episode, inputs, reference, committed } = value;
  if (typeof stamp !== 'number' || !Number.isFinite(stamp))
    return wrong(`stamp is ${describe(stamp)}, expected finite seconds`);
  if (!isRecord(inputs)) return wrong(`inputs is ${describe(inputs)}, expected a map`);
  const times = Object.entries(inputs).map(([name, pair]) => {
    if (
      !Array.isArray(pair) ||
      pair.length !== 2 ||
      !pair.every((each) => typeof each === 'number' && !Number.isNaN(each))
    ) {
      return wrong(`inputs.${name} is ${describe(pair)}, expected stamp and age (s)`);
    }
    return [name, [pair[0], pair[1]]] as const;
  });
  return {
    stamp,
    episode: episode === 'new' ? 'new' : 'same',
    inputs: new Map(times),
    reference: referenceIn(reference, wrong),
    committed: committedIn(committed, spec, wrong),
  };
}

function referenceIn(value: WireValue | undefined, wrong: (what: string) => never): Observation['reference'] {
  if (value === undefined) return undefined;
  if (!isRecord(value) || !(value.state instanceof NdArray) || typeof value.age !== 'number') {
    return wrong(`reference is ${describe(value)}, expected state and age`);
  }
  return { state: value.state.numbers(), age: value.age };
}
