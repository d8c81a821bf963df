/** What became of a stream's samples. One object may count for several operators in a row. */
export interface StreamCounters {
  /** All that came. */
  received: number;
  /** Reached us later than allowed. */
  late: number;
  /** Came and were let go, because there was something newer or no room. */
  dropped: number;
  /** Never came, judged by the nominal rate and the time stamps. */
  missing: number;
  /** Older than one that had come before. */
  reordered: number;
  /** Of the same stamp as the one before. */
  duplicated: number;
  /** Stamped later than now, or with no time at all. */
  ahead: number;
}

export const newCounters = (): StreamCounters => ({
  received: 0,
  late: 0,
  dropped: 0,
  missing: 0,
  reordered: 0,
  duplicated: 0,
  ahead: 0,
});
