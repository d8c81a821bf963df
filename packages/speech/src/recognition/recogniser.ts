/** A stop word that was heard. Seconds from the beginning of the utterance. */
export interface HeardStop {
  readonly word: string;
  /** When the word ended. */
  readonly end: number;
  /** How much had been heard when it was found: later than `end` by the recogniser's delay. */
  readonly detected: number;
}

export interface Recognition {
  /** In lower case; empty when nothing was recognised. */
  readonly text: string;
  /** 0..1: how well the words explain what was heard; 0.5 is where it is accepted. */
  readonly confidence: number;
  /** `no` for what is probably no command: it must not be acted on. Stop words count all the same. */
  readonly accepted: 'yes' | 'no';
  readonly stops: readonly HeardStop[];
  /** Time that it took (s). */
  readonly compute: number;
}

/** Port: an utterance of 16 kHz in, text out. */
export interface Recogniser {
  /**
   * One utterance at a time; more wait for their turn.
   * @param plain the same utterance before noise was taken off: some voices in some noises are understood better so
   * @throws {InputError} when the recogniser is gone
   */
  recognise(samples: Float32Array, plain?: Float32Array): Promise<Recognition>;
  /** Resolves with why when it ended, of itself or because it was closed. */
  readonly gone: Promise<string>;
  close(): Promise<void>;
}
