import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { FoxgloveClient } from '@foxglove/ws-protocol';
import { messageCodec } from '@praxis/wire';
import { FOXGLOVE_SUBPROTOCOLS } from '@praxis/wire/bridge';
import { Topic } from 'roslib';
import { describe, expect, it, onTestFinished } from 'vitest';
import WebSocket from 'ws';
import { eventually } from './live-world.ts';
import { connectRoslib } from './roslib-client.ts';
import { runMain } from './run-main.ts';
import { praxis, root } from './run-praxis.ts';

/** A `praxis` command with a bridge on a free port, what it has printed, and the address of its bridge. */
async function withBridge(args: readonly string[]) {
  const child = spawn(process.execPath, [join(root, 'packages/cli/bin/praxis.mjs'), ...args, '--bridge', '0'], {
    cwd: root,
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const text = { out: '', err: '' };
  child.stdout.on('data', (data) => {
    text.out += data;
  });
  child.stderr.on('data', (data) => {
    text.err += data;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  void ended.then((status) => {
    text.err += `\nended with ${status}`;
  });
  const found = await eventually(() => /ws:\/\/127\.0\.0\.1:\d+|ended with/.exec(text.err)?.[0]);
  expect(found).toMatch(/^ws:/);
  return { child, text, ended, url: found };
}

const EVALUATION = ['eval', '--task', 'pick', '--policy', 'expert', '--episodes', '2', '--json'];

/** What `praxis eval --json` prints, of which this reads a part. */
interface Report {
  readonly trace_sha256: string;
  readonly tasks: readonly { readonly episodes: number }[];
}

describe('praxis eval --bridge', () => {
  it("shows each episode to Foxglove's client, who can change nothing, and ends with the actions of one without it", async () => {
    const { text, ended, url } = await withBridge(EVALUATION);
    const socket = new WebSocket(url, [FOXGLOVE_SUBPROTOCOLS[1]]);
    socket.binaryType = 'arraybuffer';
    const client = new FoxgloveClient({ ws: socket as never });
    const services: string[] = [];
    const statuses: string[] = [];
    const seeds = new Set<unknown>();
    const states: string[] = [];
    const codec = messageCodec('std_msgs/msg/String');
    client.on('advertiseServices', (added) => void services.push(...added.map(({ name }) => name)));
    client.on('status', ({ message }) => void statuses.push(message));
    client.on('error', () => {});
    const subscribed = new Map<number, string>();
    let [wrenches, pictures] = [0, 0];
    client.on('advertise', (channels) => {
      for (const { id, topic } of channels) {
        if (!['/wrench', '/camera_wrist/image_raw/compressed', '/supervisor_node/state'].includes(topic)) continue;
        subscribed.set(client.subscribe(id), topic);
      }
    });
    let asked = Number.POSITIVE_INFINITY;
    client.on('time', ({ timestamp }) => {
      // The clock of an episode starts at 0.
      if (Number(timestamp) < asked) {
        client.getParameters(['/praxis/seed'], 'seed');
        client.setParameters([{ name: '/praxis/instruction', value: 'pick the red cube' }]);
      }
      asked = Number(timestamp);
    });
    client.on('parameterValues', ({ id, parameters }) => {
      if (id === 'seed') seeds.add(parameters[0]?.value);
    });
    client.on('message', ({ subscriptionId, data }) => {
      const topic = subscribed.get(subscriptionId);
      if (topic === '/wrench') wrenches++;
      else if (topic === '/supervisor_node/state') {
        states.push(codec.read(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)).data);
      } else pictures++;
    });
    expect(await ended).toBe(0);
    expect([...seeds]).toEqual([2_000_000, 2_000_001]);
    expect(services).toEqual([]);
    expect(statuses).toContain('parameter /praxis/instruction: read only');
    expect(states).toContain('running');
    expect(wrenches).toBeGreaterThan(100);
    expect(pictures).toBeGreaterThan(10);
    const shown = JSON.parse(text.out) as Report;
    expect(shown.tasks[0].episodes).toBe(2);
    const alone = JSON.parse((await praxis(EVALUATION)).out) as Report;
    expect(shown.trace_sha256).toBe(alone.trace_sha256);
  });

  it('refuses several processes, an interface without a token, and a port that is taken, in one line', async () => {
    const refused = async (...args: string[]) => {
      const { status, err } = await runMain([...EVALUATION, ...args]);
      return [status, err.trim()];
    };
    expect(await refused('--bridge', '0', '--workers', '2')).toEqual([
      2,
      'praxis eval: --bridge: shows the episodes of one process, expected --workers 1, not 2',
    ]);
    expect(await refused('--bridge', '0', '--host', '0.0.0.0')).toEqual([
      2,
      'praxis eval: host 0.0.0.0: other machines reach it, expected a token',
    ]);
    expect(await refused('--token', 'secret')).toEqual([2, 'praxis eval: --token: expected --bridge with it']);
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const [status, line] = await refused('--bridge', String(port));
    expect(status).toBe(2);
    expect(line).toMatch(new RegExp(`^praxis eval: .*${port}.*$`));
  });
});

interface DriveLine {
  readonly line?: string;
  readonly effect?: { readonly kind: string };
  readonly supervisor?: { readonly to: string };
  readonly tool?: { readonly pose: readonly number[] };
  readonly result?: { readonly outcome: string };
}

describe('praxis drive --bridge', () => {
  it('obeys the words of roslib beside those that are typed, and its stop', async () => {
    const { child, text, ended, url } = await withBridge(['drive', '--policy', 'expert', '--task', 'free', '--json']);
    const lines = (): DriveLine[] =>
      text.out
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as DriveLine);
    const { ros, statuses, call } = await connectRoslib(url);
    const services = async () => {
      const all = await new Promise<string[]>((resolve, reject) => ros.getServices(resolve, reject));
      return all.filter((name) => !name.startsWith('/rosapi'));
    };
    // The bridge is there before the arm.
    while ((await services()).length === 0);
    expect(await services()).toEqual([
      '/supervisor_node/start',
      '/supervisor_node/hold',
      '/supervisor_node/stop',
      '/supervisor_node/reset',
    ]);
    const said = new Topic({ ros, name: '/instruction', messageType: 'std_msgs/String' });
    said.publish({ data: '/reset' });
    said.publish({ data: 'left 5 cm' });
    await eventually(() => lines().some(({ result }) => result?.outcome === 'done'));
    expect(statuses.join()).toContain('instruction "/reset": expected a command in words');
    child.stdin.write('up 2 cm\n');
    await eventually(() => lines().filter(({ result }) => result?.outcome === 'done').length === 2);
    expect(await call('/supervisor_node/stop')).toMatchObject({ success: true, message: 'protective_stop' });
    await eventually(() => lines().some(({ supervisor }) => supervisor?.to === 'protective_stop'));
    expect(lines().flatMap(({ line }) => line ?? [])).toEqual(['left 5 cm', 'up 2 cm']);
    child.stdin.end();
    expect(await ended).toBe(0);
    const tools = lines().flatMap(({ tool }) => tool ?? []);
    expect(tools.at(-1)!.pose[1] - tools[0].pose[1]).toBeCloseTo(0.05, 2);
  });
});
