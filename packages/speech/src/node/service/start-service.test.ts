import { InputError } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { type RpcClient, startDecoderThread, startProcess } from './start-service.ts';
import type { Counter } from './testing/counter.ts';

const module = new URL('./testing/counter.mjs', import.meta.url);
const places: Record<string, (from: number) => Promise<RpcClient<Counter>>> = {
  thread: (from) => startDecoderThread(module, { from }, 'the counter'),
  process: (from) => startProcess(module, { from }, 'the counter'),
};

describe.each(Object.entries(places))('who answers in a %s', (_, open) => {
  const start = async (from = 0) => (await open(from)).client;

  it('answers in order, and goes on after something went wrong', async () => {
    const counter = await start(5);
    const answers = await Promise.allSettled([counter.call('count'), counter.call('complain'), counter.call('count')]);
    expect(answers).toMatchObject([{ value: 5 }, { reason: { message: 'I am tired' } }, { value: 6 }]);
    await counter.close();
  });

  it('that does not start says why', async () => {
    await expect(start(-1)).rejects.toThrow(new InputError('-1: expected 0 or more'));
  });

  it('that dies fails what waits and what comes later, with why', async () => {
    const counter = await start();
    const answers = await Promise.allSettled([counter.call('die'), counter.call('count')]);
    for (const answer of answers) {
      expect(answer).toMatchObject({ reason: { message: expect.stringMatching(/^the counter is gone: .*status 3/) } });
    }
    await expect(counter.call('count')).rejects.toThrow(/the counter is gone/);
    await counter.close();
  });

  it('that was closed answers no more, and may be closed again', async () => {
    const { client: counter, exited: gone } = await open(0);
    await counter.close();
    await counter.close();
    await expect(counter.call('count')).rejects.toThrow(/the counter is gone/);
    expect(await gone).toMatch(/status 0/);
  });

  it('that hangs is ended', async () => {
    const counter = await start();
    const hanging = counter.call('hang');
    counter.kill();
    await expect(hanging).rejects.toThrow(/the counter is gone/);
  });
});

it('of a process that dies the last that it wrote is told', async () => {
  const { client: counter } = await places.process(0);
  await expect(counter.call('die')).rejects.toThrow('status 3: something was broken');
});
