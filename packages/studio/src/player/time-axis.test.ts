import { assert, double, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordingMark } from '../protocol/recording.ts';
import { clockText, inOrder, lastMark, stampText, timeOfKey, WINDOW_S, windowAround } from './time-axis.ts';

const mark = (time: number, kind: RecordingMark['kind'] = 'instruction'): RecordingMark => ({
  time,
  kind,
  text: `${time}`,
});

describe('windowAround', () => {
  it('has the cursor in it, and stays in the recording if that is long enough', () => {
    expect(windowAround(20, 60)).toEqual([16, 24]);
    expect(windowAround(1, 60)).toEqual([0, 8]);
    expect(windowAround(59, 60)).toEqual([52, 60]);
    expect(windowAround(2, 3)).toEqual([0, 8]);
    assert(
      property(
        double({ min: 0, max: 1, noNaN: true }),
        double({ min: 0.1, max: 1e4, noNaN: true }),
        (share, duration) => {
          const time = share * duration;
          const [from, to] = windowAround(time, duration);
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to - from).toBeCloseTo(WINDOW_S, 6);
          expect(time).toBeGreaterThanOrEqual(from - 1e-9);
          expect(time).toBeLessThanOrEqual(to + 1e-9);
          if (duration >= WINDOW_S) expect(to).toBeLessThanOrEqual(duration + 1e-6);
        },
      ),
    );
  });
});

it('clockText() counts minutes, and carries what it rounds', () => {
  expect([0, 7.416, 59.999, 67.421, 3600].map(clockText)).toEqual(['0.00', '7.42', '1:00.00', '1:07.42', '60:00.00']);
});

it('stampText() has every digit of a clock that began in 1970', () => {
  expect(stampText(0n, 1.25)).toBe('1.250 s');
  expect(stampText(1_764_720_000_123_456_789n, 0.0009)).toBe('1764720000.124 s');
});

describe('marks', () => {
  const marks = inOrder([mark(3), mark(1), mark(2, 'safety')]);

  it('come in the order of their times, and the last one up to a time is found', () => {
    expect(marks.map(({ time }) => time)).toEqual([1, 2, 3]);
    expect([0.5, 1, 2.5, 9].map((time) => lastMark(marks, time))).toEqual([-1, 0, 1, 2]);
    expect(lastMark(marks, 9, ({ kind }) => kind === 'safety')).toBe(1);
  });

  it('keys lead from mark to mark, by steps and to the ends', () => {
    const from = (time: number, key: string, shift = false) =>
      timeOfKey(key, shift, { time, duration: 10, marks })?.toFixed(2);
    expect(['ArrowRight', 'ArrowLeft', 'Home', 'End'].map((key) => from(5, key))).toEqual([
      '5.10',
      '4.90',
      '0.00',
      '10.00',
    ]);
    expect([from(5, 'ArrowRight', true), from(5, 'ArrowLeft', true)]).toEqual(['6.00', '4.00']);
    expect([from(2, 'PageDown'), from(2, 'PageUp'), from(3, 'PageDown'), from(1, 'PageUp')]).toEqual([
      '3.00',
      '1.00',
      '10.00',
      '0.00',
    ]);
    expect(from(5, 'x')).toBeUndefined();
  });
});
