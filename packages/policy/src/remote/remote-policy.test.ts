import { setTimeout as sleep } from 'node:timers/promises';
import { ARM_POSE, checkChunk, DEFAULT_ACTIONS, InputError, PolicyError, type PolicySpec } from '@praxis/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { openNodeSocket } from '../node/node-socket.ts';
import { observationOf } from '../testing/index.ts';
import { blocksOf, rowsOf } from './action-rows.ts';
import { decodeMessage, encodeMessage, type WireRecord } from './message.ts';
import { NdArray } from './nd-array.ts';
import { RemotePolicy, type RemotePolicyOptions } from './remote-policy.ts';
import { openBrowserSocket } from './socket.ts';
import { faultServer } from './testing/fault-server.ts';
import { parseWireSpec, wireSpecOf } from './wire-spec.ts';

const SPEC: PolicySpec = {
  name: 'reacher',
  inputs: [
    {
      ...{ name: 'ee_state', modality: 'joints', dtype: 'float64', shape: [8], frame: 'base_link', rateHz: 500 },
      ...{ unit: ['m', 'm', 'm', 'rad', 'rad', 'rad', 'm', 'm/s'], maximumAge: 0.1, window: 1 },
    },
    {
      ...{ name: 'instruction', modality: 'language', dtype: 'string', shape: [], frame: '', rateHz: 0, unit: '1' },
      ...{ maximumAge: Number.POSITIVE_INFINITY, window: 1 },
    },
  ],
  horizon: 2,
  actionPeriod: 0.05,
  inferencePeriod: 0.1,
};
const METADATA = encodeMessage({ praxis: wireSpecOf(SPEC) });
const ROW = [0.4, 0, 0.2, 0, 0, 0, 1, 0.04];
const ACTIONS = new NdArray([2, 8], Float64Array.from([...ROW, ...ROW]));
const GOOD = encodeMessage({ actions: ACTIONS, server_timing: { infer_ms: 1.5 } });

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of cleanups.splice(0).reverse()) await close();
});

type Answer = (client: WebSocket, message: Uint8Array, count: number) => unknown;

/** Serves metadata, then what `answer` sends for each message of all connections. */
async function serve(answer: Answer, port?: number) {
  let count = 0;
  const server = await faultServer((client) => {
    client.send(METADATA);
    client.on('message', (data: Buffer) => answer(client, data, ++count));
  }, port);
  cleanups.push(() => server.close());
  return server;
}

async function open(url: string, options: RemotePolicyOptions = {}): Promise<RemotePolicy> {
  const policy = await RemotePolicy.open(url, { openSocket: openNodeSocket, answerTimeoutS: 0.3, ...options });
  cleanups.push(() => policy.close());
  return policy;
}

const observation = observationOf(SPEC, 1);

/** Infers until it succeeds; what it says meanwhile is returned. */
async function untilAnswered(policy: RemotePolicy): Promise<readonly string[]> {
  const errors: string[] = [];
  for (const end = performance.now() + 4000; performance.now() < end; ) {
    try {
      await policy.infer(observation);
      return errors;
    } catch (error) {
      errors.push((error as Error).message);
      await sleep(20);
    }
  }
  throw new Error(`never answered: ${errors.at(-1)}`);
}

describe('the spec of a served policy', () => {
  it('tells pose and width as programs of openpi know them, and other actions as blocks', () => {
    const joints = { name: 'arm', space: 'joint_position', names: ['a', 'b'], unit: 'rad', frame: '' } as const;
    expect(wireSpecOf({ ...SPEC, actions: [joints] }).actions).toMatchObject({ space: 'blocks', blocks: [joints] });
    expect(wireSpecOf({ ...SPEC, actions: [ARM_POSE] }).actions).toMatchObject({ space: 'blocks' });
    expect(wireSpecOf({ ...SPEC, actions: DEFAULT_ACTIONS })).toEqual(wireSpecOf(SPEC));
    expect(wireSpecOf(SPEC).actions).toMatchObject({ space: 'ee_pose' });
  });
});

describe('a remote policy', () => {
  it('has the spec that the server tells, and gives chunks with the stamp of the observation', async () => {
    const received: WireRecord[] = [];
    const server = await serve((client, message) => {
      received.push(decodeMessage(message));
      client.send(GOOD);
    });
    const policy = await open(server.url);
    expect(policy.spec).toEqual({ ...SPEC, actions: DEFAULT_ACTIONS });
    const chunk = await policy.infer(observation);
    expect(chunk).toEqual({
      stamp: 1,
      period: 0.05,
      horizon: 2,
      blocks: blocksOf(ACTIONS.data as Float64Array),
      gates: {},
    });
    expect(policy.serverMs).toBe(1.5);
    expect(received[0].prompt).toBe('Lift the red block');
    expect(received[0].ee_state).toEqual(
      new NdArray([8], observation.inputs.get('ee_state')?.samples[0] as Float64Array),
    );
  });

  it('sends nothing of an input that is masked or stale', async () => {
    const received: WireRecord[] = [];
    const server = await serve((client, message) => {
      received.push(decodeMessage(message));
      client.send(GOOD);
    });
    const policy = await open(server.url);
    await policy.infer(observationOf(SPEC, 1, { ee_state: { present: false, samples: [] } }));
    expect(Object.keys(received[0])).toEqual(['prompt', 'praxis']);
  });

  it.each<[string, Answer, string]>([
    [
      'actions of another shape',
      (c) => c.send(encodeMessage({ actions: new NdArray([8], Float64Array.from(ROW)) })),
      'actions is an array of shape [8] and dtype <f8, expected an array of shape [2, 8]',
    ],
    [
      'actions of another horizon',
      (c) => c.send(encodeMessage({ actions: new NdArray([1, 8], Float64Array.from(ROW)) })),
      'expected an array of shape [2, 8]',
    ],
    [
      'actions as integers',
      (c) => c.send(encodeMessage({ actions: new NdArray([2, 8], new Int32Array(16)) })),
      'actions has dtype <i4, expected <f4 or <f8',
    ],
    ['no actions', (c) => c.send(encodeMessage({ action: ACTIONS })), 'actions is nothing, expected'],
    [
      'a list of lists',
      (c) => c.send(encodeMessage({ actions: [ROW, ROW] })),
      'actions is a list of 2, expected an array',
    ],
    ['half a message', (c) => c.send(GOOD.subarray(0, 40)), 'declares'],
    ['noise', (c) => c.send(Uint8Array.from({ length: 64 }, (_, i) => (i * 197 + 201) & 255)), 'answer: '],
    ['nothing in a message', (c) => c.send(new Uint8Array(0)), 'answer: message of 0 bytes'],
    [
      'a huge length',
      (c) => c.send(Uint8Array.of(0x81, 0xa1, 0x61, 0xdd, 0xff, 0xff, 0xff, 0xff)),
      'declares 4294967295 more',
    ],
    [
      'objects',
      (c) => c.send(Buffer.from(Buffer.from(GOOD).toString('latin1').replace('<f8', '|O8'), 'latin1')),
      'array of dtype |O8',
    ],
    [
      'a traceback',
      (c) => c.send('Traceback (most recent call last):\n  File "x.py"\nKeyError: \'observation/image\'\n'),
      "the server reports: KeyError: 'observation/image'",
    ],
    ['no answer', () => {}, 'no answer within 0.3 s'],
    ['a lost connection', (c) => c.terminate(), 'the server closed the connection (1006)'],
    ['a fragment and no more', (c) => c.send(GOOD.subarray(0, 40), { fin: false }), 'no answer within 0.3 s'],
  ])('rejects on %s, and works again with the next good answer', async (_, fault, expected) => {
    const server = await serve((client, message, count) =>
      count === 1 ? fault(client, message, count) : client.send(GOOD),
    );
    const policy = await open(server.url);
    const failure = policy.infer(observation);
    await expect(failure).rejects.toThrow(PolicyError);
    await expect(failure).rejects.toThrow(expected);
    await untilAnswered(policy);
  });

  it.each([
    ['numbers that are none', Number.NaN],
    ['infinite numbers', Number.POSITIVE_INFINITY],
    ['quaternions of another length', 0.5],
  ])('hands over %s, which the check of the loop refuses', async (_, value) => {
    const rows = Float64Array.from([...ROW, ...ROW]);
    rows[6] = value;
    const server = await serve((client) => client.send(encodeMessage({ actions: new NdArray([2, 8], rows) })));
    const policy = await open(server.url);
    const chunk = await policy.infer(observation);
    expect(() => checkChunk(policy.spec, chunk)).toThrow(PolicyError);
  });

  it('does not take an answer that is late for the next one', async () => {
    const late = encodeMessage({ actions: new NdArray([2, 8], new Float64Array(16).fill(9)) });
    const server = await serve((client, _, count) => {
      if (count === 1) setTimeout(() => client.readyState === client.OPEN && client.send(late), 400);
      else client.send(GOOD);
    });
    const policy = await open(server.url);
    await expect(policy.infer(observation)).rejects.toThrow('no answer within 0.3 s');
    for (let i = 0; i < 10; i++) {
      const chunk = await policy.infer(observation).catch(() => undefined);
      if (chunk) expect(rowsOf(chunk)).toEqual(ACTIONS.data);
      await sleep(50);
    }
    expect(policy.connections).toBe(2);
  });

  it('refuses a second observation before the answer to the first, whose answer still counts', async () => {
    const server = await serve((client) => setTimeout(() => client.send(GOOD), 50));
    const policy = await open(server.url);
    const first = policy.infer(observation);
    await expect(policy.infer(observation)).rejects.toThrow('the last observation has no answer yet');
    expect((await first).horizon).toBe(2);
  });

  it('gives up a server that talks unasked', async () => {
    const server = await faultServer((client) => {
      client.send(METADATA);
      client.send(GOOD);
    });
    cleanups.push(() => server.close());
    const policy = await open(server.url);
    await sleep(50);
    await expect(policy.infer(observation)).rejects.toThrow('a message that answers no observation');
  });

  it('connects again when the server is back, and tells it that the episode is new', async () => {
    const first = await serve((client) => client.send(GOOD));
    const policy = await open(first.url);
    await policy.infer(observation);
    await first.close();
    await sleep(20);
    await expect(policy.infer(observation)).rejects.toThrow('no connection');
    const episodes: unknown[] = [];
    await serve(
      (client, message) => {
        episodes.push((decodeMessage(message).praxis as WireRecord).episode);
        client.send(GOOD);
      },
      Number(new URL(first.url).port),
    );
    await untilAnswered(policy);
    await policy.infer(observation);
    policy.reset();
    await policy.infer(observation);
    expect(episodes).toEqual(['new', 'same', 'new']);
    expect(policy.connections).toBe(2);
  });

  it('drives nothing with another policy at the same address', async () => {
    const server = await faultServer((client, count) => {
      client.send(count === 1 ? METADATA : encodeMessage({ praxis: wireSpecOf({ ...SPEC, name: 'other' }) }));
      client.on('message', () => client.terminate());
    });
    cleanups.push(() => server.close());
    const policy = await open(server.url);
    const errors: string[] = [];
    for (let i = 0; i < 20; i++) {
      await policy.infer(observation).catch((error: Error) => errors.push(error.message));
      await sleep(20);
    }
    expect(errors.at(-1)).toContain('the server offers another policy than before, expected reacher');
    expect(server.connections).toBe(2);
  });

  it('rejects after close', async () => {
    const server = await serve(() => {});
    const policy = await open(server.url);
    const pending = policy.infer(observation);
    await policy.close();
    await expect(pending).rejects.toThrow('the connection was closed');
    await expect(policy.infer(observation)).rejects.toThrow('the connection was closed');
  });
});

describe('opening a remote policy', () => {
  it.each<[string, (client: WebSocket) => void, string]>([
    ['sends no metadata', () => {}, 'no metadata within 0.3 s'],
    ['sends a text', (c) => c.send('hello'), 'a text in place of metadata: hello'],
    ['sends noise', (c) => c.send(Uint8Array.of(0xc1, 0xc1)), 'no metadata: message'],
    ['hangs up', (c) => c.close(1011, 'out of memory'), 'out of memory'],
    [
      'does not say what it needs',
      (c) => c.send(encodeMessage({ action_horizon: 10 })),
      'its metadata do not say what the policy needs (action_horizon), expected --policy-spec FILE',
    ],
    [
      'says something wrong',
      (c) => c.send(encodeMessage({ praxis: { ...wireSpecOf(SPEC), inputs: 7 } })),
      'metadata: inputs is 7',
    ],
  ])('fails in one line where the server %s', async (_, connected, expected) => {
    const server = await faultServer(connected);
    cleanups.push(() => server.close());
    const failure = open(server.url, { connectTimeoutS: 0.3 });
    await expect(failure).rejects.toThrow(expected);
    await expect(failure).rejects.toThrow(/^ws:[^\n]*$/);
  });

  it('fails at once without a server', async () => {
    await expect(open('ws://127.0.0.1:9')).rejects.toThrow('ECONNREFUSED');
  });

  it('refuses what is no address, and a password in it', async () => {
    await expect(open('ws://')).rejects.toThrow('policy ws://: expected an address such as ws://localhost:8000');
    await expect(open('http://localhost')).rejects.toThrow(InputError);
    await expect(open('ws://user:secret@localhost:1')).rejects.toThrow(/^policy address: it has a user name/);
  });
});

describe('with the WebSocket of a page', () => {
  // The class of `ws` has the properties and events of the browser's.
  beforeEach(() => {
    vi.stubGlobal('WebSocket', WebSocket);
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('infers, and tells a lost connection', async () => {
    const server = await serve((client, _, count) => (count === 1 ? client.send(GOOD) : client.terminate()));
    const policy = await open(server.url, { openSocket: openBrowserSocket });
    expect(rowsOf(await policy.infer(observation))).toEqual(ACTIONS.data);
    await expect(policy.infer(observation)).rejects.toThrow('closed with 1006');
  });

  it('refuses a message that is too large', async () => {
    const { url } = await serve((client) => client.send(GOOD));
    const reason = await new Promise((closed) =>
      openBrowserSocket({ url, authorization: undefined, maximumBytes: 10 }, { message: () => {}, closed }),
    );
    expect(reason).toBe(`a message of ${METADATA.length} bytes, expected at most 10`);
  });

  it('cannot send a token, and says so', async () => {
    const { url } = await serve((client) => client.send(GOOD));
    await expect(open(url, { openSocket: openBrowserSocket, token: 'sesame' })).rejects.toThrow(
      `${url}: a page cannot send a token in a header, expected none`,
    );
  });
});

describe('a server of another make', () => {
  const given = {
    inputs: [
      {
        stream: 'images.front',
        key: ['images', 'cam_high'],
        modality: 'vision',
        dtype: 'uint8',
        shape: [2, 4, 3],
        unit: 'rgb8',
        rateHz: 20,
        resize: [4, 4],
        layout: 'chw',
      },
      { stream: 'instruction', modality: 'language', dtype: 'string', shape: [], unit: '1', rateHz: 0 },
      {
        stream: 'ee_state',
        key: null,
        modality: 'joints',
        dtype: 'float64',
        shape: [8],
        unit: ['m', 'm', 'm', 'rad', 'rad', 'rad', 'm', 'm/s'],
        frame: 'base_link',
        rateHz: 500,
        maximumAge: 0.1,
      },
    ],
    actions: {
      ...{ space: 'ee_delta', horizon: 1, period: 0.1, inferencePeriod: 0.1 },
      names: ['width', null, 'dx', 'dy', 'dz', 'drx', 'dry', 'drz'],
      scale: [0.04, 1, 0.5, 0.5, 0.5, 1, 1, 1],
      offset: [0.04, 0, 0, 0, 0, 0, 0, 0],
    },
  };
  const spec = parseWireSpec(given, 'spec');

  it('gets the keys and images of the file, and its columns are bound by name and counted from the pose', async () => {
    const received: WireRecord[] = [];
    const server = await faultServer((client) => {
      client.send(encodeMessage({}));
      client.on('message', (data: Buffer) => {
        received.push(decodeMessage(data));
        client.send(encodeMessage({ actions: new NdArray([1, 8], Float32Array.of(-1, 99, 0.25, 0, 0, 0, 0, 0)) }));
      });
    });
    cleanups.push(() => server.close());
    const policy = await open(server.url, { spec });
    expect(policy.spec.name).toBe(server.url);
    const state = Float64Array.of(0.4, 0.1, 0.2, 0, 0, 0, 0.04, 0);
    const actions = rowsOf(await policy.infer(observationOf(policy.spec, 1, { ee_state: { samples: [state] } })));
    expect([...actions].map((each) => Number(each.toFixed(6)))).toEqual([0.525, 0.1, 0.2, 0, 0, 0, 1, 0]);
    expect(Object.keys(received[0])).toEqual(['images', 'prompt']);
    const image = (received[0].images as WireRecord).cam_high as NdArray;
    expect(image.shape).toEqual([3, 4, 4]);
    // Black above and below an image of twice the width.
    expect([...image.data.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
    expect(image.data[4]).toBeGreaterThan(0);
  });

  it.each([
    [
      'a column twice',
      { actions: { ...given.actions, names: ['dx', 'dx', 'dy', 'dz', 'drx', 'dry', 'drz', 'width'] } },
      'actions.names lacks dx of ee_delta, or has it twice',
    ],
    [
      'an unknown column',
      { actions: { ...given.actions, names: ['x', ...given.actions.names] } },
      'actions.names has x, expected dx, dy',
    ],
    [
      'factors for other columns',
      { actions: { ...given.actions, scale: [1] } },
      'actions.scale has 1 numbers, expected 8',
    ],
    ['no pose to count from', { inputs: given.inputs.slice(0, 2) }, 'inputs lack ee_state, from which ee_delta counts'],
    ['a stream twice', { inputs: [...given.inputs, given.inputs[0]] }, 'inputs[3].stream is images.front again'],
    ['an unknown space', { actions: { ...given.actions, space: 'ee_teleport' } }, 'actions.space is "ee_teleport"'],
    ['an unknown field', { inputz: [] }, 'inputz'],
  ])('is refused in one line with %s', (_, change, expected) => {
    expect(() => parseWireSpec({ ...given, ...change }, 'my.yaml')).toThrow(expected);
    expect(() => parseWireSpec({ ...given, ...change }, 'my.yaml')).toThrow(/^my.yaml: [^\n]*$/);
  });
});
