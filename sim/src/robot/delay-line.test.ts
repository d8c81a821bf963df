import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DelayLine } from './delay-line.ts';

const CONTROL_PERIOD_S = 0.002;

describe('DelayLine', () => {
  it('delivers each value once, in order, after its delay and within one period of it', () => {
    const delays = fc.double({ min: 0, max: 0.05, noNaN: true });
    fc.assert(
      fc.property(delays, fc.array(fc.boolean(), { maxLength: 100 }), (delay, puts) => {
        const line = new DelayLine<{ at: number }>(delay);
        let [given, taken] = [0, 0];
        let last = Number.NEGATIVE_INFINITY;
        for (let k = 0; k < puts.length + 30; k++) {
          const now = k * CONTROL_PERIOD_S;
          if (puts[k]) {
            line.enqueue(now, { at: now });
            given++;
          }
          for (let value = line.dequeueDue(now); value; value = line.dequeueDue(now)) {
            taken++;
            expect(value.at).toBeGreaterThan(last);
            expect(now - value.at).toBeGreaterThanOrEqual(delay - 1e-8);
            expect(now - value.at).toBeLessThan(delay + CONTROL_PERIOD_S);
            last = value.at;
          }
        }
        expect(taken).toBe(given);
      }),
    );
  });

  it('delivers at once without a delay', () => {
    const line = new DelayLine<string>(0);
    expect(line.dequeueDue(1)).toBeUndefined();
    line.enqueue(1, 'now');
    expect(line.dequeueDue(1)).toBe('now');
    expect(line.dequeueDue(1)).toBeUndefined();
  });
});
