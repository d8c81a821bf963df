import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Observation, ObservationInput, StreamValue } from '@praxis/core';
import { type Manifest, type OnnxBackend, type OnnxPolicy, type OnnxTensor, wordsOf } from '@praxis/policy';
import { loadPolicyFromDirectory, nodeBackend, wasmBinary } from '@praxis/policy/node';
import { webBackend } from '@praxis/policy/web';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** Another policy's folder can be named, for example one that has just been exported. */
const folder = process.env.PRAXIS_PARITY_MODEL ?? join(root, 'models', 'default');
const file = join(folder, 'parity.json');
const exists = existsSync(file);
if (!exists) console.info(`parity: skipped, there is no ${file.replace(`${root}/`, '')}`);

/** An array as `training/parity.py` writes it: little-endian, row-major. */
interface Coded {
  readonly dtype: 'uint8' | 'float32';
  readonly shape: readonly number[];
  readonly base64: string;
}
/** Raw samples of one record and what PyTorch computes of them with some encoders masked. */
interface Case {
  readonly name: string;
  /** 0 or 1 for each encoder, in the manifest's order. */
  readonly present: readonly number[];
  /** By encoder, before the manifest's processors. */
  readonly samples: Readonly<Record<string, Coded | string>>;
  readonly words: readonly number[];
  readonly expected: Readonly<Record<'actions' | 'gates' | 'grounding', Coded>>;
}

function decoded({ dtype, base64 }: Coded): Uint8Array | Float32Array {
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'));
  return dtype === 'uint8' ? bytes : new Float32Array(bytes.buffer);
}

const { tolerance, cases }: { tolerance: number; cases: Case[] } = exists
  ? JSON.parse(readFileSync(file, 'utf8'))
  : { tolerance: 0, cases: [] };

type Outputs = Readonly<Record<string, OnnxTensor>>;

/** Hands every session's results on as they are and remembers those of fusion, which a chunk no longer shows. */
function watched(backend: OnnxBackend, seen: { fusion?: Outputs }): OnnxBackend {
  return {
    ...backend,
    async create(bytes) {
      const session = await backend.create(bytes);
      if (!session.outputs.some(({ name }) => name === 'actions')) return session;
      return {
        ...session,
        async run(feeds) {
          seen.fusion = await session.run(feeds);
          return seen.fusion;
        },
      };
    },
  };
}

/** The samples as a robot would have sent them. */
function samplesOf({ samples }: Case, { name, input }: Manifest['encoders'][number]): StreamValue[] {
  const given = samples[name];
  if (typeof given === 'string') return [given];
  const data = decoded(given);
  if (data instanceof Uint8Array) return [{ width: given.shape[1], height: given.shape[0], data }];
  const size = data.length / input.window;
  return Array.from({ length: input.window }, (_, k) => Float64Array.from(data.subarray(k * size, (k + 1) * size)));
}

function observationOf(given: Case, { manifest, spec }: OnnxPolicy, stamp: number): Observation {
  const inputs = manifest.encoders.map((encoder, i): [string, ObservationInput] => [
    encoder.input.stream,
    {
      spec: spec.inputs.find(({ name }) => name === encoder.input.stream)!,
      present: given.present[i] === 1,
      age: 0,
      stamp,
      samples: samplesOf(given, encoder),
    },
  ]);
  return { stamp, inputs: new Map(inputs) };
}

const furthest = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((most, v, i) => Math.max(most, Math.abs(v - b[i])), 0);

const backends: Readonly<Record<string, () => Promise<OnnxBackend>>> = {
  'onnxruntime-node': async () => nodeBackend(),
  'onnxruntime-web': async () => webBackend({ wasm: await wasmBinary() }),
};

describe.skipIf(!exists).each(Object.keys(backends))('the policy on %s', (runtime) => {
  const seen: { fusion?: Outputs } = {};
  let policy: OnnxPolicy;
  beforeAll(async () => {
    policy = await loadPolicyFromDirectory(folder, { backend: watched(await backends[runtime](), seen) });
  });
  afterAll(() => policy?.close());

  it.each(cases)('gives what PyTorch gave: $name', async (given) => {
    policy.reset();
    const chunk = await policy.infer(observationOf(given, policy, 1));
    for (const output of ['actions', 'gates', 'grounding'] as const) {
      const wanted = given.expected[output];
      const got = seen.fusion![output];
      expect([...got.dims]).toEqual(wanted.shape);
      expect(furthest(got.data as Float32Array, decoded(wanted)), output).toBeLessThan(tolerance);
    }
    // The targets of the chunk are the tool's place and the denormalised change.
    const { mean, std } = policy.manifest.action;
    const [state] = samplesOf(given, policy.manifest.encoders.find(({ name }) => name === 'joints')!) as Float64Array[];
    const actions = decoded(given.expected.actions);
    for (let k = 0; k < chunk.horizon; k++) {
      for (const [column, axis] of [0, 1, 2].entries()) {
        const target = state[axis] + mean[k][column] + std[k][column] * actions[7 * k + column];
        expect(Math.abs(chunk.actions[8 * k + axis] - target)).toBeLessThan(tolerance * std[k][column] + 1e-6);
      }
    }
  });
});

describe.skipIf(!exists)('the words of an instruction', () => {
  it('have the same numbers as in training', () => {
    const { encoders }: Manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    const { processor } = encoders.find(({ modality }) => modality === 'language')!.input;
    if (processor.type !== 'tokens') throw new Error(`language: processor ${processor.type}, expected tokens`);
    for (const { samples, words } of cases) {
      const numbers = wordsOf(samples.language as string).map((word) =>
        Math.max(1, processor.vocabulary.indexOf(word)),
      );
      expect([...numbers, ...Array(words.length).fill(0)].slice(0, words.length)).toEqual(words);
    }
  });
});
