/** Asks for what is wanted last: while an answer is on its way, only the newest further question is kept. */
export class NewestRequest<Q, A> {
  readonly #ask: (question: Q) => Promise<A>;
  readonly #use: (answer: A) => void;
  readonly #fail: (error: unknown) => void;
  #busy = false;
  #next: { readonly question: Q } | undefined;

  /** @param use gets each answer, @param fail each error; the next question follows both */
  constructor(ask: (question: Q) => Promise<A>, use: (answer: A) => void, fail: (error: unknown) => void) {
    this.#ask = ask;
    this.#use = use;
    this.#fail = fail;
  }

  request(question: Q): void {
    if (this.#busy) {
      this.#next = { question };
      return;
    }
    this.#busy = true;
    this.#ask(question)
      .then(this.#use, this.#fail)
      .finally(() => {
        this.#busy = false;
        const next = this.#next;
        this.#next = undefined;
        if (next) this.request(next.question);
      });
  }
}
