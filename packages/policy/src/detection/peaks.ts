/** A thing that was found in a picture. */
export interface Detection {
  /** Middle of the thing, as fractions of width and height from the top left. */
  readonly x: number;
  readonly y: number;
  /** 0..1. */
  readonly confidence: number;
  /** Probability of each word, for each group of words. */
  readonly words: readonly Readonly<Record<string, number>>[];
}

/** Form of the output of a detection graph. */
export interface DetectionForm {
  /** Groups of words, in the order of the channels after confidence, x and y. */
  readonly words: readonly (readonly string[])[];
  /** Least confidence of a find. */
  readonly threshold: number;
}

/**
 * The things in the output of a detection graph: cells whose confidence reaches the threshold and that no neighbour exceeds.
 * @param data channels of a square grid of cells, row-major: confidence, x, y, then the words of each group
 * @returns the most confident first
 */
export function detectionsIn(data: Float32Array, { words, threshold }: DetectionForm): readonly Detection[] {
  const cells = data.length / (3 + words.flat().length);
  const size = Math.round(Math.sqrt(cells));
  const found: Detection[] = [];
  for (let cell = 0; cell < cells; cell++) {
    if (!(data[cell] >= threshold) || !isPeak(data, cell, size)) continue;
    let channel = 3;
    const named = words.map((group) =>
      Object.fromEntries(group.map((word) => [word, data[channel++ * cells + cell]] as const)),
    );
    found.push({ x: data[cells + cell], y: data[2 * cells + cell], confidence: data[cell], words: named });
  }
  return found.sort((a, b) => b.confidence - a.confidence);
}

/** True when no cell around has a higher confidence; of equal ones the first counts. */
function isPeak(data: Float32Array, cell: number, size: number): boolean {
  const [row, column] = [Math.floor(cell / size), cell % size];
  for (let y = Math.max(0, row - 1); y <= Math.min(size - 1, row + 1); y++) {
    for (let x = Math.max(0, column - 1); x <= Math.min(size - 1, column + 1); x++) {
      const other = y * size + x;
      if (data[other] > data[cell] || (data[other] === data[cell] && other < cell)) return false;
    }
  }
  return true;
}
