import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { evaluate, loadProject, servePolicy } from '@praxis/evaluation';
import type { PolicyServer } from '@praxis/policy/node';
import { loadPolicyFromDirectory } from '@praxis/policy/node';
import { encodeMessage, rowsOf, type WireRecord } from '@praxis/policy/remote';
import { observationOf, plainMessage } from '@praxis/policy/testing';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { needs, SHIPPED_POLICY } from './needs.ts';
import { root } from './run-praxis.ts';

/** Python with `openpi-client` 0.1.2 and `openpi-server` 0.1.0, as this variable names it. */
const PYTHON = process.env.PRAXIS_OPENPI_PYTHON ?? '';
const missing = existsSync(PYTHON)
  ? SHIPPED_POLICY
  : 'no openpi: pip install openpi-client==0.1.2 openpi-server==0.1.0, and set PRAXIS_OPENPI_PYTHON to that Python';

const folder = mkdtempSync(join(tmpdir(), 'praxis-openpi-'));
afterAll(() => rmSync(folder, { recursive: true }));
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of cleanups.splice(0).reverse()) await close();
});

async function serve(token?: string): Promise<PolicyServer> {
  const server = await servePolicy({ project: await loadProject(), port: 0, token });
  cleanups.push(() => server.close());
  return server;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Starts openpi's server with one of the policies of `openpi/server.py`. */
async function openpiServer(...args: readonly string[]): Promise<{ url: string; child: ChildProcess }> {
  const port = await freePort();
  const [kind, ...rest] = args;
  const child = spawn(PYTHON, [join(root, 'test/openpi/server.py'), String(port), kind, ...rest], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  cleanups.push(() => child.kill('SIGKILL'));
  for (;;) {
    const health = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
    if (health?.ok) return { url: `ws://127.0.0.1:${port}`, child };
    if (child.exitCode !== null) throw new Error(`server.py ended with ${child.exitCode}`);
    await sleep(50);
  }
}

/** Messages, each after its length. */
function packed(messages: readonly WireRecord[]): Buffer {
  return Buffer.concat(
    messages.flatMap((message) => {
      const bytes = encodeMessage(message);
      const size = Buffer.alloc(4);
      size.writeUInt32LE(bytes.length);
      return [size, bytes];
    }),
  );
}

const numbers = (values: Float64Array): string =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('hex');

describe("openpi's own client and server", needs(missing), () => {
  it('the client gets the actions of the policy in this process, and errors as texts', {
    timeout: 60_000,
  }, async () => {
    const server = await serve('sesame');
    const here = await loadPolicyFromDirectory(join(root, 'models/default'));
    cleanups.push(() => here.close());
    const observations = [1, 2, 3].map((stamp) => observationOf(here.spec, stamp));
    const messages = observations.map((observation) => plainMessage(here.spec, observation));
    const [asked, answered] = [join(folder, 'messages'), join(folder, 'answers')];
    writeFileSync(asked, packed([...messages, { prompt: 'pick' }]));
    await promisify(execFile)(PYTHON, [join(root, 'test/openpi/client.py'), server.url, 'sesame', asked, answered]);
    const [metadata, ...answers] = readFileSync(answered, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(metadata).toEqual({ metadata: ['praxis', 'server'] });
    for (const [i, observation] of observations.entries()) {
      here.reset();
      expect(answers[i]).toEqual({
        actions: numbers(rowsOf(await here.infer(observation))),
        shape: [16, 8],
        dtype: '<f8',
        keys: ['actions', 'praxis', 'server_timing'],
        infer_ms: expect.any(Number),
      });
    }
    expect(answers[3].error).toContain('observation: no images.front; expected images.front');
  });

  it('an evaluation has the same actions in process, through `serve`, and through both', {
    timeout: 300_000,
  }, async () => {
    const server = await serve();
    const openpi = await openpiServer('proxy', server.url);
    const traces: string[] = [];
    for (const policy of [undefined, server.url, openpi.url]) {
      const report = await evaluate({ policy, tasks: ['pick'], seeds: [2_000_000], workers: 1 });
      expect(report.policy).toBe('default');
      traces.push(report.trace_sha256);
    }
    expect(traces).toEqual([traces[0], traces[0], traces[0]]);
  });

  it('a policy without our metadata runs by a file that names its inputs and actions', {
    timeout: 120_000,
  }, async () => {
    const { url } = await openpiServer('hover');
    const run = { policy: url, tasks: ['pick'], seeds: [2_000_000], workers: 1 };
    await expect(evaluate(run)).rejects.toThrow(
      'its metadata do not say what the policy needs (action_horizon), expected --policy-spec FILE',
    );
    const report = await evaluate({ ...run, policySpec: join(root, 'test/openpi/hover.yaml') });
    expect(report.policy).toBe('hover');
    // It stays where it is to the end: no answer was refused, and nothing stopped it.
    expect(report.tasks[0]).toMatchObject({ episodes: 1, successes: 0 });
    expect(report.tasks[0].policy_errors).toBeUndefined();
    expect([report.safety, report.loop.empty_queue_ticks]).toEqual([{ false_stops: 0, limit_violations: 0 }, 0]);
  });
});
