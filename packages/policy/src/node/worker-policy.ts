import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Observation, type Policy, PolicyError, type PolicySpec } from '@praxis/core';
import type { OnnxActionChunk } from '../onnx/onnx-policy.ts';
import type { FromWorker, ToWorker, WorkerError, WorkerSetup, WorkerStatistics } from './messages.ts';

export interface WorkerPolicyOptions {
  /** ONNX Runtime's native library, or its WebAssembly as a browser runs it. Left out: node. */
  readonly runtime?: WorkerSetup['runtime'];
  /** For whoever must know at once that the process is stuck, stopped or gone. */
  readonly heartbeat?: Heartbeat;
}

/** The heartbeat of a policy's process. */
export interface Heartbeat {
  /** ms between two beats. */
  readonly period: number;
  /** The process is alive and its thread is not stuck. */
  onBeat(): void;
  /** The process has ended, and how; the operating system tells it at once. Not called after `close`. */
  onEnd(why: string): void;
}

interface Waiting {
  resolve(chunk: OnnxActionChunk): void;
  reject(error: Error): void;
}

const revive = ({ message, stack, expected }: WorkerError): Error => {
  const error = expected ? new PolicyError(message) : new Error(message);
  error.stack = stack;
  return error;
};

/** How long a process may take to close, ms, before it is killed. */
const PATIENCE = 5000;
const CLOSED = 'was closed';

const ending = (code: number | null, signal: NodeJS.Signals | null): string =>
  signal ? `was ended by ${signal}` : `ended with status ${code}`;

/**
 * A policy in a process of its own: an inference never blocks the thread that runs the control loop, and neither a crash
 * of the native runtime nor killing it reaches that loop (stopping a worker thread inside ONNX Runtime aborts the whole
 * program). Observations are copied to it, chunks are copied back. When it dies, calls reject with a PolicyError, now
 * and from then on.
 */
export class WorkerPolicy implements Policy {
  readonly spec: PolicySpec;
  readonly #worker: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #id = 0;
  readonly #heartbeat: Heartbeat | undefined;
  #gone: Error | undefined;
  #statistics: WorkerStatistics = { timings: {}, counters: {} };

  private constructor(spec: PolicySpec, worker: ChildProcess, heartbeat: Heartbeat | undefined) {
    this.spec = spec;
    this.#worker = worker;
    this.#heartbeat = heartbeat;
    worker.on('message', (message: FromWorker) => this.#take(message));
    worker.on('error', (error) => this.#end(`failed: ${error.message}`, error));
    worker.on('exit', (code, signal) => this.#end(ending(code, signal)));
    this.#hold(false);
  }

  /**
   * Loads the policy in a folder inside a new process.
   * @throws {PolicyError} as `loadPolicyFromDirectory` does.
   */
  static open(directory: string, { runtime = 'node', heartbeat }: WorkerPolicyOptions = {}): Promise<WorkerPolicy> {
    const setup: WorkerSetup = { directory, runtime, heartbeat: heartbeat?.period ?? null };
    const worker = fork(fileURLToPath(new URL('./worker.mjs', import.meta.url)), [JSON.stringify(setup)], {
      serialization: 'advanced',
      // The loaders and debuggers of this process are not for that one.
      execArgv: [],
      // What a native library prints must not end up in the output of a command.
      stdio: ['ignore', 2, 2, 'ipc'],
    });
    return new Promise((resolve, reject) => {
      const fail = (error: Error): void => {
        reject(error);
        worker.kill('SIGKILL');
      };
      const failed = (error: Error): void =>
        fail(new PolicyError(`${directory}: its process failed: ${error.message}`, { cause: error }));
      const ended = (code: number | null, signal: NodeJS.Signals | null): void =>
        fail(new PolicyError(`${directory}: its process ${ending(code, signal)}`));
      worker.once('error', failed);
      worker.once('exit', ended);
      worker.once('message', (message: FromWorker) => {
        if (message.kind === 'ready') {
          worker.off('error', failed).off('exit', ended);
          resolve(new WorkerPolicy(message.spec, worker, heartbeat));
        } else
          fail(message.kind === 'error' ? revive(message.error) : new PolicyError(`${directory}: got ${message.kind}`));
      });
    });
  }

  /** As of the last chunk: {@link OnnxPolicy.timings} and {@link OnnxPolicy.counters}. */
  get statistics(): WorkerStatistics {
    return this.#statistics;
  }

  infer(observation: Observation): Promise<OnnxActionChunk> {
    if (this.#gone) return Promise.reject(this.#gone);
    const id = this.#id++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#hold(true);
      this.#post({ kind: 'infer', id, observation });
    });
  }

  reset(): void {
    if (!this.#gone) this.#post({ kind: 'reset' });
  }

  /** Ends the process; what is still under way rejects. */
  async close(): Promise<void> {
    if (this.#gone) return;
    const gone = new Promise<void>((resolve) => this.#worker.once('exit', () => resolve()));
    this.#post({ kind: 'close' });
    this.#end(CLOSED);
    this.#hold(true);
    const timer = setTimeout(() => this.kill(), PATIENCE);
    await gone;
    clearTimeout(timer);
  }

  /** Of the process. */
  get pid(): number {
    return this.#worker.pid!;
  }

  /** Ends the process at once, whatever it does: for a policy that hangs. */
  kill(): void {
    this.#worker.kill('SIGKILL');
  }

  /** A loaded policy alone keeps no program alive, an answer that is under way does. */
  #hold(busy: boolean): void {
    const name = busy ? 'ref' : 'unref';
    this.#worker[name]();
    this.#worker.channel?.[name]();
  }

  #post(message: ToWorker): void {
    this.#worker.send(message, (error) => {
      if (error) this.#end(`cannot be reached: ${error.message}`, error);
    });
  }

  #take(message: FromWorker): void {
    if (message.kind === 'beat' && !this.#gone) this.#heartbeat?.onBeat();
    if (message.kind !== 'chunk' && message.kind !== 'error') return;
    const waiting = this.#waiting.get(message.id ?? -1);
    this.#waiting.delete(message.id ?? -1);
    if (this.#waiting.size === 0 && !this.#gone) this.#hold(false);
    if (message.kind === 'error') waiting?.reject(revive(message.error));
    else {
      this.#statistics = { timings: message.timings, counters: message.counters };
      waiting?.resolve(message.chunk);
    }
  }

  #end(why: string, cause?: Error): void {
    if (!this.#gone && why !== CLOSED) this.#heartbeat?.onEnd(why);
    this.#gone ??= new PolicyError(`policy ${this.spec.name}: its process ${why}`, { cause });
    for (const waiting of this.#waiting.values()) waiting.reject(this.#gone);
    this.#waiting.clear();
  }
}
