/** Stores the last `seconds` of rows `[time, v1..vn]` as one array for each column, the format of uPlot. */
export class PlotHistory {
  readonly columns: number[][];
  readonly #seconds: number;

  /** @param values number of values in a row besides the time */
  constructor(values: number, seconds: number) {
    this.columns = Array.from({ length: values + 1 }, () => []);
    this.#seconds = seconds;
  }

  /** @param rows rows in row-major order, with ascending times */
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
