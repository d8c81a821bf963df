import { describe, expect, it } from 'vitest';
import { clockReport, ERROR, OK, WARN } from '../diagnostics/diagnostics.ts';
import { SimClock, SYSTEM_STAMPS, stampAt } from './stamp-clock.ts';

/** System time (s) of the first message. */
const START_S = 1_796_000_000;

function setUp() {
  const jumps: number[] = [];
  const clock = new SimClock((seconds) => jumps.push(Math.round(seconds)));
  /** Sends the time of a clock that runs at a speed, from a begin (s) after the start, for some seconds. @returns system time of the end (s) */
  const run = (begin: number, seconds: number, time: number, { speed = 1, hz = 100, jitter = 0 } = {}): number => {
    let late = 0;
    for (let k = 0; k <= seconds * hz; k++) {
      late = (late + 0.37) % 1;
      clock.accept(time + (speed * k) / hz, START_S + begin + k / hz + jitter * late);
    }
    return START_S + begin + seconds;
  };
  return { clock, jumps, run };
}

describe('the clock that use_sim_time names', () => {
  it('is not known before its first message', () => {
    const { clock } = setUp();
    expect(clock.at(START_S)).toBeNaN();
    expect(stampAt(clock, START_S)).toEqual({ sec: 0, nanosec: 0 });
    expect(stampAt(SYSTEM_STAMPS, START_S)).toEqual({ sec: START_S, nanosec: 0 });
    expect(clockReport(clock, START_S)).toMatchObject({ level: ERROR, message: 'no message on /clock yet' });
  });

  it('goes on between its messages', () => {
    const { clock, run } = setUp();
    const end = run(0, 2, 40, { hz: 40 });
    expect(clock.at(end + 0.01)).toBeCloseTo(42.01, 6);
    expect(clockReport(clock, end)).toMatchObject({ level: OK, message: '1.00 x real time' });
  });

  it.each([0.2, 0.7, 3])('has the speed of the simulator: %s', (speed) => {
    const { clock, run, jumps } = setUp();
    const end = run(0, 3, 0, { speed });
    expect(clock.rate).toBeCloseTo(speed, 2);
    expect(clock.at(end + 0.02)).toBeCloseTo(speed * 3.02, 2);
    expect(jumps).toEqual([]);
    expect(clockReport(clock, end)).toMatchObject({
      level: WARN,
      message: `/clock runs at ${speed.toFixed(2)} x real time, and the arm is commanded in real time`,
    });
  });

  it('follows the messages that came with the least delay', () => {
    const { clock, run } = setUp();
    const end = run(0, 5, 0, { jitter: 0.008 });
    expect(Math.abs(clock.at(end) - 5)).toBeLessThan(0.002);
  });

  it('stands still when its messages stop, and goes on with them without a jump', () => {
    const { clock, run, jumps } = setUp();
    const end = run(0, 1, 0);
    expect(clock.at(end + 60)).toBeCloseTo(1.1, 6);
    expect(clockReport(clock, end + 60)).toMatchObject({ level: ERROR, message: 'no message on /clock for 60.0 s' });
    const resumed = run(61, 1, 1);
    expect(clock.at(resumed)).toBeCloseTo(2, 2);
    expect(jumps).toEqual([]);
  });

  it('stands still while its messages repeat one time', () => {
    const { clock, run } = setUp();
    run(0, 1, 0);
    const end = run(1.01, 3, 1, { speed: 0 });
    expect(clock.at(end)).toBeCloseTo(1, 1);
    expect(clock.at(run(5, 1, 1))).toBeCloseTo(2, 2);
  });

  it('tells of each jump, back and forward, and is right at once', () => {
    const { clock, run, jumps } = setUp();
    run(0, 1, 100);
    clock.accept(20, START_S + 1.01);
    expect(clock.at(START_S + 1.01)).toBe(20);
    run(1.02, 1, 20.01);
    clock.accept(80, START_S + 2.03);
    expect(clock.at(START_S + 2.03)).toBe(80);
    expect(jumps).toEqual([-81, 59]);
  });
});
