import { type Clock, errorMessage } from '@praxis/core';

/** A thread, process or connection that can exit by itself. */
export interface Service {
  /** Resolves with the reason of the exit, also after `close`. */
  readonly exited: Promise<string>;
  close(): Promise<void>;
}

/** Delay before the first restart (s); each further one doubles it. */
const MIN_RESTART_DELAY_S = 0.5;
/** Longest delay before a restart (s). */
const MAX_RESTART_DELAY_S = 30;
/** A service that ran for this long was healthy (s): its next restart uses the shortest delay again. */
const HEALTHY_RUNTIME_S = 60;

/** State of a service under a {@link RestartPolicy}. */
export type ServiceStatus =
  | { readonly kind: 'starting' }
  | { readonly kind: 'running' }
  | { readonly kind: 'exited'; readonly reason: string };

/** Restarts a service that exited, with exponential delays. The owner calls `restartIfDue` regularly. */
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

  constructor(create: () => Promise<T>, clock: Clock, onChange: () => void) {
    this.#create = create;
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

  /** The running service; undefined while none runs. */
  get current(): T | undefined {
    return this.#current;
  }

  /** Resolves once the last start has succeeded or failed. */
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

  /** Closes a service that misbehaves; it restarts after the delay. */
  fail(service: T, reason: string): void {
    if (this.#current !== service) return;
    this.#recordExit(reason);
    void service.close().catch(() => {});
  }

  async #start(): Promise<void> {
    try {
      const service = await this.#create();
      if (this.#closed) {
        await service.close();
        return;
      }
      this.#current = service;
      this.#statusSince = this.#clock.now();
      void service.exited.then((reason) => this.#current === service && this.#recordExit(reason));
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
