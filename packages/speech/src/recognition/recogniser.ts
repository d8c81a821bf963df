import type { StopEvent } from './stop-event.ts';

/** The recognition of one utterance. */
export interface RecognitionResult {
  /** Lower case; empty when the recogniser found no words. */
  readonly text: string;
  /** Fit of the words to the audio, 0..1; the recogniser accepts from 0.5. */
  readonly confidence: number;
  /** `no` when the utterance is probably no command: do not act on it. Its stop words count nevertheless. */
  readonly accepted: 'yes' | 'no';
  /** Stop words in the utterance; times in seconds from its beginning. */
  readonly stops: readonly StopEvent[];
  /** Duration of the recognition (s). */
  readonly compute: number;
}

/** Port: converts an utterance of 16 kHz to text. */
export interface Recogniser {
  /**
   * Recognises one utterance; further calls wait for their turn.
   * @param samples 16 kHz, after noise suppression
   * @param rawSamples the same utterance before noise suppression, which some combinations of voice and noise need
   * @throws {InputError} after the recogniser has exited
   */
  recognise(samples: Float32Array, rawSamples?: Float32Array): Promise<RecognitionResult>;
  /** Resolves with the reason of the exit, also after `close`. */
  readonly exited: Promise<string>;
  close(): Promise<void>;
}

/** Port: decides which utterances address the robot, for example those after a wake word. */
export interface AttentionGate {
  /**
   * @param text text of the utterance, in lower case
   * @param start beginning of the utterance (s, on any clock that does not run backward)
   * @param end end of the utterance (s)
   * @returns `command` with the text after the wake word, `wake` for the wake word alone, `bystander` for other speech
   */
  addresseeOf(
    text: string,
    start: number,
    end?: number,
  ): { readonly kind: 'command'; readonly text: string } | { readonly kind: 'wake' } | { readonly kind: 'bystander' };
}
