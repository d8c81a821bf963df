/** A key whose values differ in two records, with both values as JSON; `none` for a missing one. */
export interface Difference {
  readonly key: string;
  readonly expected: string;
  readonly found: string;
}

/** The first key in which a record of JSON values differs from the expected one; undefined when it is equal. */
export function firstDifference(
  expected: Readonly<Record<string, unknown>>,
  found: Readonly<Record<string, unknown>>,
): Difference | undefined {
  return [...new Set([...Object.keys(expected), ...Object.keys(found)])]
    .map((key) => ({ key, expected: inJson(expected[key]), found: inJson(found[key]) }))
    .find((each) => each.expected !== each.found);
}

const inJson = (value: unknown): string => JSON.stringify(value) ?? 'none';
