import { type Clock, errorMessage } from '@praxis/core';

/** Something with an end of its own: a thread, a process, a connection. */
export interface Mortal {
  readonly gone: Promise<string>;
  close(): Promise<void>;
}

/** Pauses before it is started again (s): twice the last one each time. */
const FIRST_PAUSE = 0.5;
const LONGEST_PAUSE = 30;
/** Having run for this long it counts as healthy: the next pause is the first again (s). */
const HEALTHY = 60;

export type Life =
  | { readonly kind: 'starting' }
  | { readonly kind: 'running' }
  | { readonly kind: 'gone'; readonly reason: string };

/** Keeps something alive: started again after it ended, later each time. `tick` says when to look at the clock. */
export class Restarting<T extends Mortal> {
  readonly #make: () => Promise<T>;
  readonly #clock: Clock;
  readonly #onChange: () => void;
  #current: T | undefined;
  #life: Life = { kind: 'starting' };
  #pause = FIRST_PAUSE;
  #since = 0;
  #closed = false;
  #restarts = 0;
  #starting: Promise<void>;

  constructor(make: () => Promise<T>, clock: Clock, onChange: () => void) {
    this.#make = make;
    this.#clock = clock;
    this.#onChange = onChange;
    this.#starting = this.#start();
  }

  get life(): Life {
    return this.#life;
  }

  get restarts(): number {
    return this.#restarts;
  }

  /** Undefined unless it runs. */
  get current(): T | undefined {
    return this.#current;
  }

  /** When the last start has come to something. */
  get started(): Promise<void> {
    return this.#starting;
  }

  tick(): void {
    if (this.#closed || this.#life.kind !== 'gone' || this.#clock.now() - this.#since < this.#pause) return;
    this.#pause = Math.min(2 * this.#pause, LONGEST_PAUSE);
    this.#restarts++;
    this.#become({ kind: 'starting' });
    this.#starting = this.#start();
  }

  /** It does not do what it should: it is ended, and started again later. */
  fail(which: T, reason: string): void {
    if (this.#current !== which) return;
    this.#lose(reason);
    void which.close().catch(() => {});
  }

  async #start(): Promise<void> {
    try {
      const made = await this.#make();
      if (this.#closed) {
        await made.close();
        return;
      }
      this.#current = made;
      this.#since = this.#clock.now();
      void made.gone.then((reason) => this.#current === made && this.#lose(reason));
      this.#become({ kind: 'running' });
    } catch (error) {
      this.#lose(errorMessage(error));
    }
  }

  #lose(reason: string): void {
    const now = this.#clock.now();
    if (this.#current && now - this.#since >= HEALTHY) this.#pause = FIRST_PAUSE;
    this.#current = undefined;
    this.#since = now;
    this.#become({ kind: 'gone', reason });
  }

  #become(life: Life): void {
    this.#life = life;
    if (!this.#closed) this.#onChange();
  }

  async close(): Promise<void> {
    this.#closed = true;
    const current = this.#current;
    this.#current = undefined;
    await this.#starting;
    await current?.close();
  }
}
