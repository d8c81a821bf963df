/** To 16 kHz samples. */
export interface Transcript {
  /** As the model writes it. */
  readonly text: string;
  /** Time that it took (s). */
  readonly compute: number;
}
