import { Worker } from 'node:worker_threads';
import {
  type ImageFrame,
  type Observation,
  type Policy,
  PolicyError,
  type PolicySpec,
  type StreamValue,
} from '@praxis/core';
import type { OnnxActionChunk } from '../onnx-policy.ts';
import type { FromWorker, ToWorker, WorkerError, WorkerSetup, WorkerStatistics } from './messages.ts';

export interface WorkerPolicyOptions {
  /** ONNX Runtime's native library, or its WebAssembly as a browser runs it. Left out: node. */
  readonly runtime?: WorkerSetup['runtime'];
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

/** A view into a larger buffer would be sent with all of it. */
const compact = <T extends Float64Array | Uint8Array>(view: T): T =>
  view.byteLength < view.buffer.byteLength ? (view.slice() as T) : view;

const isImage = (value: object): value is ImageFrame => 'data' in value && 'width' in value;

const sendable = (value: StreamValue): StreamValue => {
  if (value instanceof Float64Array) return compact(value);
  return typeof value === 'object' && isImage(value) ? { ...value, data: compact(value.data) } : value;
};

/**
 * A policy in a worker thread: an inference never blocks the thread that runs the control loop. Observations are copied
 * to it, chunks are copied back. When the worker dies, calls reject with a PolicyError, now and from then on.
 */
export class WorkerPolicy implements Policy {
  readonly spec: PolicySpec;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #id = 0;
  #gone: Error | undefined;
  #statistics: WorkerStatistics = { timings: {}, counters: {} };

  private constructor(spec: PolicySpec, worker: Worker) {
    this.spec = spec;
    this.#worker = worker;
    worker.on('message', (message: FromWorker) => this.#take(message));
    worker.on('error', (error) => this.#end(`failed: ${error.message}`, error));
    worker.on('exit', (code) => this.#end(`ended with status ${code}`));
    // A loaded policy alone keeps no program alive.
    worker.unref();
  }

  /**
   * Loads the policy in a folder inside a new worker.
   * @throws {PolicyError} as `loadPolicyFromDirectory` does.
   */
  static open(directory: string, { runtime = 'node' }: WorkerPolicyOptions = {}): Promise<WorkerPolicy> {
    const workerData: WorkerSetup = { directory, runtime };
    const worker = new Worker(new URL('./worker.mjs', import.meta.url), { workerData, name: 'praxis policy' });
    return new Promise((resolve, reject) => {
      const fail = (error: Error): void => {
        reject(error);
        void worker.terminate();
      };
      worker.once('error', (error) =>
        fail(new PolicyError(`${directory}: the worker failed: ${error.message}`, { cause: error })),
      );
      worker.once('exit', (code) => fail(new PolicyError(`${directory}: the worker ended with status ${code}`)));
      worker.once('message', (message: FromWorker) => {
        worker.removeAllListeners();
        if (message.kind === 'ready') resolve(new WorkerPolicy(message.spec, worker));
        else
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
    const inputs = new Map(
      [...observation.inputs].map(
        ([name, input]) => [name, { ...input, samples: input.samples.map(sendable) }] as const,
      ),
    );
    const id = this.#id++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.ref();
      this.#post({ kind: 'infer', id, observation: { ...observation, inputs } });
    });
  }

  reset(): void {
    if (!this.#gone) this.#post({ kind: 'reset' });
  }

  /** Ends the worker; what is still under way rejects. */
  async close(): Promise<void> {
    if (this.#gone) return;
    this.#end('was closed');
    // Native sessions want to be released before their thread ends.
    const gone = new Promise<void>((resolve) => this.#worker.once('exit', () => resolve()));
    this.#worker.ref();
    this.#post({ kind: 'close' });
    await gone;
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #take(message: FromWorker): void {
    if (message.kind !== 'chunk' && message.kind !== 'error') return;
    const waiting = this.#waiting.get(message.id ?? -1);
    this.#waiting.delete(message.id ?? -1);
    if (this.#waiting.size === 0) this.#worker.unref();
    if (message.kind === 'error') waiting?.reject(revive(message.error));
    else {
      this.#statistics = { timings: message.timings, counters: message.counters };
      waiting?.resolve(message.chunk);
    }
  }

  #end(why: string, cause?: Error): void {
    this.#gone ??= new PolicyError(`policy ${this.spec.name}: its worker ${why}`, { cause });
    for (const waiting of this.#waiting.values()) waiting.reject(this.#gone);
    this.#waiting.clear();
  }
}
