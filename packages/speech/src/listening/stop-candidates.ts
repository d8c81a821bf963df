import type { StopCandidate } from '../recognition/stop-event.ts';

/** What an utterance was understood as. */
export interface UtteranceVerdict {
  /** Stamp of its last sound (s). */
  readonly end: number;
  /** By how much it stood out of the noise (dB). */
  readonly contrast: number;
  /** In lower case. */
  readonly text: string;
  /** That it is a command without a stop word, 0..1; 0.5 is where a command is accepted. */
  readonly confidence: number;
}

/** So long after the word it is a stop if nobody has said otherwise (s): most commands are over by then. */
export const CANDIDATE_TIMEOUT_S = 3;
/** An utterance goes on so long after its last sound (s). */
const UTTERANCE_TAIL_S = 0.3;
/** Who means a stop says nothing else after it: it ends so near to the end of the utterance (s). */
const LAST_WORD_WINDOW_S = 0.6;
/** Nobody has spoken on when the last sound of speech is no later than so long after the word (s). */
const CONTINUED_SPEECH_WINDOW_S = 0.3;
/** Where speech stands out of the noise by less (dB) others are heard as well: nobody knows where an utterance ends. */
const NOISY_CONTRAST_DB = 18;
/** There a command has to be so clear. */
const NOISY_MIN_CONFIDENCE = 0.9;
/** A command of fewer words may be nothing but the stop word, misheard: "hold" for "halt". */
const MIN_COMMAND_WORDS = 2;

/**
 * What may have been a stop word (stamps), until it is known what was said. What was said last is a stop, unless all of it is understood as
 * something else; so is what nobody says anything about.
 */
export class StopCandidates {
  #open: StopCandidate[] = [];

  push(candidate: StopCandidate): void {
    this.#open.push(candidate);
  }

  /**
   * An utterance is over.
   * @returns the stops in it
   */
  resolve({ end, contrast, text, confidence }: UtteranceVerdict): readonly StopCandidate[] {
    const settled = this.#take(({ end: ended }) => ended <= end + UTTERANCE_TAIL_S);
    const loud = contrast < NOISY_CONTRAST_DB;
    if (confidence >= (loud ? NOISY_MIN_CONFIDENCE : 0.5))
      return text.split(' ').length < MIN_COMMAND_WORDS ? settled : [];
    return loud ? settled : settled.filter((each) => each.end >= end - LAST_WORD_WINDOW_S);
  }

  /**
   * Somebody who was speaking is silent, for a moment at least.
   * @param end stamp of the last sound of speech (s)
   * @returns the stops
   */
  onSilence(end: number): readonly StopCandidate[] {
    return this.#open.length === 0
      ? []
      : this.#take((each) => each.confidence === 'medium' && each.end >= end - CONTINUED_SPEECH_WINDOW_S);
  }

  /** @param now stamp of what was heard last. @returns those that have waited long enough: stops. */
  expire(now: number): readonly StopCandidate[] {
    return this.#open.length === 0 ? [] : this.#take(({ end }) => now - end > CANDIDATE_TIMEOUT_S);
  }

  #take(which: (candidate: StopCandidate) => boolean): readonly StopCandidate[] {
    const removed = this.#open.filter(which);
    this.#open = this.#open.filter((each) => !removed.includes(each));
    return removed;
  }
}
