import { describe, expect, it } from 'vitest';
import { acousticFit } from './acoustic-fit.ts';

const word = (text: string, first: number, last: number, perFrame: number) => ({
  word: text,
  first,
  last,
  score: perFrame * (last - first + 1),
});

describe('acousticFit', () => {
  it('is the score per frame of the words, without the silence around them', () => {
    const words = [word('move', 30, 59, -40), word('left', 60, 79, -45)];
    expect(acousticFit(words)).toBeCloseTo(-42);
    const padded = [word('<sil>', 0, 29, -10), ...words, word('(NULL)', 80, 79, 0), word('[NOISE]', 80, 99, -20)];
    expect(acousticFit(padded)).toBeCloseTo(-42);
  });

  it('falls for a single word that does not fit', () => {
    expect(acousticFit([word('where', 0, 99, -25), word('are', 100, 119, -125)])).toBeLessThan(-80);
    // Two frames are too short to judge.
    expect(acousticFit([word('where', 0, 99, -25), word('a', 100, 101, -125)])).toBeGreaterThan(-50);
  });

  it('is -Infinity without words', () => {
    expect(acousticFit([])).toBe(Number.NEGATIVE_INFINITY);
    expect(acousticFit([word('<sil>', 0, 99, -10)])).toBe(Number.NEGATIVE_INFINITY);
  });
});
