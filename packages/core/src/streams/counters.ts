/** Counts of a stream's samples by their treatment. Several operators may share one object. */
export interface StreamCounters {
  /** Samples received. */
  received: number;
  /** Samples with a larger delay than allowed. */
  late: number;
  /** Samples dropped because a newer one arrived or the queue was full. */
  dropped: number;
  /** Samples missing according to the nominal rate and the stamps. */
  missing: number;
  /** Samples older than a previous one. */
  reordered: number;
  /** Samples with the stamp of the previous one. */
  duplicated: number;
  /** Samples with a stamp in the future or without a valid stamp. */
  ahead: number;
}

/** Returns counters at 0. */
export const newCounters = (): StreamCounters => ({
  received: 0,
  late: 0,
  dropped: 0,
  missing: 0,
  reordered: 0,
  duplicated: 0,
  ahead: 0,
});
