import { describe, expect, it } from 'vitest';
import { DEFAULT_WATCHDOG } from '../../config/defaults.ts';
import { JointMonitor } from './joint-monitor.ts';

const PERIOD = 0.002;
const SPEED = 2;

/** A joint that follows its target with a delay, and an encoder with an adjustable error. */
function follow(options: {
  readonly target: (time: number) => number;
  readonly delay?: number;
  readonly offset?: (time: number) => number;
  readonly seconds?: number;
}) {
  const { target, delay = 0, offset = () => 0, seconds = 3 } = options;
  const monitor = new JointMonitor(['j'], Float64Array.of(SPEED), DEFAULT_WATCHDOG.joints!);
  let [first, last]: [number | undefined, boolean] = [undefined, false];
  for (let k = 1; k * PERIOD <= seconds; k++) {
    const t = k * PERIOD;
    const commanded = target(t);
    const measured = target(Math.max(0, t - delay)) + offset(t);
    const speed = (commanded - target(t - PERIOD)) / PERIOD;
    monitor.observe(Float64Array.of(measured), Float64Array.of(commanded), Float64Array.of(speed), t, t);
    last = monitor.check(t);
    if (last) first ??= t;
  }
  return { first, last, monitor };
}

const swing = (time: number): number => Math.sin(2 * time);

describe('JointMonitor', () => {
  it('allows the following error of drives at any speed', () => {
    expect(follow({ target: swing, delay: 0.11 }).first).toBeUndefined();
    expect(follow({ target: (t) => Math.min(t, 1) * SPEED, delay: 0.11 }).first).toBeUndefined();
  });

  it('detects a slip of the encoder within a sample, and keeps reporting it', () => {
    for (const slip of [0.02, 0.1, -0.3]) {
      const { first, last, monitor } = follow({ target: swing, offset: (t) => (t > 1 ? slip : 0) });
      expect(first).toBeCloseTo(1.002, 9);
      // A slip below the following error may be reported only once.
      expect(last).toBe(Math.abs(slip) > 0.06 + 0.15 * 2);
      if (Math.abs(slip) > 0.05) expect(monitor.message(3)).toMatch(/^j (jumped|is off)/);
    }
    const standing = follow({ target: () => 1, offset: (t) => (t > 1 ? 0.1 : 0) });
    expect([standing.first, standing.last]).toEqual([expect.closeTo(1.002, 9), true]);
    expect(standing.monitor.message(3)).toBe('j is off its target by 0.1000 (rad or m), allowed are 0.0600');
  });

  it('detects a blocked joint and a drifting one', () => {
    expect(follow({ target: (t) => 0.5 * t, offset: (t) => -0.5 * Math.max(0, t - 1) }).first).toBeLessThan(1.4);
    expect(follow({ target: () => 0, offset: (t) => 0.05 * t }).first).toBeGreaterThan(1.2);
  });

  it('discards earlier samples after a clock jump', () => {
    const monitor = new JointMonitor(['j'], Float64Array.of(SPEED), DEFAULT_WATCHDOG.joints!);
    const at = (position: number, t: number) =>
      monitor.observe(Float64Array.of(position), Float64Array.of(position), Float64Array.of(0), t, t);
    at(0, 1);
    monitor.restartTiming();
    at(1, 0.5);
    expect(monitor.check(0.5)).toBe(false);
    at(1.1, 0.502);
    expect(monitor.check(0.502)).toBe(true);
  });
});
