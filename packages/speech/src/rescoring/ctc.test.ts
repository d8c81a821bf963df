import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestPathLogProbability, type LabelPosteriors, logProbability, WordFit } from './ctc.ts';

/** Log probabilities; those of a step sum to 1. */
const rowsOf = (labels: number, most: number) =>
  fc
    .array(fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: labels, maxLength: labels }), {
      minLength: 1,
      maxLength: most,
    })
    .map((rows): LabelPosteriors => {
      const values = rows.flatMap((row) => {
        const sum = row.reduce((a, b) => a + b);
        return row.map((value) => Math.log(value / sum));
      });
      return { values: Float32Array.from(values), labels };
    });

/** The sequence of a path: repeated labels once, without blanks. */
const sequenceOf = (path: readonly number[]): string =>
  path.filter((label, i) => label !== 0 && label !== path[i - 1]).join(' ');

/** All paths of labels over the steps. */
const paths = (steps: number, labels: number): number[][] =>
  steps === 0
    ? [[]]
    : paths(steps - 1, labels).flatMap((path) => Array.from({ length: labels }, (_, label) => [...path, label]));

describe('logProbability', () => {
  it('sums the probabilities of all paths with the same sequence', () => {
    fc.assert(
      fc.property(rowsOf(3, 5), (rows) => {
        const sums = new Map<string, number>();
        for (const path of paths(rows.values.length / 3, 3)) {
          const probability = Math.exp(path.reduce((sum, label, step) => sum + rows.values[3 * step + label], 0));
          sums.set(sequenceOf(path), (sums.get(sequenceOf(path)) ?? 0) + probability);
        }
        for (const [sequence, sum] of sums) {
          const labels = sequence === '' ? [] : sequence.split(' ').map(Number);
          expect(Math.exp(logProbability(rows, labels))).toBeCloseTo(sum, 5);
        }
      }),
    );
  });

  it('is -Infinity for more labels than steps, and a repeated label needs a blank between', () => {
    const rows = { values: new Float32Array(4).fill(Math.log(1 / 2)), labels: 2 };
    expect(logProbability(rows, [1, 1])).toBe(Number.NEGATIVE_INFINITY);
    expect(logProbability(rows, [1])).toBeCloseTo(Math.log(3 / 4));
    expect(logProbability({ values: new Float32Array(), labels: 2 }, [1])).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe('bestPathLogProbability', () => {
  it('is that of the most probable path', () => {
    fc.assert(
      fc.property(rowsOf(3, 5), (rows) => {
        const all = paths(rows.values.length / 3, 3).map((path) =>
          path.reduce((sum, label, step) => sum + rows.values[3 * step + label], 0),
        );
        expect(bestPathLogProbability(rows)).toBeCloseTo(Math.max(...all), 4);
      }),
    );
  });
});

/** Three steps: "red", a blank, "cube". Each other label has a much lower probability. */
const wordRows = {
  values: Float32Array.from([2, 0, 3].flatMap((best) => [0, 1, 2, 3, 4].map((label) => (label === best ? -0.1 : -3)))),
  labels: 5,
};
const fit = new WordFit(['red', 'cube', 'blue']);

describe('WordFit', () => {
  it('is about 0 for the spoken words and decreases with the fit', () => {
    expect(Math.abs(fit.score('red cube', wordRows))).toBeLessThan(0.2);
    expect(fit.score('blue cube', wordRows)).toBeLessThan(fit.score('red cube', wordRows) - 1);
    expect(fit.score('cube red', wordRows)).toBeLessThan(fit.score('blue cube', wordRows) - 1);
  });

  it('scores all unknown words alike', () => {
    expect(fit.score('red sphere', wordRows)).toBe(fit.score('red pyramid', wordRows));
    expect(fit.score('red sphere', wordRows)).toBeLessThan(fit.score('red cube', wordRows));
  });

  it('is -Infinity for an empty text and for one too long for the audio', () => {
    expect(fit.score('', wordRows)).toBe(Number.NEGATIVE_INFINITY);
    expect(fit.score('red cube red cube', wordRows)).toBe(Number.NEGATIVE_INFINITY);
  });
});
