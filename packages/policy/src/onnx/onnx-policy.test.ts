import { checkChunk, POSE_SIZE, PolicyError, quaternion } from '@praxis/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeBackend, wasmBinary } from '../node/index.ts';
import { loadFromMemory, observationOf, type TinyEncoder, tinyEncoders, tinyPolicy } from '../testing/index.ts';
import { webBackend } from '../web/backend.ts';
import type { OnnxPolicy } from './onnx-policy.ts';

const vibration: TinyEncoder = {
  name: 'vibration',
  modality: 'vibration',
  file: 'vibration.onnx',
  input: {
    name: 'signal',
    stream: 'vibration',
    dtype: 'float64',
    shape: [3],
    unit: 'm/s^2',
    frame: 'tool0',
    rateHz: 1000,
    window: 50,
    maximumAge: 0.05,
    processor: { type: 'vector', mean: [0, 0, 9.81], std: [1, 1, 1] },
  },
};

const streams = ['images.front', 'images.wrist', 'wrench.contact', 'instruction', 'ee_state'];

describe('OnnxPolicy', () => {
  let files: Map<string, Uint8Array>;
  let policy: OnnxPolicy;
  beforeAll(async () => {
    files = await tinyPolicy();
    policy = await loadFromMemory(files, nodeBackend());
    return () => policy.close();
  });

  it('declares its inputs and periods from the manifest', () => {
    expect(policy.spec.inputs.map((input) => input.name)).toEqual(streams);
    expect(policy.spec.inputs[2]).toMatchObject({ modality: 'wrench', shape: [6], window: 32, maximumAge: 0.1 });
    expect(policy.spec.inputs[3].maximumAge).toBe(Number.POSITIVE_INFINITY);
    expect(policy.spec).toMatchObject({ horizon: 16, actionPeriod: 0.05, inferencePeriod: 0.1 });
  });

  it('returns absolute poses with unit quaternions near the tool', async () => {
    const state = Float64Array.of(0.4, 0.1, 0.3, 3.1, 0.2, -0.1, 0.05, 0);
    const chunk = await policy.infer(observationOf(policy.spec, 1, { ee_state: { samples: [state] } }));
    expect(chunk).toMatchObject({ stamp: 1, period: 0.05, horizon: 16 });
    const tool = new Float64Array(4);
    quaternion.fromRotationVector(state, tool, 3);
    for (let k = 0; k < 16; k++) {
      const row = chunk.blocks.arm.data.subarray(k * POSE_SIZE, (k + 1) * POSE_SIZE);
      for (let i = 0; i < 3; i++) expect(Math.abs(row[i] - state[i])).toBeLessThan(0.3);
      expect(Math.hypot(...row.subarray(3, 7))).toBeCloseTo(1, 12);
      const dot = row[3] * tool[0] + row[4] * tool[1] + row[5] * tool[2] + row[6] * tool[3];
      expect(Math.abs(dot)).toBeGreaterThan(0.9);
    }
  });

  it('gives actions in any space, as blocks of its spec', async () => {
    const manifest = JSON.parse(new TextDecoder().decode(files.get('manifest.json')));
    const { period, horizon, inferencePeriod } = manifest.action;
    const joints = ['j1', 'j2', 'j3', 'j4', 'j5', 'j6'];
    const blocks = [
      {
        name: 'arm',
        space: 'joint_velocity',
        names: joints,
        unit: 'rad/s',
        mean: [joints.map(() => 0)],
        std: [joints.map(() => 0.1)],
      },
      { name: 'grip', space: 'gripper', names: ['opening'], unit: '1', mean: [[0.5]], std: [[0.1]] },
    ];
    manifest.action = { space: 'blocks', period, horizon, inferencePeriod, blocks };
    const text = new TextEncoder().encode(JSON.stringify(manifest));
    const own = await loadFromMemory(new Map([...files, ['manifest.json', text]]), nodeBackend());
    expect(own.spec.actions?.map(({ name, space }) => [name, space])).toEqual([
      ['arm', 'joint_velocity'],
      ['grip', 'gripper'],
    ]);
    const chunk = await own.infer(observationOf(own.spec, 1));
    expect(() => checkChunk(own.spec, chunk)).not.toThrow();
    policy.reset();
    // The same graph in displacements: both reverse the normalisation of the same numbers.
    const other = await policy.infer(observationOf(policy.spec, 1));
    const { mean, std } = JSON.parse(new TextDecoder().decode(files.get('manifest.json'))).action;
    for (let k = 0; k < horizon; k++) {
      const normalised = (other.blocks.gripper.data[k] - mean[k][6]) / std[k][6];
      expect(chunk.blocks.grip.data[k]).toBeCloseTo(0.5 + 0.1 * normalised, 5);
    }
    await own.close();
  });

  it('runs an encoder only when its sample is new', async () => {
    const own = await loadFromMemory(files, nodeBackend());
    const first = await own.infer(observationOf(own.spec, 1));
    const same = await own.infer(observationOf(own.spec, 1));
    expect(same.blocks).toEqual(first.blocks);
    expect(own.counters.front).toEqual({ runs: 1, reused: 1, absent: 0 });
    const later = observationOf(own.spec, 2, { instruction: { stamp: 1, samples: ['Lift the red block'] } });
    await own.infer(later);
    expect(own.counters.front.runs).toBe(2);
    expect(own.counters.language).toEqual({ runs: 1, reused: 2, absent: 0 });
    own.reset();
    await own.infer(later);
    expect(own.counters.language.runs).toBe(2);
    await own.close();
  });

  it('returns the same chunk with cached tokens as without', async () => {
    const instruction = { instruction: { stamp: 1, samples: ['lift the blue block'] } };
    policy.reset();
    await policy.infer(observationOf(policy.spec, 1, instruction));
    const cached = await policy.infer(observationOf(policy.spec, 2, instruction));
    policy.reset();
    const fresh = await policy.infer(observationOf(policy.spec, 2, instruction));
    expect(cached.blocks).toEqual(fresh.blocks);
  });

  it('ignores the samples of absent inputs', async () => {
    const masked = { present: false };
    const blank = { width: 96, height: 96, data: new Uint8Array(96 * 96 * 3) };
    const a = await policy.infer(observationOf(policy.spec, 3, { 'images.front': masked, 'images.wrist': masked }));
    const other = { present: false, samples: [blank] };
    const b = await policy.infer(observationOf(policy.spec, 3, { 'images.front': other, 'images.wrist': other }));
    expect(a.blocks).toEqual(b.blocks);
    expect(a.gates.vision).toBe(0);
    const seeing = await policy.infer(observationOf(policy.spec, 3));
    expect(seeing.blocks).not.toEqual(a.blocks);
    expect(seeing.gates.vision).toBeGreaterThan(0);
  });

  it('uses the pose of the tool also when the joints are masked, and refuses an observation without it', async () => {
    const masked = await policy.infer(observationOf(policy.spec, 1, { ee_state: { present: false } }));
    expect(masked.gates.joints).toBe(0);
    const none = observationOf(policy.spec, 1, { ee_state: { present: false, samples: [], age: Infinity } });
    await expect(policy.infer(none)).rejects.toThrow('ee_state is undefined, expected a Float64Array of 8');
    const stale = observationOf(policy.spec, 1, { ee_state: { present: false, age: 0.5 } });
    await expect(policy.infer(stale)).rejects.toThrow('ee_state is 0.5 s old, expected at most 0.1 s');
  });

  it('returns gates by instance and, as the mean over the present ones, by modality', async () => {
    const { gates, instanceGates } = await policy.infer(observationOf(policy.spec, 4));
    expect(gates.vision).toBeCloseTo((instanceGates.front + instanceGates.wrist) / 2, 12);
    const one = await policy.infer(observationOf(policy.spec, 4, { 'images.front': { present: false } }));
    expect(one.instanceGates.front).toBe(0);
    expect(one.gates.vision).toBe(one.instanceGates.wrist);
  });

  it('returns a grounded position for each camera', async () => {
    const { grounding } = await policy.infer(observationOf(policy.spec, 4));
    expect(Object.keys(grounding!)).toEqual(['front', 'wrist']);
    expect(grounding!.wrist.x).toBeGreaterThan(0);
  });

  it('refuses inputs and outputs that are not finite', async () => {
    const samples = [Float64Array.of(0, 0, 0, 0, Number.NaN, 0)];
    const wrench = observationOf(policy.spec, 1.5, { 'wrench.contact': { samples } });
    await expect(policy.infer(wrench)).rejects.toThrow(
      'encoder wrench, input wrench, stream wrench.contact: element 4 is NaN, expected finite',
    );
    const wild = await loadFromMemory(await tinyPolicy({ gain: 1e39 }), nodeBackend());
    // The loop checks the actions, as it does for every policy.
    await expect(wild.infer(observationOf(wild.spec, 1)).then((chunk) => checkChunk(wild.spec, chunk))).rejects.toThrow(
      /^policy tiny, chunk, block arm: row 0, \w+ is (NaN|-?Inf)/,
    );
    await wild.close();
  });

  it('names the input that is missing or has the wrong type', async () => {
    const observation = observationOf(policy.spec, 1);
    const inputs = new Map(observation.inputs);
    inputs.delete('instruction');
    await expect(policy.infer({ stamp: 1, inputs })).rejects.toThrow(
      'encoder language, input tokens: the observation has no stream instruction',
    );
    const small = { width: 2, height: 2, data: new Uint8Array(12) };
    await expect(
      policy.infer(observationOf(policy.spec, 1.25, { 'images.front': { samples: [small] } })),
    ).rejects.toThrow('encoder front, input image: an image is 2 x 2, expected 96 x 96');
  });

  it('accepts one inference at a time and none after close', async () => {
    const own = await loadFromMemory(files, nodeBackend());
    const running = own.infer(observationOf(own.spec, 1));
    await expect(own.infer(observationOf(own.spec, 1))).rejects.toThrow(PolicyError);
    const closing = own.close();
    await expect(running).resolves.toMatchObject({ stamp: 1 });
    await closing;
    await expect(own.infer(observationOf(own.spec, 1))).rejects.toThrow('infer was called after close');
  });

  it('reports the duration of each part', async () => {
    await policy.infer(observationOf(policy.spec, 9));
    expect(Object.keys(policy.timings)).toEqual(['front', 'wrist', 'wrench', 'language', 'joints', 'fusion', 'total']);
    expect(policy.timings.total).toBeGreaterThanOrEqual(policy.timings.fusion);
  });

  it('accepts a modality that the package does not name', async () => {
    const own = await loadFromMemory(await tinyPolicy({ encoders: [...tinyEncoders, vibration] }), nodeBackend());
    expect(own.spec.inputs.at(-1)).toMatchObject({ name: 'vibration', modality: 'vibration', window: 50 });
    const shaken = await own.infer(observationOf(own.spec, 1));
    const still = await own.infer(observationOf(own.spec, 1, { vibration: { present: false } }));
    expect(shaken.gates.vibration).toBeGreaterThan(0);
    expect(still.gates.vibration).toBe(0);
    expect(shaken.blocks).not.toEqual(still.blocks);
    await own.close();
  });

  it('agrees with the WebAssembly runtime', async () => {
    const web = await loadFromMemory(files, webBackend({ wasm: await wasmBinary() }));
    for (const stamp of [1, 2]) {
      const [a, b] = [
        await policy.infer(observationOf(policy.spec, stamp)),
        await web.infer(observationOf(web.spec, stamp)),
      ];
      for (const name of ['arm', 'gripper']) {
        const [one, other] = [a.blocks[name].data, b.blocks[name].data];
        for (const [i, value] of one.entries()) expect(Math.abs(value - other[i])).toBeLessThan(1e-6);
      }
      for (const name of Object.keys(a.instanceGates)) {
        expect(b.instanceGates[name]).toBeCloseTo(a.instanceGates[name], 5);
      }
    }
    await web.close();
  });
});
