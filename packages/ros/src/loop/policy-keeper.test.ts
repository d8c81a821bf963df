import type { ActionChunk, Observation, PolicySpec } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { MAX_RESTARTS, PolicyKeeper, type WorkerPolicy } from './policy-keeper.ts';

type Handlers = Parameters<Parameters<typeof PolicyKeeper.open>[0]>[0];

const SPEC: PolicySpec = {
  name: 'test',
  inputs: [],
  horizon: 2,
  actionPeriod: 0.1,
  inferencePeriod: 0.1,
};
const CHUNK = { stamp: 1, period: 0.1 } as ActionChunk;
const OBSERVATION = {} as Observation;

/** A keeper whose processes the test ends. */
async function setUp(startAgain: () => PolicySpec = () => SPEC) {
  const calls: string[] = [];
  const clock = { now: 100 };
  const processes: (Handlers & { killed: boolean })[] = [];
  const start = async (handlers: Handlers): Promise<WorkerPolicy> => {
    const spec = processes.length === 0 ? SPEC : startAgain();
    const own = { ...handlers, killed: false };
    processes.push(own);
    return {
      spec,
      infer: async () => CHUNK,
      reset() {},
      close: async () => undefined,
      pid: 1,
      kill() {
        own.killed = true;
        own.onExit('was killed by SIGKILL');
      },
    };
  };
  const keeper = await PolicyKeeper.open(
    start,
    {
      onBeat: () => calls.push('beat'),
      onLost: (reason) => calls.push(`lost: ${reason}`),
      onBack: () => calls.push('back'),
      onGivenUp: (reason) => calls.push(`given up: ${reason}`),
    },
    () => clock.now,
  );
  const settle = () => new Promise(setImmediate);
  return { keeper, calls, clock, processes, settle };
}

describe('PolicyKeeper', () => {
  it('starts a killed process again, and refuses inferences with the reason meanwhile', async () => {
    const { keeper, calls, processes, settle } = await setUp();
    expect(await keeper.infer(OBSERVATION)).toBe(CHUNK);
    processes[0].onExit('was killed by SIGKILL');
    expect(keeper.fault).toBe('its process was killed by SIGKILL and is being started again');
    await expect(keeper.infer(OBSERVATION)).rejects.toThrow(`policy test: ${keeper.fault}`);
    await settle();
    expect([keeper.fault, await keeper.infer(OBSERVATION)]).toEqual([undefined, CHUNK]);
    processes[1].onBeat();
    expect(calls).toEqual(['lost: the process of the policy was killed by SIGKILL', 'back', 'beat']);
  });

  it('gives up a process that does not start again, ends again and again, or comes back as another policy', async () => {
    const broken = await setUp(() => {
      throw new Error('no model.onnx');
    });
    broken.processes[0].onExit('exited with status 1');
    await broken.settle();
    expect(broken.calls.at(-1)).toBe(
      'given up: the process of the policy exited with status 1 and cannot be started again: no model.onnx',
    );
    const crashing = await setUp();
    for (let k = 0; k <= MAX_RESTARTS; k++) {
      crashing.processes[k].onExit('exited with status 1');
      await crashing.settle();
    }
    expect(crashing.calls.at(-1)).toMatch(/^given up: .* for the 4th time within a minute$/);
    const other = await setUp(() => ({ ...SPEC, horizon: 3 }));
    other.processes[0].onExit('exited with status 1');
    await other.settle();
    expect(other.calls.at(-1)).toMatch(/^given up: .* its inputs, outputs or timing have changed$/);
  });

  it('ends a process that sends no heartbeats, when asked, and only such a one', async () => {
    const { keeper, clock, processes, settle } = await setUp();
    clock.now += 1;
    processes[0].onBeat();
    clock.now += 1;
    keeper.endHangingProcess();
    expect(processes[0].killed).toBe(false);
    clock.now += 2;
    keeper.endHangingProcess();
    await settle();
    expect([processes[0].killed, processes.length, keeper.fault]).toEqual([true, 2, undefined]);
  });

  it('starts nothing again after its close', async () => {
    const { keeper, calls, processes, settle } = await setUp();
    await keeper.close();
    processes[0].onExit('exited with status 0');
    await settle();
    expect([processes.length, calls]).toEqual([1, []]);
  });
});
