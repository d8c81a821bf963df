import { array, assert, asyncProperty, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunksBetween, lastUpTo, newestAt } from './seek.ts';

const message = record({ name: constantFrom('front', 'wrist'), time: integer({ min: 0, max: 60 }) });
type Message = { readonly name: string; readonly time: number };

/** Times by topic of messages, ascending. */
const timesOf = (messages: readonly Message[]) => {
  const times = new Map<string, number[]>();
  for (const { name, time } of messages)
    times.set(
      name,
      [...(times.get(name) ?? []), time].sort((a, b) => a - b),
    );
  return times;
};
const spanOf = (messages: readonly Message[]) => {
  const times = messages.map(({ time }) => time);
  return { from: Math.min(...times), to: Math.max(...times) };
};

describe('newestAt', () => {
  it('finds the newest message of each topic, however chunks overlap', async () => {
    const chunks = array(array(message, { minLength: 1, maxLength: 6 }), { maxLength: 8 });
    await assert(
      asyncProperty(
        chunks,
        integer({ min: -5, max: 70 }),
        integer({ min: 0, max: 20 }),
        async (all, time, lookBack) => {
          const names = ['front', 'wrist'];
          const timesIn = async (chunk: number) => timesOf(all[chunk]);
          const found = await newestAt(all.map(spanOf), time, { lookBack, names, timesIn });
          for (const name of names) {
            const newest = all
              .flat()
              .filter((each) => each.name === name && each.time <= time && each.time >= time - lookBack)
              .reduce((best, each) => Math.max(best, each.time), Number.NEGATIVE_INFINITY);
            const own = found.get(name);
            expect(own?.time ?? Number.NEGATIVE_INFINITY).toBe(newest);
            if (own) expect(timesOf(all[own.chunk]).get(name)![own.at]).toBe(newest);
          }
        },
      ),
    );
  });

  it('reads no more chunks than it needs', async () => {
    const spans = Array.from({ length: 100 }, (_, i) => ({ from: i, to: i + 0.9 }));
    const read: number[] = [];
    const timesIn = async (chunk: number) => {
      read.push(chunk);
      return new Map([['front', [chunk, chunk + 0.5]]]);
    };
    const found = await newestAt(spans, 50.7, { lookBack: 10, names: ['front'], timesIn });
    expect(found.get('front')).toEqual({ chunk: 50, at: 1, time: 50.5 });
    expect(read).toEqual([50]);
    await newestAt(spans, 50.7, { lookBack: 10, names: ['front', 'gone'], timesIn });
    expect(Math.min(...read)).toBe(40);
  });
});

it('chunksBetween() has exactly the chunks that touch the span', () => {
  const spans = [0, 1, 2, 3].map((from) => ({ from, to: from + 0.5 }));
  expect(chunksBetween(spans, 1.5, 2)).toEqual([1, 2]);
  expect(chunksBetween(spans, 1.6, 1.9)).toEqual([]);
});

it('lastUpTo() agrees with a search from the start', () => {
  assert(
    property(array(integer({ min: 0, max: 30 })), integer({ min: -1, max: 31 }), (values, time) => {
      const times = values.sort((a, b) => a - b);
      expect(lastUpTo(times, time)).toBe(times.filter((each) => each <= time).length - 1);
    }),
  );
});
