import type { StopCandidate } from '../recognition/stop-event.ts';

/** What an utterance was understood as. */
export interface SaidInstead {
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
export const PATIENCE = 3;
/** An utterance goes on so long after its last sound (s). */
const AFTER = 0.3;
/** Who means a stop says nothing else after it: it ends so near to the end of the utterance (s). */
const LAST = 0.6;
/** Nobody has spoken on when the last sound of speech is no later than so long after the word (s). */
const ON = 0.3;
/** Where speech stands out of the noise by less (dB) others are heard as well: nobody knows where an utterance ends. */
const LOUD = 18;
/** There a command has to be so clear. */
const CLEAR = 0.9;
/** A command of fewer words may be nothing but the stop word, misheard: "hold" for "halt". */
const WORDS = 2;

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
  settle({ end, contrast, text, confidence }: SaidInstead): readonly StopCandidate[] {
    const settled = this.#take(({ end: ended }) => ended <= end + AFTER);
    const loud = contrast < LOUD;
    if (confidence >= (loud ? CLEAR : 0.5)) return text.split(' ').length < WORDS ? settled : [];
    return loud ? settled : settled.filter((each) => each.end >= end - LAST);
  }

  /**
   * Somebody who was speaking is silent, for a moment at least.
   * @param end stamp of the last sound of speech (s)
   * @returns the stops
   */
  hushed(end: number): readonly StopCandidate[] {
    return this.#open.length === 0 ? [] : this.#take((each) => each.certainty === 'likely' && each.end >= end - ON);
  }

  /** @param heard stamp of what was heard last. @returns those that have waited long enough: stops. */
  overdue(heard: number): readonly StopCandidate[] {
    return this.#open.length === 0 ? [] : this.#take(({ end }) => heard - end > PATIENCE);
  }

  #take(which: (candidate: StopCandidate) => boolean): readonly StopCandidate[] {
    const taken = this.#open.filter(which);
    this.#open = this.#open.filter((each) => !taken.includes(each));
    return taken;
  }
}
