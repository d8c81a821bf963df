/** Formats a text table: each column is as wide as its widest cell; the first is left-aligned, the others right-aligned. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column].length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [line(head), rule, ...rows.map(line)].join('\n');
}

/** Formats a table as the lines of a Markdown table. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [row(head), `|${head.map(() => '---|').join('')}`, ...rows.map(row)];
}

/** Escapes a text for a cell of a Markdown table. */
export const inCell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** Formats a number with a fixed count of decimals, or `-` for null. */
export const fixed = (value: number | null, digits = 0): string => (value === null ? '-' : value.toFixed(digits));

/** Formats a time in seconds as whole milliseconds, or `-` for null. */
export const milliseconds = (seconds: number | null): string =>
  seconds === null ? '-' : `${(1000 * seconds).toFixed(0)} ms`;

/** Formats a share of 0..1 as a percentage with one decimal, or `-` for null. */
export const percent = (value: number | null): string => (value === null ? '-' : `${(100 * value).toFixed(1)} %`);

/** Formats an interval of shares of 0..1 in percent: `91.2 % to 97.3 %`. */
export const percentInterval = ([low, high]: readonly [number, number]): string =>
  `${percent(low)} to ${percent(high)}`;

/** Formats a difference with its sign, which a rounded 0 has not. */
export function signed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  if (Number(text) === 0) return (0).toFixed(digits);
  return value > 0 ? `+${text}` : text;
}

/** Formats the p value of a test. */
export const pValue = (p: number): string => (p < 0.001 ? '< 0.001' : p.toFixed(3));
