import type { StopEvent } from './stop-event.ts';

export interface RecognitionResult {
  /** In lower case; empty when nothing was recognised. */
  readonly text: string;
  /** 0..1: how well the words explain what was heard; 0.5 is where it is accepted. */
  readonly confidence: number;
  /** `no` for what is probably no command: it must not be acted on. Stop words count all the same. */
  readonly accepted: 'yes' | 'no';
  /** Seconds from the beginning of the utterance. */
  readonly stops: readonly StopEvent[];
  /** Time that it took (s). */
  readonly compute: number;
}

/** Port: an utterance of 16 kHz in, text out. */
export interface Recogniser {
  /**
   * One utterance at a time; more wait for their turn.
   * @param rawSamples the same utterance before noise was taken off: some voices in some noises are understood better so
   * @throws {InputError} when the recogniser is gone
   */
  recognise(samples: Float32Array, rawSamples?: Float32Array): Promise<RecognitionResult>;
  /** Resolves with why when it ended, of itself or because it was closed. */
  readonly exited: Promise<string>;
  close(): Promise<void>;
}

/** Port: decides which utterances are meant for the robot, for example those after a wake word. */
export interface AttentionGate {
  /**
   * @param text of the utterance, in lower case
   * @param start when the utterance began (s, of any clock that does not run backward)
   * @param end when it ended (s)
   * @returns `command` with the text that is left, `wake` for the wake word alone, `bystander` when the robot is not meant
   */
  addresseeOf(
    text: string,
    start: number,
    end?: number,
  ): { readonly kind: 'command'; readonly text: string } | { readonly kind: 'wake' } | { readonly kind: 'bystander' };
}
