import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Observation, ObservationInput, StreamValue } from '@praxis/core';
import { isSecondVersion, type Manifest, type OnnxBackend, OnnxPolicy, type OnnxTensor, wordsOf } from '@praxis/policy';
import { loadPolicyFromDirectory, nodeBackend, wasmBinary } from '@praxis/policy/node';
import { webBackend } from '@praxis/policy/web';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs } from './needs.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** PRAXIS_PARITY_MODEL names another policy's folder, for example a new export. */
const given = process.env.PRAXIS_PARITY_MODEL;
const folders = given ? [given] : ['default', 'arm5-pick'].map((name) => join(root, 'models', name));

/** An array in the form of `training/parity.py`: little-endian, row-major. */
interface EncodedArray {
  readonly dtype: 'uint8' | 'float32';
  readonly shape: readonly number[];
  readonly base64: string;
}
/** Raw samples of one record, and PyTorch's outputs for them with some encoders masked. */
interface Case {
  readonly name: string;
  /** 1 for each encoder that is present, 0 for a masked one, in the manifest's order. */
  readonly present: readonly number[];
  /** Samples of each encoder, before the manifest's processors. */
  readonly samples: Readonly<Record<string, EncodedArray | string>>;
  readonly words: readonly number[];
  readonly expected: Readonly<Record<'actions' | 'gates' | 'grounding', EncodedArray>>;
}

function decode({ dtype, base64 }: EncodedArray): Uint8Array | Float32Array {
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'));
  return dtype === 'uint8' ? bytes : new Float32Array(bytes.buffer);
}

interface Parity {
  /** Largest absolute difference of an output. */
  readonly tolerance: number;
  readonly cases: readonly Case[];
}

/** The test cases of a policy's folder; none where it has no file of them. */
function readParity(folder: string): Parity & { readonly missing: string | undefined } {
  const file = join(folder, 'parity.json');
  if (!existsSync(file)) return { tolerance: 0, cases: [], missing: `no ${file.replace(`${root}/`, '')}` };
  return { ...(JSON.parse(readFileSync(file, 'utf8')) as Parity), missing: undefined };
}
const policies = folders.map((folder) => ({ name: folder.replace(`${root}/`, ''), folder, ...readParity(folder) }));

type Outputs = Readonly<Record<string, OnnxTensor>>;

/** Passes every session's results on and records those of the fusion, which a chunk does not contain in full. */
function recordFusion(backend: OnnxBackend, recorded: { fusion?: Outputs }): OnnxBackend {
  return {
    ...backend,
    async create(bytes) {
      const session = await backend.create(bytes);
      if (!session.outputs.some(({ name }) => name === 'actions')) return session;
      return {
        ...session,
        async run(feeds) {
          recorded.fusion = await session.run(feeds);
          return recorded.fusion;
        },
      };
    },
  };
}

/** The samples in the form that a robot publishes. */
function samplesOf({ samples }: Case, { name, input }: Manifest['encoders'][number]): StreamValue[] {
  const values = samples[name];
  if (typeof values === 'string') return [values];
  const data = decode(values);
  if (data instanceof Uint8Array) return [{ width: values.shape[1], height: values.shape[0], data }];
  const size = data.length / input.window;
  return Array.from({ length: input.window }, (_, k) => Float64Array.from(data.subarray(k * size, (k + 1) * size)));
}

function observationOf(record: Case, { manifest, spec }: OnnxPolicy<Manifest>, stamp: number): Observation {
  const inputs = manifest.encoders.map((encoder, i): [string, ObservationInput] => [
    encoder.input.stream,
    {
      spec: spec.inputs.find(({ name }) => name === encoder.input.stream)!,
      present: record.present[i] === 1,
      age: 0,
      stamp,
      samples: samplesOf(record, encoder),
    },
  ]);
  return { stamp, inputs: new Map(inputs) };
}

const maximumDifference = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((most, v, i) => Math.max(most, Math.abs(v - b[i])), 0);

const backends: Readonly<Record<string, () => Promise<OnnxBackend>>> = {
  'onnxruntime-node': async () => nodeBackend(),
  'onnxruntime-web': async () => webBackend({ wasm: await wasmBinary() }),
};

/** Where the denormalised actions count from: displacements from the tool's position at the observation, positions from zero. */
function expectedTargets({ action }: Manifest, state: Float64Array, actions: Float32Array | Uint8Array) {
  const columns = action.space === 'ee_delta' ? 3 : action.blocks[0].names.length;
  const { mean, std } = action.space === 'ee_delta' ? action : action.blocks[0];
  const from = action.space === 'ee_delta' ? state : new Float64Array(columns);
  const width = actions.length / action.horizon;
  return Array.from({ length: action.horizon }, (_, k) =>
    Array.from({ length: columns }, (_, i) => {
      const [m, d] = [(mean[k] ?? mean[0])[i], (std[k] ?? std[0])[i]];
      return { value: from[i] + m + d * actions[width * k + i], scale: d };
    }),
  );
}

describe.each(policies)('the policy $name', ({ folder, tolerance, cases, missing }) => {
  describe.each(Object.keys(backends))('on %s', needs(missing), (runtime) => {
    const recorded: { fusion?: Outputs } = {};
    let policy: OnnxPolicy<Manifest>;
    beforeAll(async () => {
      const backend = recordFusion(await backends[runtime](), recorded);
      const loaded = await loadPolicyFromDirectory(folder, { backend });
      if (!(loaded instanceof OnnxPolicy) || isSecondVersion(loaded.manifest)) {
        throw new Error(`${folder}: expected encoders and fusion of the first version`);
      }
      policy = loaded as OnnxPolicy<Manifest>;
    });
    afterAll(() => policy?.close());

    it.each(cases)('agrees with PyTorch: $name', async (record) => {
      policy.reset();
      const chunk = await policy.infer(observationOf(record, policy, 1));
      for (const output of ['actions', 'gates', 'grounding'] as const) {
        const expected = record.expected[output];
        const actual = recorded.fusion![output];
        expect([...actual.dims]).toEqual(expected.shape);
        expect(maximumDifference(actual.data as Float32Array, decode(expected)), output).toBeLessThan(tolerance);
      }
      const joints = policy.manifest.encoders.find(({ name }) => name === 'joints')!;
      const [state] = samplesOf(record, joints) as Float64Array[];
      const targets = expectedTargets(policy.manifest, state, decode(record.expected.actions));
      const row = chunk.blocks.arm.data.length / chunk.horizon;
      for (const [k, target] of targets.entries()) {
        for (const [i, { value, scale }] of target.entries()) {
          expect(Math.abs(chunk.blocks.arm.data[row * k + i] - value)).toBeLessThan(tolerance * scale + 1e-6);
        }
      }
    });
  });

  describe('the words of an instruction', needs(missing), () => {
    it('have the same indices as in training', () => {
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
});
