import { EventEmitter } from 'node:events';
import type { Stamped, ThreadLike } from '@praxis/core';
import type { SafetyEvent } from '@praxis/safety';
import { ARM_LAYOUT } from '@praxis/sim';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Output, Target } from '../../output/output.ts';
import { praxisArm, praxisArmGroup } from '../../testing/praxis-arm.ts';
import { supervisorEnds } from './shared-channels.ts';
import { SupervisorThread } from './supervisor-thread.ts';

const JOINTS = ARM_LAYOUT.joints.length;

/** The thread of ROS, with the other thread played by the test. */
async function startThread(send: (target: Target) => void = () => undefined) {
  const worker = Object.assign(new EventEmitter(), {
    postMessage: vi.fn(),
    terminate: () => worker.emit('exit', 1),
  });
  const dead: string[] = [];
  const errors: string[] = [];
  let ends!: ReturnType<typeof supervisorEnds>;
  const { model, streams, group } = praxisArmGroup('watched');
  const output: Output = { name: 'controller', kind: 'topic', listeners: 1, send, close: () => undefined };
  const starting = SupervisorThread.start(
    {
      ...{ model, streams, groups: [group], autoStart: false },
      outputs: [{ group: group.name, outputs: [output] }],
      log: { error: (line) => errors.push(line) },
      onEvent: () => undefined,
      onPower: () => undefined,
      onDead: (reason) => dead.push(reason),
    },
    (setup) => {
      ends = supervisorEnds(setup.channels);
      // Its listeners take any values.
      return worker as unknown as ThreadLike;
    },
  );
  worker.emit('message', { kind: 'ready', info: { threadId: 7 } });
  const thread = await starting;
  const target = (number: number, position: number): void => {
    const value = new Float64Array(2 + 2 * JOINTS).fill(position);
    value[0] = number;
    ends.targets.get('arm')!.send({ value, stamp: 1, received: 1 });
    worker.emit('message', { kind: 'event', name: 'target', value: number });
  };
  return { thread, worker, ends, dead, errors, target };
}

describe('SupervisorThread', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('reports a thread that ends, once', async () => {
    const { thread, worker, dead } = await startThread();
    expect(thread.threadId).toBe(7);
    worker.emit('error', new RangeError('too far'));
    worker.emit('exit', 1);
    expect(dead).toEqual([expect.stringMatching(/^the thread of the supervisor .*too far/)]);
    vi.advanceTimersByTime(2000);
    expect(dead).toHaveLength(1);
  });

  it('reports a thread that no longer ticks', async () => {
    const { ends, dead } = await startThread();
    for (let k = 0; k < 20; k++) {
      ends.progress.ticks++;
      vi.advanceTimersByTime(50);
    }
    expect(dead).toEqual([]);
    vi.advanceTimersByTime(1000);
    expect(dead).toEqual(['the thread of the supervisor does not tick']);
  });

  it('publishes the newest target, and tells the supervisor which one left', async () => {
    const sent: number[] = [];
    const { ends, target } = await startThread(({ position }) => sent.push(position[0]));
    target(1, 0.1);
    expect([sent, ends.progress.published, ends.progress.publishing]).toEqual([[0.1], 1, false]);
  });

  it('says in the log how long publish has blocked', async () => {
    const { thread, errors, target } = await startThread(() => void vi.advanceTimersByTime(332));
    target(1, 0.1);
    expect(errors).toEqual(['publish on controller has blocked for 332 ms in the middleware']);
    expect(thread.longestPublishS).toBeCloseTo(0.332, 6);
  });

  it('does not count a target that could not be published', async () => {
    const { ends, errors, target } = await startThread(() => {
      throw new Error('no such topic');
    });
    target(1, 0.1);
    expect([ends.progress.published, ends.progress.publishing]).toEqual([0, false]);
    expect(errors).toEqual([expect.stringContaining('no such topic')]);
  });

  it('passes on which streams are needed, once for each change', async () => {
    const { thread, worker } = await startThread();
    const needed = () => ['images.front', 'images.wrist', 'joints'].filter((stream) => thread.needs(stream));
    expect(needed()).toEqual(['images.front', 'images.wrist', 'joints']);
    worker.postMessage.mockClear();
    for (let beat = 0; beat < 3; beat++) thread.needStreams(['ee_state', 'images.front']);
    expect(worker.postMessage).toHaveBeenCalledTimes(1);
    expect(JSON.stringify(worker.postMessage.mock.calls)).toContain('["ee_state","images.front"]');
    expect(needed()).toEqual(['images.front', 'joints']);
    thread.needStreams('all');
    expect(worker.postMessage).toHaveBeenCalledTimes(2);
    expect(needed()).toEqual(['images.front', 'images.wrist', 'joints']);
  });

  it('knows the newest fault of a stream that was only reported, until the state changes', async () => {
    const { thread, worker } = await startThread();
    const report = (event: Partial<SafetyEvent>) =>
      worker.emit('message', {
        ...{ kind: 'event', name: 'safety' },
        value: { event: { time: 1, data: {}, ...event }, state: event.to, stopCause: undefined },
      });
    report({ from: 'ready', to: 'running', cause: 'start' });
    const message = 'images.wrist: 8 new samples with exactly the same value; nothing needs it';
    report({ from: 'running', to: 'running', cause: 'stream_frozen', message });
    report({ from: 'running', to: 'running', cause: 'clock_jump', message: 'joints: the stream starts anew' });
    expect(thread.lastReport?.message).toBe(message);
    report({ from: 'running', to: 'hold', cause: 'hold_request' });
    expect(thread.lastReport).toBeUndefined();
  });

  it('puts joints into the order of the spec, which the memory has', async () => {
    const { thread, ends } = await startThread();
    const spec = praxisArm('').spec.streams.find(({ name }) => name === 'joints')!;
    const names = [...spec.names!].reverse();
    const numbers = Float64Array.from(names, (_, i) => i);
    thread.acceptSample('joints', { value: { names, position: numbers, velocity: numbers }, stamp: 1, received: 1 });
    const { value } = ends.samples.find(({ stream }) => stream === 'joints')!.reader.next() as Stamped<{
      names: readonly string[];
      position: Float64Array;
    }>;
    expect(value.names).toEqual(spec.names);
    expect([...value.position]).toEqual([...numbers].reverse());
  });
});
