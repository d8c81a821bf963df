import { type SignalSpec, TIME_TOLERANCE_S } from '@praxis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StreamRule } from '../../config/safety-config.ts';
import { streamFaultMonitors } from './stream-fault-monitors.ts';
import { StreamMonitor } from './stream-monitor.ts';

const SPEC: SignalSpec = {
  name: 'touch',
  modality: 'touch',
  dtype: 'float64',
  shape: [1],
  unit: 'N',
  frame: '',
  rateHz: 100,
};
const RULE: StreamRule = {
  deadline: 0.05,
  lost: 'hold',
  frozen: { samples: 4, when: 'moving', reaction: 'hold' },
  bad: { samples: 3, reaction: 'hold' },
};
const AHEAD = 0.01;

function setUp(rule = RULE) {
  const monitor = new StreamMonitor(SPEC, rule, AHEAD);
  monitor.begin(0);
  const [lost, bad, frozen] = streamFaultMonitors(monitor);
  const send = (value: number, stamp: number, now = stamp, motion: 'moving' | 'standing' = 'moving') =>
    monitor.acceptSample({ value: Float64Array.of(value), stamp, received: now }, now, motion);
  return { monitor, lost, bad, frozen, send };
}

describe('StreamMonitor', () => {
  it('accepts only new valid samples, and counts all others', () => {
    const samples = fc.array(
      fc.tuple(
        fc.oneof(fc.double({ noDefaultInfinity: true }), fc.constant(Number.NaN)),
        // Up to the bound a stamp that goes back is no jump of the clock.
        fc.double({ min: 0.1, max: 3, noNaN: true }),
      ),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(samples, (list) => {
        const { monitor, send } = setUp();
        const now = 1;
        let newest = Number.NEGATIVE_INFINITY;
        for (const [value, stamp] of list) {
          const accepted = send(value, stamp, now);
          const fit = Number.isFinite(value) && stamp > newest && stamp <= now + AHEAD + TIME_TOLERANCE_S;
          expect(accepted).toBe(fit);
          if (accepted) newest = stamp;
          expect(monitor.stamp).toBe(newest);
        }
        const { accepted, reordered, duplicated, ahead, bad } = monitor.counts;
        expect(accepted + reordered + duplicated + ahead + bad).toBe(list.length);
      }),
    );
  });

  it('is lost once its newest sample is older than the deadline, by silence or delay', () => {
    const { lost, send } = setUp();
    expect(lost.check(0.05)).toBe(false);
    expect(lost.check(0.051)).toBe(true);
    send(1, 0.06);
    expect(lost.check(0.11)).toBe(false);
    expect(lost.check(0.12)).toBe(true);
    // The sample arrives but is old.
    send(2, 0.061, 0.12);
    expect(lost.check(0.12)).toBe(true);
    expect(lost.message(0.12)).toBe('touch: no sample for 59 ms, the deadline is 50 ms');
  });

  it('is frozen if stamps advance with a constant value; for some streams only in motion', () => {
    const { frozen, send } = setUp();
    let stamp = 0;
    const repeat = (motion: 'moving' | 'standing', count: number) => {
      for (let i = 0; i < count; i++) {
        stamp += 0.01;
        send(7, stamp, stamp, motion);
      }
    };
    repeat('standing', 50);
    expect(frozen.check(stamp)).toBe(false);
    repeat('moving', 4);
    expect(frozen.check(stamp)).toBe(true);
    // Standing still does not clear the fault; another value does.
    repeat('standing', 50);
    expect(frozen.check(stamp)).toBe(true);
    send(8, stamp + 0.01);
    expect(frozen.check(stamp)).toBe(false);
  });

  it('is bad after a series of bad samples until a good one', () => {
    const { bad, send } = setUp();
    for (let k = 1; k <= 2; k++) send(Number.NaN, k * 0.01);
    expect(bad.check(0.02)).toBe(false);
    send(Number.POSITIVE_INFINITY, 0.03);
    expect(bad.check(0.03)).toBe(true);
    expect(bad.message(0.03)).toBe('3 bad samples in a row, the last one: touch: a sample is not finite: Infinity');
    send(1, 0.04);
    expect(bad.check(0.04)).toBe(false);
  });

  it('starts anew after the clock of its stamps was set back, and their age counts', () => {
    const { monitor, send, lost } = setUp();
    send(1, 100, 100);
    expect(send(2, 50, 100.01)).toBe(false);
    expect(send(3, 50.01, 100.02)).toBe(true);
    expect([monitor.jump, monitor.counts.restarted, monitor.stamp]).toEqual([50.01 - 100, 1, 50.01]);
    expect(lost.check(100.02)).toBe(true);
    // The clock of the supervisor follows.
    expect(send(4, 50.02, 50.02)).toBe(true);
    expect([monitor.jump, lost.check(50.02)]).toEqual([0, false]);
  });

  it('accepts samples of a clock that was set back after restartTiming', () => {
    const { monitor, send, lost } = setUp();
    send(1, 100);
    expect(send(2, 99.5)).toBe(false);
    monitor.restartTiming(99.5);
    expect(lost.check(99.54)).toBe(false);
    expect(send(3, 99.55)).toBe(true);
  });
});
