import { describe, expect, it } from 'vitest';
import { WordFit } from './word-fit.ts';

/** Three steps: "red", a blank, "cube". Each other label has a much lower probability. */
const rows = {
  values: Float32Array.from([2, 0, 3].flatMap((best) => [0, 1, 2, 3, 4].map((label) => (label === best ? -0.1 : -3)))),
  labels: 5,
};
const fit = new WordFit(['red', 'cube', 'blue']);

describe('WordFit', () => {
  it('is about 0 for the spoken words and decreases with the fit', () => {
    expect(Math.abs(fit.score('red cube', rows))).toBeLessThan(0.2);
    expect(fit.score('blue cube', rows)).toBeLessThan(fit.score('red cube', rows) - 1);
    expect(fit.score('cube red', rows)).toBeLessThan(fit.score('blue cube', rows) - 1);
  });

  it('scores all unknown words alike', () => {
    expect(fit.score('red sphere', rows)).toBe(fit.score('red pyramid', rows));
    expect(fit.score('red sphere', rows)).toBeLessThan(fit.score('red cube', rows));
  });

  it('is -Infinity for an empty text and for one too long for the audio', () => {
    expect(fit.score('', rows)).toBe(Number.NEGATIVE_INFINITY);
    expect(fit.score('red cube red cube', rows)).toBe(Number.NEGATIVE_INFINITY);
  });
});
