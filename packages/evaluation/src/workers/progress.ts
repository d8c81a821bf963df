/** Reports how far a long measurement is. */
export interface Progress {
  /** One more unit is done. @param remark a short text to show beside the count */
  step(remark: string): void;
  /** Ends the report and leaves the terminal in order. Calling it twice is safe. */
  stop(): void;
}

/**
 * Begins to report a long measurement; the caller of the library decides how.
 * @param total number of units
 * @param done units that an earlier run has finished
 */
export type StartProgress = (label: string, total: number, done?: number) => Progress;

/** Reports nothing. */
export const NO_PROGRESS: StartProgress = () => ({ step() {}, stop() {} });
