/**
 * A stop word that was heard, from whatever found it to the brakes. Seconds: from the first sample that a spotter was given, from
 * the beginning of an utterance, and stamps of the audio's own clock in what a listener tells.
 */
export interface StopEvent {
  readonly word: string;
  /** When the word ended (s). */
  readonly end: number;
  /** How much had been heard when it was found (s): later than `end` by the delay of what found it. */
  readonly detected: number;
  /** `stop words`: a spotter, while it was said; `commands`: a recogniser, when the utterance was over. */
  readonly by: 'stop words' | 'commands';
  /**
   * How certain it was when it was found. `likely`: a stop if nobody goes on speaking after it; `suspected`: it may have been
   * another word, which shows when it is known what was said.
   */
  readonly confidence: 'high' | 'medium' | 'low';
}

/** A stop word that may have been another word. */
export interface StopCandidate extends StopEvent {
  readonly confidence: 'medium' | 'low';
}

/** Port: hears stop words in sound that is still going on. */
export interface StopSpotter {
  /**
   * What comes next of one endless stream.
   * @param samples 16 kHz, any number of them
   * @returns what was found with them; seconds from the first sample that this spotter was given
   * @throws {InputError} when the spotter is gone
   */
  detect(samples: Float32Array): Promise<readonly StopEvent[]>;
  /** Resolves with why when it ended, of itself or because it was closed. */
  readonly exited: Promise<string>;
  close(): Promise<void>;
}
