import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEPARTURE_DISTANCE_M, GoalMonitor, STILL_RADIUS_M } from './goal-monitor.ts';

const options = { begin: 100, timeout: 20, restTime: 3 };
const running = (now: number, places?: readonly number[]) => ({ now, supervisor: 'running', places });

describe('the goal of an instruction', () => {
  it('ends with the verdict on the topic, and not before', () => {
    for (const [verdict, status] of [
      ['success', 'succeeded'],
      ['failure', 'aborted'],
    ]) {
      const monitor = new GoalMonitor(options);
      expect(monitor.check(running(101, [0, 0, 0]))).toBeUndefined();
      monitor.reportVerdict('running');
      expect(monitor.check(running(101.5, [0, 0, 0]))).toBeUndefined();
      monitor.reportVerdict(verdict);
      expect(monitor.check(running(102, [0, 0, 0]))).toEqual({ status, outcome: verdict });
    }
  });

  it('ends when the supervisor stops the arm, and when it takes too long', () => {
    const monitor = new GoalMonitor(options);
    expect(monitor.check({ now: 101, supervisor: 'hold', places: undefined })).toEqual({
      status: 'aborted',
      outcome: 'supervisor: hold',
    });
    for (let now = 100; now < 119.9; now += 0.5) expect(monitor.check(running(now, [now, 0, 0]))).toBeUndefined();
    expect(monitor.check(running(120, [0, 0, 0]))).toEqual({ status: 'aborted', outcome: 'timeout' });
  });

  it('ends when the tool has been at rest for the rest time, and only then', () => {
    const step = fc.record({ elapsed: fc.double({ min: 0.01, max: 1, noNaN: true }), moves: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => {
        const monitor = new GoalMonitor({ ...options, timeout: 1000 });
        let now = options.begin;
        let x = 0;
        monitor.check(running(now, [x, 0, 0]));
        x = 2 * DEPARTURE_DISTANCE_M;
        monitor.check(running(now, [x, 0, 0]));
        let moved = now;
        for (const { elapsed, moves } of steps) {
          now += elapsed;
          if (moves) {
            x += 2 * STILL_RADIUS_M;
            moved = now;
          }
          const end = monitor.check(running(now, [x, 0, 0]));
          expect(end?.outcome).toBe(now - moved >= options.restTime ? 'at_rest' : undefined);
          if (end) return;
        }
      }),
    );
  });

  it('does not end at rest before the arm has left its start position', () => {
    const monitor = new GoalMonitor({ ...options, timeout: 1000 });
    for (let now = 100; now < 120; now++) expect(monitor.check(running(now, [0, 0, 0]))).toBeUndefined();
  });

  it('is at rest when every tool is: one of two arms that goes on keeps it running', () => {
    const monitor = new GoalMonitor(options);
    const at = (now: number, right: number) =>
      monitor.check(running(now, [0.1 * Math.min(now - 100, 1), 0, 0, 0, right, 0]));
    for (let now = 100; now < 106; now += 0.5) expect(at(now, 0.1 * now)).toBeUndefined();
    for (let now = 106; now < 109; now += 0.5) expect(at(now, 11)).toBeUndefined();
    expect(at(109, 11)).toEqual({ status: 'succeeded', outcome: 'at_rest' });
  });

  it('does not end at rest while the tool position is unknown', () => {
    const monitor = new GoalMonitor({ ...options, timeout: 1000 });
    for (let now = 100; now < 120; now++) expect(monitor.check(running(now))).toBeUndefined();
  });
});
