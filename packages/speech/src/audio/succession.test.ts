import { describe, expect, it } from 'vitest';
import { Succession } from './succession.ts';

describe('Succession', () => {
  it('puts pieces end to end, however unevenly they come', () => {
    const succession = new Succession();
    expect(succession.stamp(0.25, 10)).toBe(9.75);
    expect(succession.stamp(0.25, 10.4)).toBe(10);
    expect(succession.stamp(0.25, 10.41)).toBe(10.25);
  });

  it('begins anew after a pause, and when the clock was put back', () => {
    const succession = new Succession();
    succession.stamp(0.25, 10);
    expect(succession.stamp(0.25, 12)).toBe(11.75);
    expect(succession.stamp(0.25, 3)).toBe(2.75);
  });
});
