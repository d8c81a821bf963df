/** Which element of the labels each element of the actions answers to. */
export interface Order {
  /** Index of the label's element for each element of the actions. */
  readonly order: readonly number[];
  /** 1, or -1 for an element that answers with the opposite sign. */
  readonly signs: readonly (1 | -1)[];
}

const correlation = (a: readonly number[], b: readonly number[]): number => {
  const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (const [i, x] of a.entries()) {
    ab += (x - ma) * (b[i] - mb);
    aa += (x - ma) ** 2;
    bb += (b[i] - mb) ** 2;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
};

const column = (rows: readonly ArrayLike<number>[], i: number): number[] => rows.map((row) => row[i]);

/** Correlation of each element of the actions with each of the labels, -1..1; 0 for an element that does not vary. */
export const correlations = (
  actions: readonly ArrayLike<number>[],
  labels: readonly ArrayLike<number>[],
): readonly (readonly number[])[] =>
  Array.from(actions[0], (_, i) => Array.from(labels[0], (_, j) => correlation(column(actions, i), column(labels, j))));

/** The assignment of rows to columns with the largest sum, by dynamic programming over sets of columns: for up to about 16 rows. */
export function bestAssignment(score: readonly (readonly number[])[]): readonly number[] {
  const size = score.length;
  const best = new Float64Array(1 << size).fill(Number.NEGATIVE_INFINITY);
  const last = new Int8Array(1 << size);
  best[0] = 0;
  for (let set = 0; set < 1 << size; set++) {
    const row = bitCount(set);
    if (row >= size) continue;
    for (let j = 0; j < size; j++) {
      const next = set | (1 << j);
      if (next === set || best[set] + score[row][j] <= best[next]) continue;
      best[next] = best[set] + score[row][j];
      last[next] = j;
    }
  }
  const order = new Array<number>(size);
  for (let set = (1 << size) - 1, row = size - 1; row >= 0; row--) {
    order[row] = last[set];
    set &= ~(1 << last[set]);
  }
  return order;
}

const bitCount = (set: number): number => {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count++;
  return count;
};

/** Joints and axes beyond this number are not searched for an order. */
const MAXIMUM_SIZE = 14;
/** The better order must answer at least so well (mean correlation of its pairs), and better than the own one by so much. */
const LEAST_CORRELATION = 0.6;
const LEAST_GAIN = 0.3;

/** A better order must bring the targets so much closer to the labels. */
const CLOSER_RATIO = 0.4;

/**
 * Finds the order and signs in which targets lie closest to labels: for positions of joints, which move together but stand apart.
 * @param targets,labels rows of equal length and unit, one for each probe
 * @returns undefined when no other order is clearly closer
 */
export function findClosestOrder(
  targets: readonly ArrayLike<number>[],
  labels: readonly ArrayLike<number>[],
): Order | undefined {
  const size = labels[0]?.length ?? 0;
  if (size === 0 || size > MAXIMUM_SIZE) return undefined;
  const distance = (i: number, j: number, sign: 1 | -1): number =>
    Math.sqrt(targets.reduce((sum, row, k) => sum + (sign * row[i] - labels[k][j]) ** 2, 0));
  const nearest = (i: number, j: number): number => Math.min(distance(i, j, 1), distance(i, j, -1));
  const indices = Array.from({ length: size }, (_, i) => i);
  const order = bestAssignment(indices.map((i) => indices.map((j) => -nearest(i, j))));
  const own = indices.reduce((sum, i) => sum + distance(i, i, 1), 0);
  const best = indices.reduce((sum, i) => sum + nearest(i, order[i]), 0);
  if (best >= CLOSER_RATIO * own) return undefined;
  return { order, signs: order.map((j, i) => (distance(i, j, -1) < distance(i, j, 1) ? -1 : 1)) };
}

/**
 * Finds the order and signs in which displacements answer to labels.
 * @param actions,labels rows of equal length, one for each probe
 * @returns undefined when the own order answers as well, or no order answers well
 */
export function findOrder(
  actions: readonly ArrayLike<number>[],
  labels: readonly ArrayLike<number>[],
): Order | undefined {
  const size = labels[0]?.length ?? 0;
  if (size === 0 || size > MAXIMUM_SIZE || actions.length < 3) return undefined;
  const table = correlations(actions, labels);
  const order = bestAssignment(table.map((row) => row.map(Math.abs)));
  const best = order.reduce((sum, j, i) => sum + Math.abs(table[i][j]), 0) / size;
  const own = table.reduce((sum, row, i) => sum + row[i], 0) / size;
  if (best < LEAST_CORRELATION || best - own < LEAST_GAIN) return undefined;
  return { order, signs: order.map((j, i) => (table[i][j] < 0 ? -1 : 1)) };
}
