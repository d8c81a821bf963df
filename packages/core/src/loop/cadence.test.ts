import { describe, expect, it } from 'vitest';
import { Cadence } from './cadence.ts';

describe('Cadence', () => {
  it('is due once a period on a grid without accumulated rounding', () => {
    const cadence = new Cadence(0.1);
    const starts: number[] = [];
    for (let tick = 0; tick <= 500; tick++) {
      const now = 0.11 + tick * 0.002;
      if (!cadence.due(now)) continue;
      cadence.start(now);
      starts.push(tick);
    }
    expect(starts).toEqual([0, 50, 100, 150, 200, 250, 300, 350, 400, 450, 500]);
  });

  it('counts a missed deadline once, and restarts the grid at the late inference', () => {
    const cadence = new Cadence(0.1);
    cadence.start(0);
    expect([cadence.due(0.1), cadence.recordMiss(), cadence.recordMiss()]).toEqual([true, true, false]);
    cadence.start(0.15);
    expect(cadence.due(0.2)).toBe(false);
    expect(cadence.due(0.25)).toBe(true);
  });

  it('does not start a burst of inferences after a pause', () => {
    const cadence = new Cadence(0.1);
    cadence.start(0);
    cadence.start(5);
    expect(cadence.due(5.05)).toBe(false);
  });
});
