import { describe, expect, it } from 'vitest';
import { WordFit } from './word-fit.ts';

/** Three steps: "red", a blank, "cube"; each label of the five is a tenth as probable as the one that is heard. */
const rows = {
  values: Float32Array.from(
    [2, 0, 3].flatMap((heard) => [0, 1, 2, 3, 4].map((label) => (label === heard ? -0.1 : -3))),
  ),
  labels: 5,
};
const fit = new WordFit(['red', 'cube', 'blue']);

describe('WordFit', () => {
  it('is about 0 for what is heard, and the less the worse words fit', () => {
    expect(Math.abs(fit.score('red cube', rows))).toBeLessThan(0.2);
    expect(fit.score('blue cube', rows)).toBeLessThan(fit.score('red cube', rows) - 1);
    expect(fit.score('cube red', rows)).toBeLessThan(fit.score('blue cube', rows) - 1);
  });

  it('takes any word that it does not know for any other', () => {
    expect(fit.score('red sphere', rows)).toBe(fit.score('red pyramid', rows));
    expect(fit.score('red sphere', rows)).toBeLessThan(fit.score('red cube', rows));
  });

  it('of no text, or of one too long for the sound, is nothing', () => {
    expect(fit.score('', rows)).toBe(Number.NEGATIVE_INFINITY);
    expect(fit.score('red cube red cube', rows)).toBe(Number.NEGATIVE_INFINITY);
  });
});
