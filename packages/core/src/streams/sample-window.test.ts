import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SampleWindow } from './sample-window.ts';

describe('SampleWindow', () => {
  it('holds the last n samples, oldest first, under any push, shift and clear', () => {
    const step = fc.oneof(fc.nat(99), fc.constant('shift' as const), fc.constant('clear' as const));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), fc.array(step, { maxLength: 200 }), (size, steps) => {
        const window = new SampleWindow<number>(size);
        let expected: number[] = [];
        for (const each of steps) {
          if (each === 'clear') {
            window.clear();
            expected = [];
          } else if (each === 'shift') expect(window.shift()).toBe(expected.shift());
          else {
            expect(window.push(each)).toBe(expected.length === size);
            expected = [...expected, each].slice(-size);
          }
          expect(window.map((value) => value)).toEqual(expected);
          expect(window.length).toBe(expected.length);
          expect(window.newest).toBe(expected.at(-1));
          expect(window.at(-1)).toBeUndefined();
          expect(window.at(expected.length)).toBeUndefined();
        }
      }),
    );
  });

  it('does not change an array that it returned', () => {
    const window = new SampleWindow<number>(2);
    window.push(1);
    const first = window.map((value) => value);
    window.push(2);
    expect(first).toEqual([1]);
  });

  it('refuses size 0', () => {
    expect(() => new SampleWindow(0)).toThrow('window: 0 samples');
    expect(() => new SampleWindow(Number.NaN)).toThrow('NaN samples');
  });
});
