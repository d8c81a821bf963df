import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ArrivalCounter } from './arrival-counter.ts';

it('counts the messages that are missing between the first and the last', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 200 }), fc.integer({ min: 1, max: 1000 }), (came, rate) => {
      const arrivals = new ArrivalCounter(rate);
      arrivals.recordStamp(1e9);
      arrivals.restart();
      const all = [true, ...came, true];
      for (const [k, here] of all.entries()) if (here) arrivals.recordStamp(1.7e9 + k / rate);
      expect(arrivals.received).toBe(all.filter(Boolean).length);
      expect(arrivals.dropped).toBe(all.filter((here) => !here).length);
    }),
  );
});
