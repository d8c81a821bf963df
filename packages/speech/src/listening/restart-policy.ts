import { type Clock, errorMessage } from '@praxis/core';

/** Something with an end of its own: a thread, a process, a connection. */
export interface Service {
  readonly exited: Promise<string>;
  close(): Promise<void>;
}

/** Pauses before it is started again (s): twice the last one each time. */
const MIN_RESTART_DELAY_S = 0.5;
const MAX_RESTART_DELAY_S = 30;
/** Having run for this long it counts as healthy: the next pause is the first again (s). */
const HEALTHY_RUNTIME_S = 60;

export type ServiceStatus =
  | { readonly kind: 'starting' }
  | { readonly kind: 'running' }
  | { readonly kind: 'exited'; readonly reason: string };

/** Keeps something alive: started again after it ended, later each time. `tick` says when to look at the clock. */
export class RestartPolicy<T extends Service> {
  readonly #create: () => Promise<T>;
  readonly #clock: Clock;
  readonly #onChange: () => void;
  #current: T | undefined;
  #status: ServiceStatus = { kind: 'starting' };
  #restartDelayS = MIN_RESTART_DELAY_S;
  #statusSince = 0;
  #closed = false;
  #restarts = 0;
  #started: Promise<void>;

  constructor(make: () => Promise<T>, clock: Clock, onChange: () => void) {
    this.#create = make;
    this.#clock = clock;
    this.#onChange = onChange;
    this.#started = this.#start();
  }

  get status(): ServiceStatus {
    return this.#status;
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
    return this.#started;
  }

  restartIfDue(): void {
    if (this.#closed || this.#status.kind !== 'exited' || this.#clock.now() - this.#statusSince < this.#restartDelayS)
      return;
    this.#restartDelayS = Math.min(2 * this.#restartDelayS, MAX_RESTART_DELAY_S);
    this.#restarts++;
    this.#setStatus({ kind: 'starting' });
    this.#started = this.#start();
  }

  /** It does not do what it should: it is ended, and started again later. */
  fail(which: T, reason: string): void {
    if (this.#current !== which) return;
    this.#recordExit(reason);
    void which.close().catch(() => {});
  }

  async #start(): Promise<void> {
    try {
      const made = await this.#create();
      if (this.#closed) {
        await made.close();
        return;
      }
      this.#current = made;
      this.#statusSince = this.#clock.now();
      void made.exited.then((reason) => this.#current === made && this.#recordExit(reason));
      this.#setStatus({ kind: 'running' });
    } catch (error) {
      this.#recordExit(errorMessage(error));
    }
  }

  #recordExit(reason: string): void {
    const now = this.#clock.now();
    if (this.#current && now - this.#statusSince >= HEALTHY_RUNTIME_S) this.#restartDelayS = MIN_RESTART_DELAY_S;
    this.#current = undefined;
    this.#statusSince = now;
    this.#setStatus({ kind: 'exited', reason });
  }

  #setStatus(status: ServiceStatus): void {
    this.#status = status;
    if (!this.#closed) this.#onChange();
  }

  async close(): Promise<void> {
    this.#closed = true;
    const current = this.#current;
    this.#current = undefined;
    await this.#started;
    await current?.close();
  }
}
