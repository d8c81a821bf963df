/** What was made of 16 kHz samples. */
export interface Transcript {
  /** As the model writes it. */
  readonly text: string;
  /** Time that it took (s). */
  readonly compute: number;
}

/** What the process offers. */
export interface SherpaService {
  readonly methods: { transcribe(samples: Float32Array): Transcript };
}
