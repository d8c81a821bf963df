import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GoalWatch, SET_OUT, STILL } from './goal-watch.ts';

const options = { begin: 100, timeout: 20, rest: 3 };
const running = (now: number, tool?: readonly number[]) => ({ now, supervisor: 'running', tool });

describe('the goal of an instruction', () => {
  it('ends as whoever can tell says, and not before', () => {
    for (const [verdict, status] of [
      ['success', 'succeeded'],
      ['failure', 'aborted'],
    ]) {
      const watch = new GoalWatch(options);
      expect(watch.check(running(101, [0, 0, 0]))).toBeUndefined();
      watch.hear('running');
      expect(watch.check(running(101.5, [0, 0, 0]))).toBeUndefined();
      watch.hear(verdict);
      expect(watch.check(running(102, [0, 0, 0]))).toEqual({ status, outcome: verdict });
    }
  });

  it('ends when the supervisor stops the arm, and when it takes too long', () => {
    const watch = new GoalWatch(options);
    expect(watch.check({ now: 101, supervisor: 'hold', tool: undefined })).toEqual({
      status: 'aborted',
      outcome: 'supervisor: hold',
    });
    for (let now = 100; now < 119.9; now += 0.5) expect(watch.check(running(now, [now, 0, 0]))).toBeUndefined();
    expect(watch.check(running(120, [0, 0, 0]))).toEqual({ status: 'aborted', outcome: 'timeout' });
  });

  it('ends when the tool stays where it is for as long as rest asks for, and only then', () => {
    const step = fc.record({ elapsed: fc.double({ min: 0.01, max: 1, noNaN: true }), moves: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => {
        const watch = new GoalWatch({ ...options, timeout: 1000 });
        let now = options.begin;
        let x = 0;
        watch.check(running(now, [x, 0, 0]));
        x = 2 * SET_OUT;
        watch.check(running(now, [x, 0, 0]));
        let moved = now;
        for (const { elapsed, moves } of steps) {
          now += elapsed;
          if (moves) {
            x += 2 * STILL;
            moved = now;
          }
          const end = watch.check(running(now, [x, 0, 0]));
          expect(end?.outcome).toBe(now - moved >= options.rest ? 'at_rest' : undefined);
          if (end) return;
        }
      }),
    );
  });

  it('does not take an arm that has not set out yet for one at rest', () => {
    const watch = new GoalWatch({ ...options, timeout: 1000 });
    for (let now = 100; now < 120; now++) expect(watch.check(running(now, [0, 0, 0]))).toBeUndefined();
  });

  it('does not take a tool whose place is unknown for one at rest', () => {
    const watch = new GoalWatch({ ...options, timeout: 1000 });
    for (let now = 100; now < 120; now++) expect(watch.check(running(now))).toBeUndefined();
  });
});
