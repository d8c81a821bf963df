/** Shows the progress of a long measurement. */
export interface Progress {
  /** Counts finished units. @param remark short text to show beside the count @param units Default: 1 */
  step(remark: string, units?: number): void;
  /** Removes the progress display. Calling it twice is safe. */
  stop(): void;
}

/**
 * Starts the progress display of a long measurement. The caller of the library implements it.
 * @param total number of units
 * @param done number of units that an earlier run has finished
 */
export type StartProgress = (label: string, total: number, done?: number) => Progress;

/** Shows no progress. */
export const NO_PROGRESS: StartProgress = () => ({ step() {}, stop() {} });
