import type { Heartbeat } from './options.ts';
import type { Timers } from './timers.ts';

/** Reports when a service stops sending heartbeats and when it sends them again. */
export class HeartbeatMonitor {
  readonly #heartbeat: Heartbeat;
  readonly #timers: Timers;
  readonly #onChange: (state: 'running' | 'unresponsive') => void;
  #cancel: (() => void) | undefined;
  #unresponsive = false;

  constructor(heartbeat: Heartbeat, timers: Timers, onChange: (state: 'running' | 'unresponsive') => void) {
    this.#heartbeat = heartbeat;
    this.#timers = timers;
    this.#onChange = onChange;
  }

  /** Starts the timeout of the next beat. */
  startTimeout(): void {
    const { timeoutMs } = this.#heartbeat;
    if (timeoutMs === undefined) return;
    this.stop();
    this.#cancel = this.#timers.after(timeoutMs, () => {
      this.#unresponsive = true;
      this.#onChange('unresponsive');
    });
  }

  /** Handles a received beat. */
  handleBeat(): void {
    if (this.#unresponsive) {
      this.#unresponsive = false;
      this.#onChange('running');
    }
    this.startTimeout();
    this.#heartbeat.onBeat?.();
  }

  stop(): void {
    this.#cancel?.();
  }
}
