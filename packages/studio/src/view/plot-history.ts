/** The last `seconds` of rows `[time, v1..vn]` as one array a column, which is what the plot takes. */
export class PlotHistory {
  readonly columns: number[][];
  readonly #seconds: number;

  constructor(values: number, seconds: number) {
    this.columns = Array.from({ length: values + 1 }, () => []);
    this.#seconds = seconds;
  }

  /** @param rows row-major; times ascend */
  append(rows: Float32Array): void {
    const size = this.columns.length;
    for (let i = 0; i < rows.length; i++) this.columns[i % size].push(rows[i]);
    const times = this.columns[0];
    const oldest = times[times.length - 1] - this.#seconds;
    let old = 0;
    while (times[old] < oldest) old++;
    if (old > 0) for (const column of this.columns) column.splice(0, old);
  }

  clear(): void {
    for (const column of this.columns) column.length = 0;
  }
}
