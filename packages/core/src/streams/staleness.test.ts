import fc from 'fast-check';
import { Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { type Clock, SimulatedClock } from '../signals/clock.ts';
import { deadline, type Freshness, isDue, isStale, Staleness } from './staleness.ts';

function setUp(seconds: number) {
  const clock = new SimulatedClock();
  const source = new Subject<string>();
  const ticks = new Subject<void>();
  const changes: Freshness[] = [];
  let completed = false;
  source.pipe(deadline(clock, seconds, ticks)).subscribe({
    next: (change) => changes.push(change),
    complete: () => {
      completed = true;
    },
  });
  const pass = (time: number) => {
    clock.advance(time);
    ticks.next();
  };
  return { clock, source, ticks, changes, pass, completed: () => completed };
}

describe('deadline', () => {
  it('reports once that a stream stops and once that it resumes', () => {
    const { source, changes, pass } = setUp(0.1);
    source.next('x');
    for (let i = 0; i < 40; i++) pass(0.01);
    source.next('x');
    source.next('x');
    expect(changes.map(({ state }) => state)).toEqual(['fresh', 'stale', 'fresh']);
    expect(changes[1].time).toBeCloseTo(0.11, 9);
    expect(changes[2].silence).toBeCloseTo(0.4, 9);
  });

  it('reports a stream without samples as stale', () => {
    const { changes, pass } = setUp(0.1);
    pass(0.05);
    expect(changes).toEqual([]);
    pass(0.06);
    expect(changes[0].state).toBe('stale');
    expect(changes[0].silence).toBe(Number.POSITIVE_INFINITY);
  });

  it('is stale at a tick exactly if the age exceeds the deadline, as in Staleness', () => {
    const step = fc.record({ dt: fc.double({ min: 0, max: 0.3, noNaN: true }), sample: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const { clock, source, changes, pass } = setUp(0.25);
        const core = new Staleness();
        core.begin(0);
        let last = 0;
        for (const { dt, sample } of steps) {
          pass(dt);
          const stale = isStale(clock.now() - last, 0.25);
          expect(isStale(core.age(clock.now()), 0.25)).toBe(stale);
          expect(changes.at(-1)?.state === 'stale').toBe(stale);
          if (!sample) continue;
          source.next('x');
          last = clock.now();
          core.refresh(last);
          expect(changes.at(-1)?.state).toBe('fresh');
        }
      }),
    );
  });

  it('counts the silence anew after the clock was set back', () => {
    let now = 1000;
    const clock: Clock = { name: 'system', now: () => now };
    const source = new Subject<string>();
    const ticks = new Subject<void>();
    const states: string[] = [];
    source.pipe(deadline(clock, 0.1, ticks)).subscribe(({ state }) => states.push(state));
    source.next('x');
    for (const time of [10, 10.05, 10.11]) {
      now = time;
      ticks.next();
    }
    expect(states).toEqual(['fresh', 'stale']);
  });

  it('completes with its stream', () => {
    const { source, ticks, completed } = setUp(0.1);
    source.complete();
    expect(completed()).toBe(true);
    expect(ticks.observed).toBe(false);
  });
});

describe('Staleness', () => {
  it('measures the age from the start or the newest sample, whichever is later', () => {
    const staleness = new Staleness();
    expect(staleness.silence(1)).toBe(Number.POSITIVE_INFINITY);
    staleness.begin(1);
    expect(staleness.age(1.5)).toBe(0.5);
    staleness.refresh(0.5);
    expect(staleness.age(1.5)).toBe(0.5);
    staleness.refresh(1.25);
    staleness.refresh(1);
    expect(staleness.age(1.5)).toBe(0.25);
    staleness.restart(1);
    expect(staleness.age(1.5)).toBe(0.5);
    expect(staleness.silence(1.5)).toBe(Number.POSITIVE_INFINITY);
  });
});

it('rounding alone neither exceeds a limit nor delays a due time', () => {
  const steps = fc.integer({ min: 1, max: 5000 });
  fc.assert(
    fc.property(steps, (count) => {
      let time = 0;
      for (let i = 0; i < count; i++) time += 0.002;
      expect(isStale(time, count * 0.002)).toBe(false);
      expect(isDue(time, count * 0.002)).toBe(true);
      expect(isStale(time + 0.001, count * 0.002)).toBe(true);
      expect(isDue(time - 0.001, count * 0.002)).toBe(false);
    }),
  );
});
