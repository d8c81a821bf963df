import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ActionBlock,
  type CommittedActions,
  type Observation,
  PolicyError,
  type PolicySpec,
  quaternion,
  toAbsolute,
} from '@praxis/core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeBackend, PolicyServer, ProcessPolicy } from '../node/index.ts';
import { openNodeSocket } from '../node/node-socket.ts';
import { RemotePolicy } from '../remote/remote-policy.ts';
import {
  editManifest,
  type FusionManifestFile,
  loadFusionFromMemory,
  OnnxGraph,
  observationOf,
} from '../testing/index.ts';
import { sha256 } from './files.ts';

const ROWS = 3;
const ELEMENTS = 13;
const HORIZON = 4;
/** Row 0 of the output is not used, so that the first committed row has the statistics of row 1. */
const FIRST_ROW = 1;

/** Mean and standard deviation of each element, other ones in each row. */
const mean = Array.from({ length: HORIZON + FIRST_ROW }, (_, k) =>
  Array.from({ length: ELEMENTS }, (_, i) => 0.01 * (k + 1) * (i - 5)),
);
const std = Array.from({ length: HORIZON + FIRST_ROW }, (_, k) =>
  Array.from({ length: ELEMENTS }, (_, i) => (i > 5 && i < 9 ? 1000 : 0.1) * (1 + 0.1 * k)),
);

/**
 * A policy that goes on as it is told: its output is the committed rows, in the rows of the chunk, and its gate is the sum of the mask.
 * The rows that nobody commits to are zeros.
 */
async function echoingPolicy(): Promise<Map<string, Uint8Array>> {
  const encoder = new OnnxGraph('state');
  encoder.output('tokens', [1, 8], encoder.node('Identity', [encoder.input('state', 'float32', [1, 8])]));
  const fusion = new OnnxGraph('fusion');
  const rows = fusion.input('before', 'float32', [1, ROWS, ELEMENTS]);
  const zeros = (count: number) => fusion.constant([1, count, ELEMENTS], new Float32Array(count * ELEMENTS));
  const all = [zeros(FIRST_ROW), rows, zeros(HORIZON - ROWS)];
  fusion.output('actions', [1, HORIZON + FIRST_ROW, ELEMENTS], fusion.node('Concat', all, { axis: 1 }));
  const ones = fusion.constant([ROWS, 1], new Float32Array(ROWS).fill(1));
  const sum = fusion.node('MatMul', [fusion.input('counts', 'float32', [1, ROWS]), ones]);
  const unused = fusion.node('MatMul', [
    fusion.input('state.tokens', 'float32', [1, 8]),
    fusion.constant([8, 1], new Float32Array(8)),
  ]);
  fusion.output('gates', [1, 1], fusion.node('Add', [sum, unused]));
  const files = new Map([
    ['state.onnx', encoder.bytes()],
    ['fusion.onnx', fusion.bytes()],
  ]);
  const digests = await Promise.all([...files].map(async ([file, bytes]) => [file, await sha256(bytes)] as const));
  const axes = ['x', 'y', 'z'];
  const manifest: FusionManifestFile = {
    ...{ manifestVersion: 2, name: 'echoing', version: '1', sha256: Object.fromEntries(digests) },
    encoders: [
      {
        ...{ name: 'state', file: 'state.onnx', absent: 'refuse', outputs: [{ name: 'tokens', shape: [1, 8] }] },
        inputs: [
          {
            ...{ type: 'vector', name: 'state' },
            parts: [
              {
                ...{ stream: 'ee_state', names: ['x', 'y', 'z', 'rx', 'ry', 'rz', 'width', 'width_velocity'] },
                ...{ unit: ['m', 'm', 'm', 'rad', 'rad', 'rad', 'm', 'm/s'], maximumAge: 0.1 },
              },
            ],
          },
        ],
      },
    ],
    fusion: {
      file: 'fusion.onnx',
      inputs: [
        { name: 'state.tokens' },
        { name: 'before', from: 'committed' },
        { name: 'counts', from: 'committed.mask' },
      ],
      committed: { rows: ROWS },
      gates: 'gates',
    },
    action: {
      ...{ period: 0.05, horizon: HORIZON, inferencePeriod: 0.1, firstRow: FIRST_ROW },
      outputs: [
        {
          name: 'actions',
          blocks: [
            {
              ...{ name: 'arm', space: 'ee_delta', names: ['dx', 'dy', 'dz', 'drx', 'dry', 'drz'] },
              unit: ['mm', 'mm', 'mm', 'rad', 'rad', 'rad'],
            },
            { name: 'stiffness', space: 'stiffness', names: axes.map((axis) => `k${axis}`), unit: 'N/m' },
            { name: 'force', space: 'wrench', names: axes.map((axis) => `f${axis}`), unit: 'N' },
            { name: 'gripper', space: 'gripper', names: ['width'], unit: 'mm' },
          ],
          normalisation: { type: 'mean_std', mean, std },
        },
      ],
    },
  };
  return files.set('manifest.json', new TextEncoder().encode(JSON.stringify(manifest)));
}

/** Rows of poses near the tool, stiffness, force and width. */
const arbitrary = fc.record({
  state: fc.array(fc.double({ min: -0.9, max: 0.9, noNaN: true }), { minLength: 8, maxLength: 8 }),
  rows: fc.array(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: ELEMENTS, maxLength: ELEMENTS }), {
    ...{ minLength: 1, maxLength: ROWS },
  }),
  count: fc.integer({ min: 0, max: ROWS }),
});

function poseOf(state: ArrayLike<number>): Float64Array {
  const pose = new Float64Array(7);
  pose.set(Array.from(state).slice(0, 3));
  quaternion.fromRotationVector(state, pose, 3, 3);
  return pose;
}

function committedOf(rows: readonly (readonly number[])[], count: number): CommittedActions {
  const block = (space: ActionBlock['space'], of: (row: readonly number[]) => readonly number[]): ActionBlock => ({
    space,
    data: Float64Array.from(rows.flatMap((row) => [...of(row)])),
  });
  return {
    ...{ rows: rows.length, count: Math.min(count, rows.length) },
    blocks: {
      arm: block('ee_pose', (row) => [...poseOf(row)]),
      stiffness: block('stiffness', (row) => row.slice(6, 9).map((value) => 8000 * value)),
      force: block('wrench', (row) => row.slice(9, 12).map((value) => 20 * value - 10)),
      gripper: block('gripper', (row) => [0.08 * row[12]]),
    },
  };
}

function observed(
  spec: PolicySpec,
  stamp: number,
  state: ArrayLike<number>,
  committed?: CommittedActions,
): Observation {
  const reference = { state: Float64Array.from(state), age: 0 };
  return { ...observationOf(spec, stamp), reference, ...(committed && { committed }) };
}

const STATE = [0.4, 0, 0.2, 0, 0.1, 0, 0.04, 0];
const EXAMPLE = committedOf(
  [0.1, 0.5].map((value) => Array<number>(ELEMENTS).fill(value)),
  2,
);

describe('a fusion that gets the committed actions', () => {
  it('has them in its own terms: as its actions they are the same again, and only the rows that count', async () => {
    const policy = await loadFusionFromMemory(await echoingPolicy(), nodeBackend());
    expect(policy.spec.committedRows).toBe(ROWS);
    let stamp = 0;
    await fc.assert(
      fc.asyncProperty(arbitrary, async ({ state, rows, count }) => {
        const committed = committedOf(rows, count);
        const chunk = await policy.infer(observed(policy.spec, ++stamp, state, committed));
        expect(chunk.gates.joints).toBe(committed.count);
        for (const spec of policy.spec.actions ?? []) {
          const { data } = toAbsolute(spec, chunk.blocks[spec.name], HORIZON, poseOf(state));
          const wanted = committed.blocks[spec.name].data;
          const size = wanted.length / committed.rows;
          const scale = spec.name === 'stiffness' ? 8000 : spec.name === 'force' ? 10 : 1;
          for (let i = 0; i < committed.count * size; i++) {
            // Two quaternions of opposite signs are one rotation.
            const k = Math.floor(i / size) * size;
            const sign = size === 7 && i % 7 > 2 && dot(data, wanted, k + 3) < 0 ? -1 : 1;
            expect(Math.abs(sign * data[i] - wanted[i])).toBeLessThan(2e-6 * scale);
          }
        }
        // A zero of the network is the mean of its row.
        const free = chunk.blocks.gripper.data.subarray(committed.count);
        for (const [i, width] of free.entries())
          expect(width).toBeCloseTo(mean[FIRST_ROW + committed.count + i][12] / 1000, 12);
      }),
      { numRuns: 60 },
    );
    await policy.close();
  });

  it('gets zeros where an observation has none, and says what it misses', async () => {
    const policy = await loadFusionFromMemory(await echoingPolicy(), nodeBackend());
    const [first] = [await policy.infer(observed(policy.spec, 1, STATE, EXAMPLE))];
    expect(first.gates.joints).toBe(2);
    const none = await policy.infer(observed(policy.spec, 2, STATE));
    expect(none.gates.joints).toBe(0);
    expect(none.blocks.gripper.data[0]).toBeCloseTo(mean[FIRST_ROW][12] / 1000, 12);
    const { reference: _, ...without } = observed(policy.spec, 3, STATE, EXAMPLE);
    await expect(policy.infer(without)).rejects.toThrow('committed actions: no ee_state, from which they count');
    const { gripper: __, ...blocks } = EXAMPLE.blocks;
    await expect(policy.infer(observed(policy.spec, 4, STATE, { ...EXAMPLE, blocks }))).rejects.toThrow(
      'committed actions: block gripper is missing',
    );
    await policy.close();
  });

  type Change = (manifest: FusionManifestFile) => unknown;
  it.each<[string, Change, string]>([
    [
      'rows beyond the horizon',
      ({ fusion }) => (fusion.committed = { rows: 5 }),
      'fusion.committed.rows is 5, expected at most the horizon, 4',
    ],
    [
      'an input from them without the field',
      ({ fusion }) => delete fusion.committed,
      'fusion.inputs[1].from is "committed", expected each once out of present, state.tokens',
    ],
    [
      'no mask',
      ({ fusion }) => fusion.inputs.pop(),
      'fusion.inputs is ["state.tokens","committed"], expected an input from \'committed.mask\', because of fusion.committed',
    ],
    [
      'an encoder of that name',
      ({ encoders, fusion }) => {
        encoders[0].name = 'committed';
        fusion.inputs[0].name = 'committed.tokens';
      },
      'encoders[0].name is "committed", expected another name than committed, which fusion.committed has',
    ],
    [
      'two outputs',
      ({ action }) =>
        action.outputs.push({
          name: 'more',
          blocks: [{ name: 'base', space: 'base_twist', names: ['vx'], unit: 'm/s' }],
        }),
      'action.outputs is ["actions","more"], expected one output, because of fusion.committed',
    ],
    [
      'other axes',
      ({ action }) => (action.outputs[0].axes = ['step', 'batch', 'element']),
      'action.outputs[0].axes is ["step","batch","element"], expected batch, step, element, because of fusion.committed',
    ],
    [
      'limits on normalised numbers',
      ({ action }) => (action.outputs[0].normalisation = { type: 'min_max', min: [0], max: [1], clip: true }),
      'action.outputs[0].normalisation.clip is true, expected no limit, because of fusion.committed',
    ],
    [
      'a line between the numbers',
      ({ action }) => Object.assign(action.outputs[0].blocks[3], { map: { from: [0, 1], to: [0, 80] } }),
      'action.outputs[0].blocks[3].map is {"from":[0,1],"to":[0,80]}, expected none, because of fusion.committed',
    ],
    [
      'numbers that drive nothing',
      ({ action }) => (action.outputs[0].blocks[3] = { space: 'unused', size: 1 }),
      'action.outputs[0].blocks[3].space is "unused", expected an action, because of fusion.committed',
    ],
    [
      'displacements from the row before',
      ({ action }) => Object.assign(action.outputs[0].blocks[0], { reference: 'previous' }),
      'action.outputs[0].blocks[0].reference is "previous", expected absolute, or observation for ee_delta, because of fusion.committed',
    ],
    [
      'displacements of another arm',
      ({ action }) => Object.assign(action.outputs[0].blocks[0], { group: 'left' }),
      'action.outputs[0].blocks[0].group is "left", expected none, the main arm, because of fusion.committed',
    ],
    [
      'displacements without the state of the tool',
      ({ encoders }) => Object.assign((encoders[0].inputs[0] as { parts: object[] }).parts[0], { stream: 'tool' }),
      'action.outputs[0].blocks[0].space is "ee_delta", expected an input from ee_state beside it, because of fusion.committed',
    ],
  ])('refuses %s by name', async (_, change, message) => {
    const files = editManifest<FusionManifestFile>(await echoingPolicy(), change);
    const error = await loadFusionFromMemory(files, nodeBackend()).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(PolicyError);
    expect((error as Error).message.replace(/^memory\/manifest\.json: /, '')).toBe(message);
  });

  it('refuses a graph of other shapes', async () => {
    const files = editManifest<FusionManifestFile>(await echoingPolicy(), ({ fusion }) => {
      fusion.committed = { rows: 2 };
    });
    await expect(loadFusionFromMemory(files, nodeBackend())).rejects.toThrow(
      'fusion.onnx: input before has shape [1,3,13], expected [1,2,13]',
    );
  });
});

const dot = (a: Float64Array, b: Float64Array, at: number): number =>
  [0, 1, 2, 3].reduce((sum, i) => sum + a[at + i] * b[at + i], 0);

describe('the committed actions of a policy elsewhere', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'praxis-committed-'));
    for (const [file, bytes] of await echoingPolicy()) await writeFile(join(folder, file), bytes);
  });
  afterAll(() => rm(folder, { recursive: true }));

  const load = async () => loadFusionFromMemory(await echoingPolicy(), nodeBackend());

  it('are those that it has in this process: in a process of its own, and behind a server', async () => {
    const [here, there] = [await load(), await ProcessPolicy.open(folder)];
    const server = await PolicyServer.listen({ open: load, port: 0 });
    const remote = await RemotePolicy.open(server.url, { openSocket: openNodeSocket });
    try {
      expect([there.spec.committedRows, remote.spec.committedRows]).toEqual([ROWS, ROWS]);
      for (const [stamp, committed] of [[1, EXAMPLE], [2], [3, { ...EXAMPLE, count: 1 }]] as const) {
        const observation = observed(here.spec, stamp, STATE, committed);
        const wanted = await here.infer(observation);
        expect(wanted.gates.joints).toBe(committed?.count ?? 0);
        for (const policy of [there, remote]) {
          const { blocks, gates } = await policy.infer(observation);
          expect(blocks).toEqual(wanted.blocks);
          expect(gates).toEqual(wanted.gates);
        }
      }
    } finally {
      await Promise.all([here.close(), there.close(), remote.close(), server.close()]);
    }
  });

  it.each<[string, object, string]>([
    ['count', { count: 3 }, 'committed.count is 3, expected a whole number from 0 to 2'],
    [
      'rows',
      committedOf(Array(4).fill(Array<number>(ELEMENTS).fill(0.5)), 2),
      'committed.blocks.arm is an array of shape [4,7] and dtype <f8, expected 1 to 3 rows of 7 finite numbers',
    ],
    [
      'numbers',
      { blocks: { ...EXAMPLE.blocks, gripper: { space: 'gripper', data: Float64Array.of(0.1, Number.NaN) } } },
      'committed.blocks.gripper is an array of shape [2,1] and dtype <f8, expected 2 rows of 1 finite numbers',
    ],
  ])('are refused by a server where their %s differ from the spec', async (_, change, message) => {
    const server = await PolicyServer.listen({ open: load, port: 0 });
    const remote = await RemotePolicy.open(server.url, { openSocket: openNodeSocket });
    try {
      const observation = observed(remote.spec, 1, STATE, { ...EXAMPLE, ...change });
      await expect(remote.infer(observation)).rejects.toThrow(message);
    } finally {
      await remote.close();
      await server.close();
    }
  });
});
