/**
 * A detected stop word, on its path from the detector to the brakes. The origin of its times (s) depends on the source: the first
 * sample for a {@link StopSpotter}, the beginning of the utterance for a recogniser, the audio's clock for a listener.
 */
export interface StopEvent {
  /** The word in lower case, such as "stop". */
  readonly word: string;
  /** End of the word (s). */
  readonly end: number;
  /** End of the audio that the detector had processed when it found the word (s): `end` plus the detector's delay. */
  readonly detected: number;
  /** `stop words`: a spotter, during the utterance; `commands`: a recogniser, after it. */
  readonly by: 'stop words' | 'commands';
  /**
   * Confidence of the detection. `high`: a stop. `medium`: a stop if no further speech follows. `low`: perhaps another word, which
   * the recognition of the utterance decides.
   */
  readonly confidence: 'high' | 'medium' | 'low';
}

/** An uncertain stop word, which may be part of a command. */
export interface StopCandidate extends StopEvent {
  readonly confidence: 'medium' | 'low';
}

/** Port: detects stop words in a continuous stream of audio. */
export interface StopSpotter {
  /**
   * Processes the next samples of one endless stream.
   * @param samples 16 kHz, any number of them
   * @returns the words that these samples complete; times in seconds from the first sample of the stream
   * @throws {InputError} after the spotter has exited
   */
  detect(samples: Float32Array): Promise<readonly StopEvent[]>;
  /** Resolves with the reason of the exit, also after `close`. */
  readonly exited: Promise<string>;
  close(): Promise<void>;
}
