import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ControlLoop, type JointState, type LoopEvent } from '@praxis/core';
import { moduleUrls } from '@praxis/evaluation';
import { RecedingHorizon } from '@praxis/policy';
import { openRemotePolicy } from '@praxis/policy/node';
import { encodeMessage, NdArray } from '@praxis/policy/remote';
import type { SafetyEvent } from '@praxis/safety';
import { armModel, SIM_LOOP, SIM_SAFETY } from '@praxis/sim';
import { armUrdf, IsolatedRobot } from '@praxis/sim/node';
import { afterEach, describe, expect, it } from 'vitest';
import { failingServer } from './failing-server.ts';
import { needs, SHIPPED_POLICY } from './needs.ts';
import { runMain } from './run-main.ts';
import { praxis, root } from './run-praxis.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of cleanups.splice(0).reverse()) await close();
});

/** Runs `praxis serve` and waits for its address. */
async function serve(...args: readonly string[]): Promise<{ url: string; child: ChildProcess }> {
  const bin = join(root, 'packages/cli/bin/praxis.mjs');
  const child = spawn(process.execPath, [bin, 'serve', '--port', '0', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  cleanups.push(() => child.kill('SIGKILL'));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (data) => resolve(String(data).trim()));
    child.once('exit', (status) => reject(new Error(`praxis serve ended with ${status}`)));
  });
  return { url, child };
}

const urdf = armUrdf();
const { kinematics, tool } = armModel(urdf);
const modules = moduleUrls({ config: undefined });

/** The arm in its thread with its supervisor, in real time, driven by the policy of a server. */
async function drive(url: string) {
  const robot = await IsolatedRobot.open({
    task: 'pick',
    modules,
    seed: 2_000_000,
    urdf,
    wordings: 'report',
    safety: SIM_SAFETY,
  });
  cleanups.push(() => robot.stop());
  const policy = await openRemotePolicy(url);
  cleanups.push(() => policy.close());
  const scheduler = new RecedingHorizon();
  const loop = new ControlLoop({
    robot,
    policy,
    kinematics,
    tool,
    scheduler,
    inference: { kind: 'measured' },
    ...SIM_LOOP,
  });
  cleanups.push(() => loop.stop());
  robot.periods$.subscribe(() => {
    loop.tick();
    robot.beat('loop');
    robot.reportQueue(loop.queue);
  });
  const stops: SafetyEvent[] = [];
  robot.events$.subscribe((event) => event.to === 'hold' && stops.push(event));
  const events: LoopEvent[] = [];
  loop.events$.subscribe((event) => events.push(event));
  loop.start();
  await robot.start();
  robot.setInstruction(robot.instruction);
  return { robot, loop, policy, stops, events };
}

const messagesOf = (events: readonly LoopEvent[]): string =>
  events.flatMap((event) => (event.kind === 'policy_error' ? [event.data.message] : [])).join('\n');

/**
 * Time from the end of the actions to the supervisor's hold (ms). They end when what is left is dropped, at a failure or because its
 * observation is too old, or with the last action of the last chunk.
 */
function delayMs([hold]: readonly SafetyEvent[], events: readonly LoopEvent[], { lastChunk }: ControlLoop): number {
  const dropped = events.find(({ kind }) => kind === 'policy_error' || kind === 'stale_chunk')?.time;
  const last = lastChunk ? lastChunk.stamp + lastChunk.horizon * lastChunk.period : Number.NaN;
  const delay = 1000 * (hold.time - Math.min(dropped ?? last, last));
  console.log(`hold ${delay.toFixed(1)} ms after the end of the actions`);
  return delay;
}

describe('the server of a policy', { retry: 2, ...needs(SHIPPED_POLICY) }, () => {
  it.each([
    ['is killed', 'SIGKILL', 'the server closed the connection'],
    ['stalls', 'SIGSTOP', 'no answer within 0.8 s'],
  ] as const)(
    '%s: the arm holds within 50 ms of the end of its actions, and moves no more',
    async (_, signal, message) => {
      const { url, child } = await serve();
      const { robot, loop, stops, events } = await drive(url);
      while (loop.stats.chunks < 8) await sleep(10);
      expect(robot.state().state).toBe('running');
      robot.startMeasurement();
      child.kill(signal);
      while (stops.length === 0) await sleep(5);
      expect(stops[0].cause).toBe('empty_queue');
      const delay = delayMs(stops, events, loop);
      expect(delay).toBeGreaterThanOrEqual(0);
      expect(delay).toBeLessThan(50);
      await sleep(1500);
      expect(messagesOf(events)).toContain(message);
      expect(await robot.report()).toMatchObject({
        state: 'hold',
        standing: true,
        violations: { commands: 0, joints: 0 },
      });
      expect(loop.queue).toBe('empty');
    },
  );
});

const ROWS = new Float64Array(16 * 8).fill(0.5);
const GOOD = encodeMessage({ actions: new NdArray([16, 8], ROWS) });
/** A target far to the side with one number changed. */
const spoilt = (value: number): Uint8Array => encodeMessage({ actions: new NdArray([16, 8], ROWS.with(3, value)) });

/** Answers that must move nothing, and the part of an error that each gives. Rows of 0.5 are unit quaternions inside the workspace. */
const GARBAGE: readonly (readonly [answer: Uint8Array | string, error: RegExp])[] = [
  [encodeMessage({ actions: new NdArray([8, 16], ROWS) }), /shape \[8,16\].*expected an array of shape \[16, 8\]/],
  [spoilt(Number.NaN), /row 0, qx is NaN, expected a finite number/],
  [spoilt(Number.NEGATIVE_INFINITY), /row 0, qx is -Infinity/],
  [spoilt(0.9), /row 0 has a quaternion of length/],
  [encodeMessage({ actions: new NdArray([16, 8], new Float64Array(128).fill(0.5).with(0, 9)) }), /row 0 has x 9 m/],
  [GOOD.subarray(0, 500), /declares 1024 more/],
  ['Traceback\nValueError: boom', /the server reports: ValueError: boom/],
  [Uint8Array.of(0xdd, 0xff, 0xff, 0xff, 0xff), /declares 4294967295 more/],
  [Uint8Array.from({ length: 256 }, (_, i) => (i * 89 + 193) & 255), /answer: /],
];

/** Serves the shipped policy for some answers, and garbage from then on. */
async function turncoat(goodAnswers: number): Promise<string> {
  const { url, close } = await failingServer(goodAnswers, (client, count) =>
    client.send(GARBAGE[count % GARBAGE.length][0]),
  );
  cleanups.push(close);
  return url;
}

describe('answers that are garbage', { retry: 2, ...needs(SHIPPED_POLICY) }, () => {
  it('move nothing', async () => {
    const { robot, loop, events } = await drive(await turncoat(0));
    const first: JointState[] = [];
    let last: JointState | undefined;
    robot.stream('joints').subscribe(({ value }) => {
      last = value as JointState;
      if (first.length === 0) first.push(last);
    });
    while (loop.stats.policyErrors < 2 * GARBAGE.length) await sleep(20);
    for (const [, error] of GARBAGE) expect(messagesOf(events)).toMatch(error);
    expect(loop.stats.chunks).toBe(0);
    const moved = first[0].position.map((each, i) => Math.abs(each - (last?.position[i] ?? Number.NaN)));
    expect(Math.max(...moved)).toBeLessThan(2e-3);
  });

  it('in mid-motion hold the arm within 50 ms', async () => {
    const { robot, loop, stops, events } = await drive(await turncoat(12));
    while (stops.length === 0) await sleep(5);
    // A busy machine holds the arm before the last good answer. No other answer becomes a chunk.
    expect(loop.stats.chunks).toBeGreaterThan(0);
    expect(loop.stats.chunks).toBeLessThanOrEqual(12);
    // So does the silence of a loop that such a machine does not let run.
    expect(['empty_queue', 'command_silence']).toContain(stops[0].cause);
    if (stops[0].cause === 'empty_queue') expect(delayMs(stops, events, loop)).toBeLessThan(50);
    robot.startMeasurement();
    while (loop.stats.policyErrors < GARBAGE.length) await sleep(20);
    expect(await robot.report()).toMatchObject({
      state: 'hold',
      standing: true,
      violations: { commands: 0, joints: 0 },
    });
  });
});

describe('praxis serve', () => {
  it('tells a program what the policy needs', async () => {
    const { url } = await serve('--policy', 'recording');
    const { status, out } = await praxis(['run', 'examples/remote-policy.ts', url]);
    expect([status, out]).toEqual([
      0,
      'scripted: 16 actions, one every 0.05 s, from\n  ee_state  float64 [8] at 10 Hz\n',
    ]);
  });

  it('answers openpi, and ends with Ctrl-C', async () => {
    const { status, out, err } = await praxis(['serve', '--policy', 'recording', '--port', '0'], /press Ctrl-C/);
    expect([status, out]).toEqual([0, expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+\n$/)]);
    expect(err).toContain('clients are disconnected');
  });

  it.each([
    [['--host', '0.0.0.0'], 'host 0.0.0.0: other machines reach it, expected a token'],
    [['--policy', 'expert'], "--policy expert: it needs the simulator's state, expected a policy"],
    [['--policy', 'nowhere'], 'policy nowhere: expected a directory'],
    [
      ['--policy', 'recording', '--recording', 'nowhere.jsonl'],
      'nowhere.jsonl: cannot be read (ENOENT), expected a recording',
    ],
    [['--recording', 'x.jsonl'], '--recording x.jsonl: expected --policy recording with it'],
    [['--tls-cert', 'x.pem'], '--tls-cert and --tls-key: expected both or none'],
    [['--port', '99999'], '--port 99999: expected a whole number from 0 to 65535'],
  ])('refuses %j in one line', async (args, message) => {
    const { status, out, err } = await runMain(['serve', ...args]);
    expect([status, out]).toEqual([2, '']);
    expect(err.trimEnd().split('\n').at(-1)).toContain(message);
  });
});
