import {
  type ActionChunk,
  errorMessage,
  type Observation,
  type Policy,
  PolicyError,
  type PolicySpec,
} from '@praxis/core';
import type { HeartbeatOptions } from '@praxis/policy/node';

/** A policy in a process of its own, as `ProcessPolicy` is. */
export interface WorkerPolicy extends Policy {
  /** Process id. */
  readonly pid: number;
  /** Kills the process at once. */
  kill(): void;
}

/** What happens to the process of a {@link PolicyKeeper}. */
export interface KeeperEvents {
  /** The process runs and answers. */
  onBeat(): void;
  /** The process has ended, and is started again. @param reason one line */
  onLost(reason: string): void;
  /** The process runs again. */
  onBack(): void;
  /** The process cannot be started again. @param reason one line */
  onGivenUp(reason: string): void;
}

/** The process is started again at most so often within {@link RESTART_WINDOW_S}. */
export const MAX_RESTARTS = 3;
const RESTART_WINDOW_S = 60;
/** A process without a heartbeat for this time (s) hangs: longer than an inference on a busy machine. */
const HANG_TIME_S = 2;
/** A process that does not end within this time (ms) of its own accord is killed. */
const CLOSE_TIMEOUT_MS = 1000;

/**
 * A policy whose process is started again when it has ended. Meanwhile its inferences reject with the reason. A policy that
 * comes back is the same one: the loop that uses it needs no other.
 */
export class PolicyKeeper implements Policy {
  readonly spec: PolicySpec;
  readonly #start: (heartbeat: Omit<HeartbeatOptions, 'periodMs'>) => Promise<WorkerPolicy>;
  readonly #events: KeeperEvents;
  readonly #now: () => number;
  /** Times of the restarts (s). */
  #restarts: readonly number[] = [];
  #worker: WorkerPolicy | undefined;
  #fault: string | undefined;
  #lastBeat: number;
  #closed = false;

  /**
   * Starts the process.
   * @param now monotonic time (s)
   * @throws the error of `start`
   */
  static async open(
    start: (heartbeat: Omit<HeartbeatOptions, 'periodMs'>) => Promise<WorkerPolicy>,
    events: KeeperEvents,
    now: () => number = () => performance.now() / 1000,
  ): Promise<PolicyKeeper> {
    const keeper = { current: undefined as PolicyKeeper | undefined };
    const worker = await start({
      onBeat() {
        if (keeper.current) keeper.current.#handleBeat();
      },
      onExit(reason) {
        if (keeper.current) keeper.current.#handleExit(reason);
      },
    });
    keeper.current = new PolicyKeeper(worker, start, events, now);
    return keeper.current;
  }

  private constructor(
    worker: WorkerPolicy,
    start: (heartbeat: Omit<HeartbeatOptions, 'periodMs'>) => Promise<WorkerPolicy>,
    events: KeeperEvents,
    now: () => number,
  ) {
    this.spec = worker.spec;
    this.#worker = worker;
    this.#start = start;
    this.#events = events;
    this.#now = now;
    this.#lastBeat = now();
  }

  /** Process id; undefined while no process runs. */
  get pid(): number | undefined {
    return this.#worker?.pid;
  }

  /** The reason for which the policy gives no chunk, in one line; undefined while its process runs. */
  get fault(): string | undefined {
    return this.#fault;
  }

  async infer(observation: Observation): Promise<ActionChunk> {
    if (this.#worker) return this.#worker.infer(observation);
    throw new PolicyError(`policy ${this.spec.name}: ${this.#fault ?? 'closed'}`);
  }

  reset(): void {
    this.#worker?.reset();
  }

  /** Kills a process that sends no heartbeats any more, so that it is started again. */
  endHangingProcess(): void {
    if (this.#now() - this.#lastBeat >= HANG_TIME_S) this.#worker?.kill();
  }

  /** Ends the process, at the latest after a second. */
  async close(): Promise<void> {
    this.#closed = true;
    const worker = this.#worker;
    this.#worker = undefined;
    if (!worker) return;
    const timer = setTimeout(() => worker.kill(), CLOSE_TIMEOUT_MS);
    await worker.close();
    clearTimeout(timer);
  }

  #handleBeat(): void {
    this.#lastBeat = this.#now();
    this.#events.onBeat();
  }

  #handleExit(reason: string): void {
    if (this.#closed) return;
    this.#worker = undefined;
    this.#fault = `its process ${reason} and is being started again`;
    this.#events.onLost(`the process of the policy ${reason}`);
    void this.#restart(reason);
  }

  async #restart(reason: string): Promise<void> {
    const now = this.#now();
    this.#restarts = [...this.#restarts.filter((time) => now - time < RESTART_WINDOW_S), now];
    if (this.#restarts.length > MAX_RESTARTS) {
      this.#giveUp(`the process of the policy ${reason} for the ${this.#restarts.length}th time within a minute`);
      return;
    }
    try {
      const worker = await this.#start({
        onBeat: () => this.#handleBeat(),
        onExit: (again) => this.#handleExit(again),
      });
      await this.#resume(worker);
    } catch (error) {
      this.#giveUp(`the process of the policy ${reason} and cannot be started again: ${errorMessage(error)}`);
    }
  }

  async #resume(worker: WorkerPolicy): Promise<void> {
    if (this.#closed) {
      worker.kill();
      return;
    }
    if (JSON.stringify(worker.spec) !== JSON.stringify(this.spec)) {
      await worker.close();
      throw new PolicyError('its inputs, outputs or timing have changed');
    }
    this.#worker = worker;
    this.#fault = undefined;
    this.#lastBeat = this.#now();
    this.#events.onBack();
  }

  #giveUp(reason: string): void {
    if (!this.#closed) this.#events.onGivenUp(reason);
  }
}
