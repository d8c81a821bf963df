/** A stop word that may have been another word. Stamps (s). */
export interface Suspicion {
  readonly word: string;
  readonly end: number;
}

/** So long after the word it is a stop if nobody has said otherwise (s): most commands are over by then. */
export const PATIENCE = 3;
/** An utterance goes on so long after its last sound (s). */
const AFTER = 0.3;
/** Who means a stop says nothing else after it: it ends so near to the end of the utterance (s). */
const LAST = 0.6;

/**
 * What may have been a stop word, until it is known what was said. What was said last is a stop, unless all of it is understood as
 * something else; so is what nobody says anything about.
 */
export class Suspicions {
  #open: Suspicion[] = [];

  push(suspicion: Suspicion): void {
    this.#open.push(suspicion);
  }

  /**
   * An utterance is over.
   * @param end stamp of its last sound
   * @param understood as a command without a stop word
   * @returns the stops in it
   */
  settle(end: number, understood: 'yes' | 'no'): readonly Suspicion[] {
    const settled = this.#take((suspicion) => suspicion.end <= end + AFTER);
    return understood === 'yes' ? [] : settled.filter((each) => each.end >= end - LAST);
  }

  /** @param heard stamp of what was heard last. @returns those that have waited long enough: stops. */
  overdue(heard: number): readonly Suspicion[] {
    return this.#open.length === 0 ? [] : this.#take(({ end }) => heard - end > PATIENCE);
  }

  #take(which: (suspicion: Suspicion) => boolean): readonly Suspicion[] {
    const taken = this.#open.filter(which);
    this.#open = this.#open.filter((each) => !taken.includes(each));
    return taken;
  }
}
