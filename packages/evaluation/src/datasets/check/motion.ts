import type { Finding } from './finding.ts';
import type { ElementRange } from './ranges.ts';

/** Rows of numbers, one for each frame of an episode, with the names of their elements and what is usual for them. */
export interface Motion {
  readonly feature: string;
  readonly rows: readonly ArrayLike<number>[];
  readonly names: readonly string[];
  readonly ranges: readonly ElementRange[];
}

/** A step is a jump when it is so much larger than the median one, and so large a part of the range. */
const JUMP_MEDIANS = 12;
const JUMP_SHARE = 0.2;
/** The steps before and after a jump are so many times smaller in its direction. */
const JUMP_OVER_NEIGHBOURS = 3;
/** Frames at the end of the range from which an element counts as saturated. */
const SATURATED_FRAMES = 5;
/** A gripper goes through its whole range within a few frames, and rests at its ends on purpose. */
const GRIPPER = /gripper|finger/i;
/** Another element moves when it changes by so large a part of its range from frame to frame. */
const MOVING_SHARE = 0.005;
/** An episode moves when an element of the state goes through so large a part of its range. */
const MOTION_SHARE = 0.02;

/** The frame at which a number is not finite. */
export function findNotFinite({ feature, rows, names }: Motion): readonly Finding[] {
  for (const [frame, row] of rows.entries()) {
    const i = Array.from(row).findIndex((value) => !Number.isFinite(value));
    if (i >= 0) return [{ kind: 'not finite', frame, message: `${feature} ${names[i]} is ${row[i]}` }];
  }
  return [];
}

/**
 * The largest jump of each measured element: a step far beyond the usual ones, which the steps before and after do not lead to. A fast
 * motion accelerates and brakes; a command may jump, a joint cannot.
 */
export function findJumps({ feature, rows, names, ranges }: Motion): readonly Finding[] {
  return ranges.flatMap(({ min, max, medianStep }, i): Finding[] => {
    if (medianStep === 0 || GRIPPER.test(names[i])) return [];
    const step = (k: number): number => (k < 1 || k >= rows.length ? 0 : rows[k][i] - rows[k - 1][i]);
    let [largest, at] = [0, 0];
    for (let k = 1; k < rows.length; k++) {
      const size = Math.abs(step(k));
      const along = Math.max(step(k - 1) * Math.sign(step(k)), step(k + 1) * Math.sign(step(k)));
      if (size > largest && along < size / JUMP_OVER_NEIGHBOURS) [largest, at] = [size, k];
    }
    if (largest < Math.max(JUMP_MEDIANS * medianStep, JUMP_SHARE * (max - min))) return [];
    const times = (largest / medianStep).toFixed(0);
    const message = `${feature} ${names[i]} jumps by ${largest.toPrecision(3)}, ${times} times its median step`;
    return [{ kind: 'jump', frame: at, message }];
  });
}

/** The longest run of frames that are like the one before. */
export function longestRun(
  count: number,
  like: (frame: number) => boolean,
): { readonly from: number; readonly length: number } {
  let [length, longest, from] = [0, 0, 0];
  for (let k = 1; k < count; k++) {
    length = like(k) ? length + 1 : 0;
    if (length > longest) [longest, from] = [length, k - length];
  }
  return { from, length: longest };
}

/** Elements that stay exactly at the end of their range while others move, as behind a limit. */
export function findSaturations({ feature, rows, names, ranges }: Motion): readonly Finding[] {
  return ranges.flatMap(({ min, max }, i): Finding[] => {
    if (!(max > min) || GRIPPER.test(names[i])) return [];
    for (const [limit, word] of [
      [max, 'largest'],
      [min, 'smallest'],
    ] as const) {
      const held = (k: number) => rows[k][i] === limit && rows[k - 1][i] === limit && othersMove(rows, k, i, ranges);
      const { from, length } = longestRun(rows.length, held);
      if (length < SATURATED_FRAMES) continue;
      const message = `${feature} ${names[i]} stays at its ${word} value ${limit.toPrecision(4)} for ${length + 1} frames while others move`;
      return [{ kind: 'saturation', frame: from, message }];
    }
    return [];
  });
}

const othersMove = (
  rows: readonly ArrayLike<number>[],
  k: number,
  i: number,
  ranges: readonly ElementRange[],
): boolean =>
  ranges.some(({ min, max }, j) => j !== i && Math.abs(rows[k][j] - rows[k - 1][j]) > MOVING_SHARE * (max - min));

/** True when an element goes through a part of its range that counts as motion. */
export const moves = ({ rows, ranges }: Motion): boolean =>
  ranges.some(({ min, max }, i) => {
    const values = Array.from(rows, (row) => row[i]);
    return Math.max(...values) - Math.min(...values) > MOTION_SHARE * (max - min);
  });
