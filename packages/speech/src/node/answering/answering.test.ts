import { InputError } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { Answering } from './answering.ts';
import type { Line } from './line.ts';
import { processLine } from './process-line.ts';
import type { Question } from './testing/counter.ts';
import { threadLine } from './thread-line.ts';

const module = new URL('./testing/counter.mjs', import.meta.url);
const lines: Record<string, (from: number) => Line> = {
  thread: (from) => threadLine(module, { from }),
  process: (from) => processLine(module, { from }),
};

describe.each(Object.entries(lines))('who answers in a %s', (_, open) => {
  const start = (from = 0) => Answering.start<Question, number>(open(from), 'the counter');

  it('answers in order, and goes on after something went wrong', async () => {
    const counter = await start(5);
    const answers = await Promise.allSettled([counter.ask('count'), counter.ask('complain'), counter.ask('count')]);
    expect(answers).toMatchObject([{ value: 5 }, { reason: { message: 'I am tired' } }, { value: 6 }]);
    await counter.close();
  });

  it('that does not start says why', async () => {
    await expect(start(-1)).rejects.toThrow(new InputError('-1: expected 0 or more'));
  });

  it('that dies fails what waits and what comes later, with why', async () => {
    const counter = await start();
    const answers = await Promise.allSettled([counter.ask('die'), counter.ask('count')]);
    for (const answer of answers) {
      expect(answer).toMatchObject({ reason: { message: expect.stringMatching(/^the counter is gone: .*status 3/) } });
    }
    await expect(counter.ask('count')).rejects.toThrow(/the counter is gone/);
    await counter.close();
  });

  it('that was closed answers no more, and may be closed again', async () => {
    const counter = await start();
    await counter.close();
    await counter.close();
    await expect(counter.ask('count')).rejects.toThrow(/the counter is gone/);
    expect(await counter.gone).toMatch(/status 0/);
  });

  it('that hangs is ended', async () => {
    const line = open(0);
    const counter = await Answering.start<Question, number>(line, 'the counter');
    const hanging = counter.ask('hang');
    line.kill();
    await expect(hanging).rejects.toThrow(/the counter is gone/);
  });
});

it('of a process that dies the last that it wrote is told', async () => {
  const counter = await Answering.start<Question, number>(processLine(module, { from: 0 }), 'the counter');
  await expect(counter.ask('die')).rejects.toThrow('status 3: something was broken');
});
