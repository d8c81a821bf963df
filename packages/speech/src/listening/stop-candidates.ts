import type { StopCandidate } from '../recognition/stop-event.ts';

/** The recognition of an utterance, as far as it confirms or refutes a stop word. */
export interface UtteranceVerdict {
  /** Stamp of its last speech (s). */
  readonly end: number;
  /** Level of the speech above the noise around it (dB). */
  readonly contrast: number;
  /** Recognised text in lower case. */
  readonly text: string;
  /** Confidence that it is a command without a stop word, 0..1; a recogniser accepts a command from 0.5. */
  readonly confidence: number;
}

/** An unresolved candidate becomes a stop this long after its word (s): most commands have ended by then. */
export const CANDIDATE_TIMEOUT_S = 3;
/** Words may end this long after the last detected speech of their utterance (s). */
const UTTERANCE_TAIL_S = 0.3;
/** A stop word is the last word: it ends within this time before the end of its utterance (s). */
const LAST_WORD_WINDOW_S = 0.6;
/** Speech later than this after a word is further speech (s). */
const CONTINUED_SPEECH_WINDOW_S = 0.3;
/** Below this contrast (dB) other speakers or noise mask the end of an utterance, so no word is known to be its last. */
const NOISY_CONTRAST_DB = 18;
/** Below that contrast only a command with this confidence refutes a candidate. */
const NOISY_MIN_CONFIDENCE = 0.9;
/** A command of fewer words may be the misrecognised stop word itself: "hold" for "halt". */
const MIN_COMMAND_WORDS = 2;

/**
 * Uncertain stop words, with stamps of the audio, that wait for the recognition of their utterance. The last word of an utterance
 * is a stop unless the recogniser understands the whole as a command. A candidate without a recognition in time is a stop.
 */
export class StopCandidates {
  #open: StopCandidate[] = [];

  push(candidate: StopCandidate): void {
    this.#open.push(candidate);
  }

  /**
   * Removes the candidates inside a recognised utterance.
   * @returns those that are stops
   */
  resolve({ end, contrast, text, confidence }: UtteranceVerdict): readonly StopCandidate[] {
    const inside = this.#remove((each) => each.end <= end + UTTERANCE_TAIL_S);
    const isNoisy = contrast < NOISY_CONTRAST_DB;
    if (confidence >= (isNoisy ? NOISY_MIN_CONFIDENCE : 0.5))
      return text.split(' ').length < MIN_COMMAND_WORDS ? inside : [];
    return isNoisy ? inside : inside.filter((each) => each.end >= end - LAST_WORD_WINDOW_S);
  }

  /**
   * Removes the candidates of medium confidence that no further speech followed.
   * @param end stamp of the last speech before the pause (s)
   * @returns these candidates; they are stops
   */
  onSilence(end: number): readonly StopCandidate[] {
    return this.#open.length === 0
      ? []
      : this.#remove((each) => each.confidence === 'medium' && each.end >= end - CONTINUED_SPEECH_WINDOW_S);
  }

  /**
   * Removes the candidates older than {@link CANDIDATE_TIMEOUT_S}.
   * @param now stamp of the newest audio (s)
   * @returns these candidates; they are stops unless the sound was noise
   */
  expire(now: number): readonly StopCandidate[] {
    return this.#open.length === 0 ? [] : this.#remove(({ end }) => now - end > CANDIDATE_TIMEOUT_S);
  }

  #remove(which: (candidate: StopCandidate) => boolean): readonly StopCandidate[] {
    const removed = this.#open.filter(which);
    this.#open = this.#open.filter((each) => !removed.includes(each));
    return removed;
  }
}
