import { InputError, moduleBeside } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { type RecogniserService, startProcess, startThread } from './start-service.ts';
import type { Counter } from './testing/counter.ts';

const module = moduleBeside('./testing/counter', import.meta.url);
const places: Record<string, (from: number) => Promise<RecogniserService<Counter>>> = {
  thread: (from) => startThread(module, { from }, 'the counter'),
  process: (from) => startProcess(module, { from }, 'the counter'),
};

describe.each(Object.entries(places))('a service in a %s', (_, open) => {
  const start = async (from = 0) => (await open(from)).client;

  it('answers in order, and continues after an error', async () => {
    const counter = await start(5);
    const answers = await Promise.allSettled([counter.call('count'), counter.call('fail'), counter.call('count')]);
    expect(answers).toMatchObject([{ value: 5 }, { reason: { message: 'the counter failed' } }, { value: 6 }]);
    await counter.close();
  });

  it('reports why it does not start', async () => {
    await expect(start(-1)).rejects.toThrow(new InputError('-1: expected 0 or more'));
  });

  it('rejects waiting and later calls with the reason after it exits', async () => {
    const counter = await start();
    const answers = await Promise.allSettled([counter.call('exit'), counter.call('count')]);
    for (const answer of answers) {
      expect(answer).toMatchObject({ reason: { message: expect.stringMatching(/^the counter exited: .*status 3/) } });
    }
    await expect(counter.call('count')).rejects.toThrow(/the counter exited/);
    await counter.close();
  });

  it('rejects calls after close, and allows a second close', async () => {
    const { client: counter, exited } = await open(0);
    await counter.close();
    await counter.close();
    await expect(counter.call('count')).rejects.toThrow(/the counter exited/);
    expect(await exited).toMatch(/status 0/);
  });

  it('can be killed while it hangs', async () => {
    const counter = await start();
    const hanging = counter.call('hang');
    counter.kill();
    await expect(hanging).rejects.toThrow(/the counter exited/);
  });
});

it('reports the last error output of a process that exits', async () => {
  const { client: counter } = await places.process(0);
  await expect(counter.call('exit')).rejects.toThrow('status 3: something was broken');
});
