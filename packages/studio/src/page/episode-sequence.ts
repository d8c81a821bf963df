/** Time (ms) in which the user sees the outcome of an episode before the next one starts. */
export const OUTCOME_MS = 2500;
/** Time (ms) after which a start that had to wait is tried again. */
const RETRY_MS = 500;

/** Options of {@link EpisodeSequence}. */
export interface EpisodeSequenceOptions {
  /** Starts the next episode. */
  readonly startNext: () => void;
  /** False while the next episode must not replace the present one, for example while a stop latches. */
  readonly mayStart: () => boolean;
}

/** Lets one episode follow another until {@link cancel}. */
export class EpisodeSequence {
  readonly #options: EpisodeSequenceOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: EpisodeSequenceOptions) {
    this.#options = options;
  }

  /** True while an episode has ended and the next one follows. */
  get pending(): boolean {
    return this.#timer !== undefined;
  }

  /** Starts the next episode soon. */
  onEpisodeEnd(): void {
    this.#wait(OUTCOME_MS);
  }

  /** The next episode does not follow by itself. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #wait(milliseconds: number): void {
    this.cancel();
    this.#timer = setTimeout(() => {
      if (!this.#options.mayStart()) {
        this.#wait(RETRY_MS);
        return;
      }
      this.#timer = undefined;
      this.#options.startNext();
    }, milliseconds);
  }
}
