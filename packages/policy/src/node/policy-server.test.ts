import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ActionChunk,
  type ActionSpec,
  InputError,
  type JointState,
  type Observation,
  type Policy,
  PolicyError,
  type PolicyInputSpec,
} from '@praxis/core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { blocksOf, rowsOf } from '../remote/action-rows.ts';
import { decodeMessage, encodeMessage, type WireRecord } from '../remote/message.ts';
import { NdArray } from '../remote/nd-array.ts';
import { RemotePolicy } from '../remote/remote-policy.ts';
import { ScriptedPolicy } from '../remote/scripted-policy.ts';
import {
  echoPolicy,
  type GraphManifestFile,
  loadFromMemory,
  loadGraphFromMemory,
  observationOf,
  plainMessage,
  tinyPolicy,
} from '../testing/index.ts';
import { nodeBackend } from './backend.ts';
import { openNodeSocket } from './node-socket.ts';
import { PolicyServer, type PolicyServerOptions } from './policy-server.ts';
import { ProcessPolicy } from './process-policy.ts';
import { RecordedPolicy, ReplayPolicy } from './recording.ts';

let files: Map<string, Uint8Array>;
let here: Policy;
const folder = mkdtempSync(join(tmpdir(), 'praxis-serve-'));
const load = () => loadFromMemory(files, nodeBackend());
beforeAll(async () => {
  files = await tinyPolicy();
  here = await load();
});
afterAll(async () => {
  await here.close();
  rmSync(folder, { recursive: true });
});

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of cleanups.splice(0).reverse()) await close();
});

async function listen(options: Partial<PolicyServerOptions> = {}): Promise<PolicyServer> {
  const server = await PolicyServer.listen({ open: load, port: 0, ...options });
  cleanups.push(() => server.close());
  return server;
}

async function connect(server: PolicyServer, token?: string): Promise<RemotePolicy> {
  const policy = await RemotePolicy.open(server.url, { openSocket: openNodeSocket, token });
  cleanups.push(() => policy.close());
  return policy;
}

/** A client that sends what it likes: it collects what it gets. */
async function rawClient(server: PolicyServer, headers: Record<string, string> = {}) {
  const socket = new WebSocket(server.url, { headers });
  const messages: (WireRecord | string)[] = [];
  const closed = new Promise<string>((resolve) => socket.on('close', (code, reason) => resolve(`${code} ${reason}`)));
  socket.on('message', (data: Buffer, isBinary) => messages.push(isBinary ? decodeMessage(data) : data.toString()));
  socket.on('error', () => {});
  const next = async () => {
    const count = messages.length;
    while (messages.length === count && socket.readyState <= socket.OPEN) await new Promise((r) => setTimeout(r, 2));
    return messages[count];
  };
  const metadata = await next();
  cleanups.push(() => socket.terminate());
  return { socket, metadata, closed, next };
}

describe('a served policy', () => {
  it('has the spec and, bit for bit, the actions of the policy in this process', async () => {
    const there = await connect(await listen());
    expect(there.spec).toEqual(here.spec);
    here.reset();
    for (const stamp of [1, 1.1, 1.1, 1.3]) {
      const [mine, theirs] = [
        await here.infer(observationOf(here.spec, stamp)),
        await there.infer(observationOf(here.spec, stamp)),
      ];
      expect(theirs.blocks).toEqual(mine.blocks);
      expect([theirs.stamp, theirs.gates, theirs.grounding]).toEqual([mine.stamp, mine.gates, mine.grounding]);
    }
    expect(there.serverMs).toBeGreaterThan(0);
  });

  it('gives actions in any space, each block bit for bit', async () => {
    const joints = { name: 'arm', space: 'joint_position', names: ['a', 'b'], unit: 'rad', frame: '' } as const;
    const policy: Policy = {
      spec: { name: 'joints', inputs: [], actions: [joints], horizon: 2, actionPeriod: 0.1, inferencePeriod: 0.2 },
      infer: async ({ stamp }) => {
        const data = Float64Array.of(stamp, 1 / 3, -0, 1e-300);
        return { stamp, period: 0.1, horizon: 2, blocks: { arm: { space: 'joint_position', data } }, gates: {} };
      },
      reset() {},
      async close() {},
    };
    const path = join(folder, 'joints.jsonl');
    const there = await connect(await listen({ open: async () => new RecordedPolicy(policy, path) }));
    expect(there.spec).toEqual(policy.spec);
    const observation: Observation = { stamp: 0.7, inputs: new Map() };
    const { blocks } = await policy.infer(observation);
    expect((await there.infer(observation)).blocks).toEqual(blocks);
    const replay = new ReplayPolicy(path);
    expect(replay.spec).toEqual(policy.spec);
    expect((await replay.infer(observation)).blocks.arm.data.map(Math.abs)).toEqual(blocks.arm.data.map(Math.abs));
  });

  it('refuses as its policy does, and gives a client that does not know refusals no actions but an error', async () => {
    const joints = { name: 'arm', space: 'joint_position', names: ['a'], unit: 'rad', frame: '' } as const;
    const block = { space: 'joint_position', data: Float64Array.of(1) } as const;
    let isSeen = false;
    const policy: Policy = {
      spec: { name: 'eyes', inputs: [], actions: [joints], horizon: 1, actionPeriod: 0.1, inferencePeriod: 0.2 },
      infer: async ({ stamp }): Promise<ActionChunk> => {
        const chunk = { stamp, period: 0.1, horizon: 1, gates: { vision: 0.5 } };
        return isSeen ? { ...chunk, blocks: { arm: block } } : { ...chunk, blocks: {}, refused: 'no banana' };
      },
      reset() {},
      async close() {},
    };
    const path = join(folder, 'refused.jsonl');
    const server = await listen({ open: async () => new RecordedPolicy(policy, path) });
    const there = await connect(server);
    const observation: Observation = { stamp: 0.7, inputs: new Map() };
    const refused = await there.infer(observation);
    expect(refused).toEqual(await policy.infer(observation));
    isSeen = true;
    const seen = await there.infer(observation);
    expect(seen).toEqual(await policy.infer(observation));
    isSeen = false;
    const replay = new ReplayPolicy(path);
    expect(await replay.infer(observation)).toEqual({ ...refused, gates: {} });
    expect(await replay.infer(observation)).toEqual({ ...seen, gates: {} });
    await there.close();
    const { socket, next } = await rawClient(server);
    socket.send(encodeMessage({}));
    expect(await next()).toBe('policy eyes refuses: no banana');
  });

  it('takes images of any size, frames of any name and windows that span a time, where its policy does', async () => {
    const camera: PolicyInputSpec = {
      ...{ name: 'images.front', modality: 'vision', dtype: 'uint8', shape: [4, 4, 3], unit: 'rgb8', frame: '' },
      ...{ rateHz: 10, maximumAge: 1, window: 2, spacing: 0.1, open: ['size', 'frame'] },
    };
    const grip: ActionSpec = { name: 'grip', space: 'gripper', names: ['width'], unit: 'm', frame: '' };
    const seen: Observation[] = [];
    const policy: Policy = {
      spec: { name: 'eyes', inputs: [camera], actions: [grip], horizon: 1, actionPeriod: 0.1, inferencePeriod: 0.1 },
      async infer(observation) {
        seen.push(observation);
        const block = { space: 'gripper', data: Float64Array.of(0.01) } as const;
        return { stamp: observation.stamp, period: 0.1, horizon: 1, blocks: { grip: block }, gates: {} };
      },
      reset() {},
      async close() {},
    };
    const there = await connect(await listen({ open: async () => policy }));
    expect(there.spec).toEqual(policy.spec);
    const image = (value: number) => ({ width: 3, height: 2, data: new Uint8Array(18).fill(value) });
    const samples = [image(1), image(2)];
    const observation = observationOf(policy.spec, 1, { 'images.front': { samples } });
    await there.infer(observation);
    expect(seen[0].inputs.get('images.front')?.samples).toEqual(samples);
    const grey = observationOf(policy.spec, 1, {
      'images.front': { samples: [{ ...image(1), data: new Uint8Array(5) }] },
    });
    await expect(there.infer(grey)).rejects.toThrow();
  });

  it('is used from a process of its own, too', async () => {
    const there = await ProcessPolicy.open((await listen()).url);
    cleanups.push(() => there.close());
    here.reset();
    const observation = observationOf(here.spec, 1);
    expect((await there.infer(observation)).blocks).toEqual((await here.infer(observation)).blocks);
  });

  it('takes what is absent, stale or masked as absent, and the reference of a masked pose', async () => {
    const there = await connect(await listen());
    const reference = { state: Float64Array.of(0.4, 0.1, 0.2, 0, 0, 0.3, 0.05, 0), age: 0.01 };
    const absent = { present: false, age: Number.POSITIVE_INFINITY, stamp: Number.NEGATIVE_INFINITY, samples: [] };
    for (const name of ['images.front', 'instruction', 'ee_state']) {
      const observation = { ...observationOf(here.spec, 2, { [name]: absent }), reference };
      expect((await there.infer(observation)).blocks).toEqual((await here.infer(observation)).blocks);
    }
  });

  it('forgets the samples of an episode with the next, whose stamps are the same', async () => {
    const there = await connect(await listen());
    const [first, second] = [observationOf(here.spec, 1), observationOf(here.spec, 1.5)];
    const renamed: Observation = {
      stamp: 1,
      inputs: new Map([...second.inputs].map(([name, each]) => [name, { ...each, stamp: 1 }])),
    };
    await there.infer(first);
    there.reset();
    here.reset();
    expect((await there.infer(renamed)).blocks).toEqual((await here.infer(renamed)).blocks);
  });

  it('does not mix the observations of two clients with the same stamps', async () => {
    const server = await listen();
    const [a, b] = [await connect(server), await connect(server)];
    const [one, two] = [observationOf(here.spec, 1), observationOf(here.spec, 1.5)];
    const other: Observation = {
      stamp: 1,
      inputs: new Map([...two.inputs].map(([name, each]) => [name, { ...each, stamp: 1 }])),
    };
    const [fromA, fromB] = await Promise.all([a.infer(one), b.infer(other)]);
    here.reset();
    expect(fromA.blocks).toEqual((await here.infer(one)).blocks);
    here.reset();
    expect(fromB.blocks).toEqual((await here.infer(other)).blocks);
  });

  it('answers a client that sends values alone', async () => {
    const { metadata, socket, next } = await rawClient(await listen());
    expect((metadata as WireRecord).praxis).toMatchObject({ name: 'tiny', actions: { space: 'ee_pose', horizon: 16 } });
    const observation = observationOf(here.spec, 3);
    socket.send(encodeMessage(plainMessage(here.spec, observation)));
    const answer = (await next()) as WireRecord;
    here.reset();
    expect((answer.actions as NdArray).data).toEqual(rowsOf(await here.infer(observation)));
    expect(answer.server_timing).toMatchObject({ infer_ms: expect.any(Number) });
  });

  it('sends a text for a wrong observation, and goes on', async () => {
    const { socket, next } = await rawClient(await listen());
    const good = plainMessage(here.spec, observationOf(here.spec, 3));
    const { 'images.front': _, ...without } = good;
    for (const [wrong, expected] of [
      [
        without,
        /^observation: no images.front; expected images.front, images.wrist, wrench.contact, prompt, ee_state, got images.wrist/,
      ],
      [
        { ...good, 'images.front': new NdArray([224, 224, 3], new Uint8Array(224 * 224 * 3)) },
        /images.front is an array of shape \[224,224,3\] and dtype \|u1, expected shape \[96,96,3\]/,
      ],
      [
        { ...good, 'images.front': new NdArray([96, 96, 3], new Float32Array(96 * 96 * 3)) },
        /expected shape \[96,96,3\] and dtype \|u1/,
      ],
      [
        { ...good, ee_state: new NdArray([8], new Float64Array(8).fill(Number.NaN)) },
        /ee_state: a sample is not finite/,
      ],
      [{ ...good, prompt: 7 }, /prompt is 7, expected a text/],
      [{ ...good, praxis: { stamp: 'now' } }, /praxis.stamp is the text "now", expected finite seconds/],
      [{ ...good, praxis: { stamp: 1, inputs: { ee_state: [1] } } }, /praxis.inputs.ee_state is a list of 1/],
    ] as const) {
      socket.send(encodeMessage(wrong as WireRecord));
      expect(await next()).toMatch(expected);
    }
    socket.send(Uint8Array.of(0x81, 0xa1));
    expect(await next()).toMatch(/^message of 2 bytes: byte 1 declares/);
    socket.send(encodeMessage(good));
    expect(await next()).toMatchObject({ server_timing: expect.anything() });
  });

  it('ends a connection with text frames, and one with messages that are too large', async () => {
    const server = await listen();
    const text = await rawClient(server);
    text.socket.send('hello');
    expect(await text.closed).toBe('1003 expected binary messages');
    const large = await rawClient(server);
    large.socket.send(new Uint8Array(20 * 2 ** 20));
    expect(await large.closed).toMatch(/^1009/);
    const hasty = await rawClient(server);
    const message = encodeMessage(plainMessage(here.spec, observationOf(here.spec, 3)));
    for (let i = 0; i < 50; i++) hasty.socket.send(message);
    expect(await hasty.closed).toBe('1008 more than 4 observations without an answer');
  });

  it('tells errors of the policy and wrong times', async () => {
    let stamp = 5;
    const broken: Policy = {
      spec: { name: 'broken', inputs: [], horizon: 1, actionPeriod: 0.1, inferencePeriod: 0.1 },
      infer: async () => {
        if (stamp === 5) throw new PolicyError('no weights');
        return { stamp, period: 0.1, horizon: 1, blocks: blocksOf(new Float64Array(8)), gates: {} };
      },
      reset: () => {},
      close: async () => {},
    };
    const there = await connect(await listen({ open: async () => broken }));
    const observation = { stamp: 1, inputs: new Map() };
    await expect(there.infer(observation)).rejects.toThrow('the server reports: no weights');
    stamp = 6;
    await expect(there.infer(observation)).rejects.toThrow("the chunk's stamp is 6 s, expected 1 s");
  });

  it('hands over joint states with their names', async () => {
    const received: Observation[] = [];
    const joints: PolicyInputSpec = {
      name: 'joints',
      modality: 'joints',
      dtype: 'float64',
      shape: [2],
      unit: 'rad',
      frame: '',
      rateHz: 500,
      names: ['a', 'b'],
      window: 2,
      maximumAge: 1,
    };
    const policy: Policy = {
      spec: { name: 'joints', inputs: [joints], horizon: 1, actionPeriod: 0.1, inferencePeriod: 0.1 },
      async infer(observation) {
        received.push(observation);
        return { stamp: observation.stamp, period: 0.1, horizon: 1, blocks: blocksOf(new Float64Array(8)), gates: {} };
      },
      reset: () => {},
      close: async () => {},
    };
    const there = await connect(await listen({ open: async () => policy }));
    const state = (q: number): JointState => ({
      names: ['a', 'b'],
      position: Float64Array.of(q, q + 1),
      velocity: Float64Array.of(0, -q),
      effort: Float64Array.of(q, Number.NaN),
    });
    const samples = [state(0.5), state(0.6)];
    await there.infer({
      stamp: 1,
      inputs: new Map([['joints', { spec: joints, present: true, age: 0.1, stamp: 0.9, samples }]]),
    });
    expect(received[0].inputs.get('joints')).toEqual({ spec: joints, present: true, age: 0.1, stamp: 0.9, samples });
  });

  it('takes images of the size that the client has, stacked, and tells the client that any size and frame will do', async () => {
    const camera: GraphManifestFile['inputs'][number] = {
      ...{ type: 'image', name: 'image', stream: 'images.front', height: 1, width: 1, maximumAge: 1, values: '0..255' },
      transform: [{ type: 'resize', height: 1, width: 1, interpolation: 'area' }],
    };
    const observation = { steps: 2, spacing: 0.1 };
    const graph = { image: ['float32', [1, 2, 3, 1, 1]] } as const;
    const policyFiles = await echoPolicy({ graph, inputs: [camera], manifest: { observation } });
    const own = await loadGraphFromMemory(policyFiles, nodeBackend());
    cleanups.push(() => own.close());
    const there = await connect(await listen({ open: () => loadGraphFromMemory(policyFiles, nodeBackend()) }));
    expect(there.spec).toEqual(own.spec);
    const samples = [10, 20].map((level) => ({ width: 3, height: 2, data: new Uint8Array(18).fill(level) }));
    const [spec] = there.spec.inputs;
    const input = { spec, present: true, age: 0, stamp: 1, samples };
    const { blocks } = await there.infer({ stamp: 1, inputs: new Map([['images.front', input]]) });
    expect([...blocks.echo.data]).toEqual([10, 10, 10, 20, 20, 20]);
    const raw = await rawClient(await listen({ open: () => loadGraphFromMemory(policyFiles, nodeBackend()) }));
    raw.socket.send(encodeMessage({ 'images.front': new NdArray([2, 3], new Uint8Array(6)) }));
    expect(await raw.next()).toMatch(/images\.front is .*, expected shape \[any,any,3\] or \[1 to 2, any,any,3\]/);
  });
});

describe('admission', () => {
  const status = async (server: PolicyServer, headers: Record<string, string>): Promise<string> => {
    const { metadata, closed } = await rawClient(server, headers);
    return metadata === undefined ? closed : 'connected';
  };

  it('with a token is for clients that send it', async () => {
    const notes: string[] = [];
    const server = await listen({ token: 'sesame', onNote: (line) => notes.push(line) });
    expect(await status(server, {})).toMatch(/^1006/);
    expect(await status(server, { authorization: 'Api-Key sesam' })).toMatch(/^1006/);
    expect(await status(server, { authorization: 'Api-Key sesame', origin: 'https://elsewhere.example' })).toBe(
      'connected',
    );
    await expect(connect(server, 'wrong')).rejects.toThrow('refused with 401 Unauthorized');
    expect((await (await connect(server, 'sesame')).infer(observationOf(here.spec, 1))).horizon).toBe(16);
    expect(notes.filter((line) => line.endsWith('refused with 401 Unauthorized'))).toHaveLength(3);
    expect(notes.join()).not.toContain('sesam');
  });

  it('without a token is not for foreign pages', async () => {
    const server = await listen();
    expect(await status(server, { origin: 'https://elsewhere.example' })).toMatch(/^1006/);
    expect(await status(server, { host: 'rebound.example' })).toMatch(/^1006/);
    expect(await status(server, { origin: 'http://localhost:5173' })).toBe('connected');
    // Openpi's client calls 0.0.0.0 unless told otherwise.
    expect(await status(server, { host: '0.0.0.0:8000' })).toBe('connected');
  });

  it('ends at the largest number of clients, and a place becomes free again', async () => {
    const server = await listen({ maximumConnections: 1 });
    const first = await connect(server);
    await expect(connect(server)).rejects.toThrow('refused with 503');
    await first.close();
    while (server.connections > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await connect(server);
  });

  it('on an interface that others reach requires a token', async () => {
    await expect(listen({ host: '0.0.0.0' })).rejects.toThrow(
      'host 0.0.0.0: other machines reach it, expected a token',
    );
    await expect(listen({ host: '0.0.0.0', token: 'two words' })).rejects.toThrow(InputError);
    expect((await listen({ host: '0.0.0.0', token: 'sesame' })).url).toMatch(/^ws:\/\/0\.0\.0\.0:\d+$/);
  });

  it('names a port that is taken', async () => {
    const { url } = await listen();
    await expect(listen({ port: Number(new URL(url).port) })).rejects.toThrow(
      /^127\.0\.0\.1:\d+: cannot be opened \(EADDRINUSE\)$/,
    );
  });

  it('is not needed for /healthz', async () => {
    const address = (await listen({ token: 'sesame' })).url.replace('ws', 'http');
    const health = await fetch(`${address}/healthz`);
    expect([health.status, await health.text()]).toEqual([200, 'OK\n']);
    expect((await fetch(address)).status).toBe(404);
  });
});

const OPENSSL = spawnSync('openssl', ['version']).status === 0;

describe.skipIf(!OPENSSL)('wss://', () => {
  it('has the certificate of the server, and the client refuses one that it does not trust', async () => {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert];
    expect(spawnSync('openssl', [...made, ...name]).status).toBe(0);
    const tls = { key: readFileSync(key), cert: readFileSync(cert) };
    const server = await listen({ tls });
    expect(server.url).toMatch(/^wss:/);
    await expect(connect(server)).rejects.toThrow('self-signed certificate');
    const trusting = new WebSocket(server.url, { ca: tls.cert });
    cleanups.push(() => trusting.terminate());
    const metadata = await new Promise<Buffer>((resolve) => trusting.once('message', resolve));
    expect(decodeMessage(metadata).praxis).toMatchObject({ name: 'tiny' });
  });
});

describe('without a model', () => {
  it('recorded actions are given again, in their order and from the start after a reset', async () => {
    const path = join(folder, 'actions.jsonl');
    const recording = await connect(await listen({ open: async () => new RecordedPolicy(await load(), path) }));
    const observations = [1, 1.1].map((stamp) => observationOf(here.spec, stamp));
    const recorded = [await recording.infer(observations[0]), await recording.infer(observations[1])];
    const replay = await connect(await listen({ open: async () => new ReplayPolicy(path) }));
    expect(replay.spec).toEqual(here.spec);
    for (let episode = 0; episode < 2; episode++) {
      for (const [i, observation] of observations.entries())
        expect((await replay.infer(observation)).blocks).toEqual(recorded[i].blocks);
      await expect(replay.infer(observations[0])).rejects.toThrow('all of its 2 answers were given');
      replay.reset();
    }
  });

  it.each([
    ['nothing', '', 'line 1: is not JSON'],
    ['no spec', '{}\n', 'line 1: inputs is missing'],
    ['no answers', (text: string) => text.split('\n')[0], 'no answers'],
    ['half a line', (text: string) => text.slice(0, -30), 'line 3: is not JSON'],
    [
      'another horizon',
      (text: string) => `${text}{"stamp":1,"actions":[[0,0,0,0,0,0,1,0]]}\n`,
      'line 4: expected a stamp and 16 actions of 8',
    ],
  ])('a recording with %s is refused by its line', (_, content, expected) => {
    const path = join(folder, 'wrong.jsonl');
    const good = readFileSync(join(folder, 'actions.jsonl'), 'utf8');
    writeFileSync(path, typeof content === 'string' ? content : content(good));
    expect(() => new ReplayPolicy(path)).toThrow(expected);
  });

  it('the scripted circle begins and ends at the pose of the first observation', async () => {
    const policy = new ScriptedPolicy();
    const state = Float64Array.of(0.4, 0.1, 0.2, 0, 0, 1, 0.05, 0);
    const observe = (stamp: number) => observationOf(policy.spec, stamp, { ee_state: { samples: [state] } });
    let widest = 0;
    let last = new Float64Array(8);
    for (let i = 0; i < 80; i++) {
      const actions = rowsOf(await policy.infer(observe(0.1 * i)));
      const from = Math.hypot(actions[1] - 0.1, actions[2] - 0.2);
      widest = Math.max(widest, from);
      last = actions.slice(8, 16);
      expect([actions[0], actions[7]]).toEqual([0.4, 0.05]);
    }
    expect(widest).toBeCloseTo(0.04, 4);
    expect(Math.hypot(last[1] - 0.1, last[2] - 0.2)).toBeLessThan(1e-6);
  });
});
