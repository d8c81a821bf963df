import { describe, expect, it } from 'vitest';
import { ALL_STAGES } from '../../testing/all-stages.ts';
import { exposedSpeed } from './contact-speed.ts';

describe('exposedSpeed', () => {
  it('is that of the most sensitive exposed region, from transient force and reduced mass', () => {
    const region = ALL_STAGES.contact!.regions.example;
    const contact = {
      regions: { a: region, b: { ...region, quasiStaticForce: 50 } },
      exposed: ['a', 'b'],
      movingMass: 18,
      payload: 1,
      contactArea: 1,
    };
    // 1 / (1 / 1 kg + 1 / 10 kg) = 0.909 kg; 100 N / sqrt(0.909 kg 80,000 N/m).
    expect(exposedSpeed(contact)).toBeCloseTo(0.3708, 4);
    expect(exposedSpeed({ ...contact, exposed: [] })).toBe(Number.POSITIVE_INFINITY);
    expect(() => exposedSpeed({ ...contact, exposed: ['c'] })).toThrow('region "c" is unknown; the table has a, b');
  });
});
