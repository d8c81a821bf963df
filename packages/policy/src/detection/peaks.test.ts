import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectionsIn } from './peaks.ts';

const FORM = { words: [['red', 'blue'], ['cube']], threshold: 0.5 };
const SIZE = 5;
const CELLS = SIZE * SIZE;

/** The output of a graph in which some cells have a confidence; x and y are those of the cell, and the colour is red. */
function output(confidences: readonly (readonly [cell: number, confidence: number])[]): Float32Array {
  const data = new Float32Array(6 * CELLS);
  for (let cell = 0; cell < CELLS; cell++) {
    data[CELLS + cell] = ((cell % SIZE) + 0.5) / SIZE;
    data[2 * CELLS + cell] = (Math.floor(cell / SIZE) + 0.5) / SIZE;
    data[3 * CELLS + cell] = 0.75;
    data[4 * CELLS + cell] = 0.25;
    data[5 * CELLS + cell] = 1;
  }
  for (const [cell, confidence] of confidences) data[cell] = confidence;
  return data;
}

describe('detectionsIn', () => {
  it('reads place, confidence and words of the cells above the threshold, the most confident first', () => {
    const found = detectionsIn(
      output([
        [6, 0.75],
        [18, 0.875],
        [24, 0.25],
      ]),
      FORM,
    );
    expect(found).toHaveLength(2);
    expect(found[0]).toMatchObject({ confidence: 0.875, words: [{ red: 0.75, blue: 0.25 }, { cube: 1 }] });
    expect(found[0].x).toBeCloseTo(0.7, 6);
    expect(found[1].y).toBeCloseTo(0.3, 6);
  });

  it('finds a thing once, although its neighbours are confident too', () => {
    const around = [6, 7, 8, 11, 13, 16, 17, 18].map((cell) => [cell, 0.75] as const);
    expect(detectionsIn(output([...around, [12, 0.875]]), FORM)).toHaveLength(1);
    expect(
      detectionsIn(
        output([
          [12, 0.75],
          [13, 0.75],
        ]),
        FORM,
      ),
    ).toHaveLength(1);
  });

  it('never finds two things in neighbouring cells, and always the most confident cell', () => {
    const confidence = fc.integer({ min: 0, max: 8 }).map((each) => each / 8);
    fc.assert(
      fc.property(fc.array(confidence, { minLength: CELLS, maxLength: CELLS }), (all) => {
        const found = detectionsIn(output(all.map((each, cell) => [cell, each] as const)), FORM);
        const cells = found.map(({ x, y }) => [Math.floor(x * SIZE), Math.floor(y * SIZE)]);
        for (const [i, [x, y]] of cells.entries()) {
          for (const [u, v] of cells.slice(i + 1))
            expect(Math.max(Math.abs(x - u), Math.abs(y - v))).toBeGreaterThan(1);
        }
        if (Math.max(...all) >= FORM.threshold) expect(found[0].confidence).toBe(Math.max(...all));
        else expect(found).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
