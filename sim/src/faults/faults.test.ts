import { describe, expect, it } from 'vitest';
import type { Fault, FaultContext, InjectionPoints } from './fault.ts';
import { SHIPPED_FAULTS } from './index.ts';
import { FaultInjector } from './injector.ts';

const noPoints = {} as InjectionPoints;
const contextAt = (time: number, speed = 0): FaultContext => ({ time, velocity: [speed, 0, 0] });

/** Runs an injector at 500 Hz and returns the time of the injection. */
function injectionTime(when: Fault['when'], seed: number, begin: number, speed: (time: number) => number) {
  const fault: Fault = { name: 'f', summary: '', when, impact: undefined, inject: () => undefined };
  const injector = new FaultInjector(fault, seed, noPoints);
  for (let k = 1; k < 5000; k++) injector.advance(contextAt(k / 500, speed(k / 500)), k / 500 >= begin);
  return injector.injectedAt;
}

describe('faults', () => {
  it('have unique names and a description', () => {
    expect(new Set(SHIPPED_FAULTS.map(({ name }) => name)).size).toBe(SHIPPED_FAULTS.length);
    for (const { name, summary } of SHIPPED_FAULTS) {
      expect(name).toMatch(/^[a-z]+(_[a-z0-9]+)+$/);
      expect(summary.length).toBeGreaterThan(10);
    }
  });

  it('are injected once, after the first command, at a time that depends on the seed', () => {
    const times = Array.from({ length: 50 }, (_, seed) => injectionTime('any', seed, 1, () => 0)!);
    for (const time of times) {
      expect(time).toBeGreaterThan(1.49);
      expect(time).toBeLessThan(4.51);
    }
    expect(new Set(times).size).toBeGreaterThan(40);
    expect(injectionTime('any', 7, 1, () => 0)).toBe(times[7]);
  });

  it('wait for motion when they need it', () => {
    expect(injectionTime('moving', 1, 0, () => 0.05)).toBeUndefined();
    const moving = (time: number) => (time > 3 ? 0.2 : 0);
    expect(injectionTime('moving', 1, 0, moving)).toBeGreaterThan(3.09);
    expect(injectionTime('moving', 1, 0, moving)).toBeLessThan(3.61);
  });
});
