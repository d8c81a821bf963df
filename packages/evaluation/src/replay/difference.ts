/** A number that differs from the recorded one. */
export interface NumberDifference {
  /** Name of the block or group. */
  readonly name: string;
  /** Index of the number in the block. */
  readonly element: number;
  readonly value: number;
  readonly recorded: number;
  /** Absolute difference, in SI units; NaN where one of the two is no number. */
  readonly by: number;
}

/** Numbers by name, to be compared. */
export type NamedNumbers = ReadonlyMap<string, ArrayLike<number>>;

/**
 * The largest difference between numbers and the recorded ones; undefined when every bit is equal. A block that only one side has
 * differs by NaN.
 */
export function largestDifference(values: NamedNumbers, recorded: NamedNumbers): NumberDifference | undefined {
  let largest: NumberDifference | undefined;
  const note = (difference: NumberDifference): void => {
    if (!largest || Number.isNaN(difference.by) || difference.by > largest.by) largest = difference;
  };
  for (const name of new Set([...values.keys(), ...recorded.keys()])) {
    const [is, was] = [values.get(name) ?? [], recorded.get(name) ?? []];
    for (let i = 0; i < Math.max(is.length, was.length); i++) {
      const [value, old] = [is[i] ?? Number.NaN, was[i] ?? Number.NaN];
      if (Object.is(value, old)) continue;
      note({ name, element: i, value, recorded: old, by: Math.abs(value - old) });
      if (Number.isNaN(value - old)) return largest;
    }
  }
  return largest;
}
