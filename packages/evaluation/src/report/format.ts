/** Columns as wide as their widest cell; numbers to the right. */
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

/** The same as Markdown, one line of text each. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [row(head), `|${head.map(() => '---|').join('')}`, ...rows.map(row)];
}

/** A time of seconds; `-` when there is none. */
export const milliseconds = (seconds: number | null): string =>
  seconds === null ? '-' : `${(1000 * seconds).toFixed(0)} ms`;

/** Formats a share of 0..1 as a percentage with one decimal, or `-` for null. */
export const percent = (value: number | null): string => (value === null ? '-' : `${(100 * value).toFixed(1)} %`);
