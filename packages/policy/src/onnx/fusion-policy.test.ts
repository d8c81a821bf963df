import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ActionChunk, POSE_SIZE, PolicyError, quaternion, toAbsolute } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { parseEncoderManifest } from '../manifest/manifest.ts';
import { nodeBackend } from '../node/index.ts';
import {
  editManifest,
  type FusionManifestFile,
  loadFromMemory,
  loadFusionFromMemory,
  OnnxGraph,
  observationOf,
  secondVersionOf,
  tinyPolicy,
} from '../testing/index.ts';
import { sha256 } from './files.ts';
import type { OnnxPolicy } from './onnx-policy.ts';

const shipped = fileURLToPath(new URL('../../../../models/default', import.meta.url));

const text = (json: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(json));

/** The files of a policy of the first version with a manifest of the second. */
function converted(files: ReadonlyMap<string, Uint8Array>): Map<string, Uint8Array> {
  const first = parseEncoderManifest(JSON.parse(new TextDecoder().decode(files.get('manifest.json'))), 'first');
  return new Map(files).set('manifest.json', text(secondVersionOf(first)));
}

/** The blocks as the control loop makes them absolute, from the pose of the tool in `ee_state`. */
function absoluteBlocks(policy: OnnxPolicy, { blocks, horizon }: ActionChunk, state: Float64Array) {
  const tool = new Float64Array(POSE_SIZE);
  tool.set(state.subarray(0, 3));
  quaternion.fromRotationVector(state, tool, 3, 3);
  const { actions = [] } = policy.spec;
  return Object.fromEntries(
    actions.map((spec) => [spec.name, toAbsolute(spec, blocks[spec.name], horizon, tool)] as const),
  );
}

describe('a policy of encoders and fusion of the second version', () => {
  it('gives the actions, gates and places of the shipped policy bit for bit', async () => {
    const files = new Map<string, Uint8Array>();
    const manifest = await readFile(join(shipped, 'manifest.json'));
    const { sha256: digests } = parseEncoderManifest(JSON.parse(manifest.toString()), 'shipped');
    files.set('manifest.json', manifest);
    for (const file of Object.keys(digests)) files.set(file, await readFile(join(shipped, file)));
    const first = await loadFromMemory(files, nodeBackend());
    const second = await loadFusionFromMemory(converted(files), nodeBackend());
    expect(second.spec.inputs.map(({ name, modality, window }) => [name, modality, window])).toEqual(
      first.spec.inputs.map(({ name, modality, window }) => [name, modality, window]),
    );
    for (const [stamp, masked] of [[1], [1.5], [2, 'images.wrist'], [2.5, 'instruction']] as const) {
      const changes = masked === undefined ? {} : { [masked]: { present: false, samples: [] } };
      const observation = observationOf(first.spec, stamp, changes);
      const state = observation.inputs.get('ee_state')!.samples[0] as Float64Array;
      const [one, other] = [await first.infer(observation), await second.infer(observation)];
      expect(absoluteBlocks(second, other, state)).toEqual(one.blocks);
      expect(other.gates).toEqual(one.gates);
      expect(other.instanceGates).toEqual(one.instanceGates);
      expect(other.grounding).toEqual(one.grounding);
    }
    await first.close();
    await second.close();
  });

  it('runs an encoder only when a sample is new', async () => {
    const policy = await loadFusionFromMemory(converted(await tinyPolicy()), nodeBackend());
    await policy.infer(observationOf(policy.spec, 1));
    await policy.infer(observationOf(policy.spec, 2, { instruction: { stamp: 1, samples: ['lift it'] } }));
    expect(policy.counters.front).toEqual({ runs: 2, reused: 0, absent: 0 });
    expect(policy.counters.language).toEqual({ runs: 1, reused: 1, absent: 0 });
    policy.reset();
    const blind = observationOf(policy.spec, 2, { instruction: { stamp: 1 }, 'images.front': { present: false } });
    const { gates } = await policy.infer(blind);
    expect(policy.counters.language.runs).toBe(2);
    expect(policy.counters.front.absent).toBe(1);
    expect(gates.language).toBeGreaterThan(0);
    await policy.close();
  });

  it('gives no actions without an encoder that it cannot do without', async () => {
    const files = editManifest<FusionManifestFile>(converted(await tinyPolicy()), ({ encoders }) => {
      encoders[0].absent = 'refuse';
    });
    const policy = await loadFusionFromMemory(files, nodeBackend());
    const blind = observationOf(policy.spec, 1, { 'images.front': { present: false } });
    await expect(policy.infer(blind)).rejects.toThrow(
      'policy tiny, encoder front, input image: images.front is missing, too old or masked',
    );
    await policy.close();
  });
});

/** A policy of one encoder of two inputs in 16 bits, whose fusion names its inputs in its own way and gives what the encoder gets. */
async function ownPolicy(): Promise<Map<string, Uint8Array>> {
  const encoder = new OnnxGraph('arm');
  const inputs = [
    encoder.input('q', 'float16', [1, 2, 2]),
    encoder.node('Cast', [encoder.input('image', 'uint8', [1, 1, 2, 3])], { to: 10 }),
  ].map((each) => encoder.node('Flatten', [each]));
  encoder.output('tokens', [1, 10], encoder.node('Concat', inputs, { axis: 1 }), 'float16');
  const fusion = new OnnxGraph('fusion');
  const tokens = fusion.node('Cast', [fusion.input('memory', 'float16', [1, 10])], { to: 1 });
  const all = fusion.node('Concat', [tokens, fusion.input('mask', 'float32', [1, 1])], { axis: 1 });
  fusion.output('joints', [1, 11], fusion.node('Cast', [all], { to: 10 }), 'float16');
  const files = new Map([
    ['arm.onnx', encoder.bytes()],
    ['fusion.onnx', fusion.bytes()],
  ]);
  const digests = await Promise.all([...files].map(async ([file, bytes]) => [file, await sha256(bytes)] as const));
  const manifest: FusionManifestFile = {
    ...{ manifestVersion: 2, name: 'own', version: '1', sha256: Object.fromEntries(digests) },
    encoders: [
      {
        ...{ name: 'arm', file: 'arm.onnx', outputs: [{ name: 'tokens', shape: [1, 10], dtype: 'float16' }] },
        inputs: [
          {
            ...{ type: 'vector', name: 'q', dtype: 'float16', steps: 2, spacing: 0.1 },
            normalisation: { type: 'quantiles', low: [-90, 0], high: [90, 180], clip: true },
            parts: [{ stream: 'joints', modality: 'body', names: ['elbow', 'wrist'], unit: 'deg', maximumAge: 0.1 }],
          },
          {
            ...{ type: 'image', name: 'image', stream: 'images.front', modality: 'body', height: 1, width: 2 },
            ...{ maximumAge: 0.2, dtype: 'uint8', values: '0..255', axes: ['batch', 'height', 'width', 'channel'] },
            transform: [{ type: 'crop', height: 1, width: 2 }],
          },
        ],
      },
    ],
    fusion: {
      file: 'fusion.onnx',
      inputs: [
        { name: 'memory', from: 'arm.tokens' },
        { name: 'mask', from: 'present' },
      ],
    },
    action: {
      ...{ period: 0.1, horizon: 1, inferencePeriod: 0.1 },
      outputs: [
        {
          ...{ name: 'joints', dtype: 'float16', axes: ['batch', 'element'] },
          blocks: [
            { space: 'joint_position', name: 'arm', names: Array.from({ length: 11 }, (_, i) => `j${i}`), unit: 'rad' },
          ],
        },
      ],
    },
  };
  return files.set('manifest.json', text(manifest));
}

describe('an encoder of several inputs', () => {
  it('gets joints by name in its unit and step by step, and parts of images; the fusion binds by names of its own', async () => {
    const policy = await loadFusionFromMemory(await ownPolicy(), nodeBackend());
    const joints = [0, 0.25].map((turn) => ({
      names: ['elbow', 'wrist'],
      position: Float64Array.of(turn * Math.PI, Math.PI),
      velocity: new Float64Array(2),
    }));
    const image = { width: 4, height: 1, data: Uint8Array.from({ length: 12 }, (_, i) => 10 * i) };
    const observation = observationOf(policy.spec, 1, {
      joints: { samples: joints },
      'images.front': { samples: [image] },
    });
    const { blocks, gates } = await policy.infer(observation);
    // The middle two pixels; 45 degrees are halfway from 0 to 90.
    expect([...blocks.arm.data]).toEqual([0, 1, 0.5, 1, 30, 40, 50, 60, 70, 80, 1]);
    expect(gates).toEqual({});
    const later = observationOf(policy.spec, 2, {
      joints: { samples: joints, stamp: 1 },
      'images.front': { stamp: 1 },
    });
    await policy.infer(later);
    expect(policy.counters.arm).toEqual({ runs: 1, reused: 1, absent: 0 });
    const blind = observationOf(policy.spec, 3, { 'images.front': { present: false, samples: [] } });
    expect([...(await policy.infer(blind)).blocks.arm.data]).toEqual(new Array(11).fill(0));
    await policy.close();
  });

  it.each<[string, (manifest: FusionManifestFile) => unknown, string]>([
    [
      'a token that no encoder has',
      ({ fusion }) => (fusion.inputs[0].from = 'arm.features'),
      'fusion.inputs[0].from is "arm.features", expected each once out of present, arm.tokens',
    ],
    [
      'a fusion that is not told who is there',
      ({ fusion }) => fusion.inputs.pop(),
      'fusion.inputs is ["arm.tokens"], expected an input from \'present\', because encoders may be absent',
    ],
    [
      'two modalities in one encoder',
      ({ encoders }) => ((encoders[0].inputs[1] as { modality: string }).modality = 'vision'),
      'encoders[0].inputs is "vision", expected one modality, body',
    ],
    [
      'an encoder twice',
      ({ encoders }) => encoders.push(encoders[0]),
      'encoders[1].name is "arm", expected a name that no other encoder has',
    ],
    [
      'an input that only one graph can leave out',
      ({ encoders }) => Object.assign(encoders[0].inputs[0], { absent: 'zeros' }),
      'encoders[0].inputs[0].absent is "zeros", expected no such field',
    ],
    [
      'a graph beside encoders',
      (manifest) => Object.assign(manifest, { graph: 'policy.onnx' }),
      'graph is "policy.onnx", expected no such field',
    ],
    [
      'a file without a digest',
      ({ sha256: digests }) => delete digests['arm.onnx'],
      'sha256.arm.onnx is missing, expected the digest of the file',
    ],
    [
      'places without an image',
      ({ encoders, fusion }) => {
        encoders[0].inputs.pop();
        fusion.grounding = 'places';
      },
      'fusion.grounding is "places", expected no such output without an image',
    ],
    [
      'two histories of one stream',
      ({ encoders }) => encoders[0].inputs.push({ ...encoders[0].inputs[0], name: 'p', spacing: 'samples' } as never),
      'encoders[0].inputs[2].parts[0].spacing is "samples", expected 0.1, as in encoders[0].inputs[0].parts[0]',
    ],
    [
      'tokens of another type than the graph has',
      ({ encoders }) => delete encoders[0].outputs[0].dtype,
      'arm.onnx, encoder arm: output tokens is float16, expected float32',
    ],
    [
      'a fusion with another input',
      ({ fusion }) => (fusion.inputs[1].name = 'present'),
      'fusion.onnx: inputs are memory, mask, expected one with the name present',
    ],
  ])('refuses %s by name', async (_, change, message) => {
    const files = editManifest<FusionManifestFile>(await ownPolicy(), change);
    const error = await loadFusionFromMemory(files, nodeBackend()).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(PolicyError);
    expect((error as Error).message.replace(/^memory\/(manifest\.json: )?/, '')).toBe(message);
  });
});
