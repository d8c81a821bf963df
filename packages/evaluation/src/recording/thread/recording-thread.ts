import { Worker } from 'node:worker_threads';
import { execArgvOf, InputError, moduleBeside, ServiceClient, threadTransport } from '@praxis/core';
import type { McapMessage, McapMetadata } from '@praxis/wire/mcap';
import type { RecordingOutput } from '@praxis/wire/recording';
import { BatchBuilder } from '../../threads/message-batch.ts';
import { prepareLoopThread } from '../../threads/priority.ts';
import { SharedBuffers } from '../../threads/shared-buffers.ts';
import type { FileOrder, RecordingService, RecordingSetup, WrittenFile } from './service.ts';

const PROGRAM = moduleBeside('./program', import.meta.url);

/** Messages are handed over when there are so many bytes of them, or after so much time (ms). */
const BATCH_BYTES = 128 * 1024;
const BATCH_PERIOD_MS = 20;
/** `settle` waits from the first number of waiting bytes on, until there are no more than the second. */
const HIGH_WATER_BYTES = 24 * 1024 * 1024;
const LOW_WATER_BYTES = 8 * 1024 * 1024;

/** A thread that compresses and writes a recording, so that the loop's thread waits for no disk. */
export class RecordingThread implements RecordingOutput {
  readonly #client: ServiceClient<RecordingService>;
  readonly #batch = new BatchBuilder();
  readonly #buffers = new SharedBuffers();
  #sentBytes = 0;
  #lastSent = performance.now();
  #onTaken: (() => void) | undefined;
  #failure: string | undefined;

  /** @param onFailure called once if the file takes no more, as on a full disk; messages are then dropped */
  constructor(setup: RecordingSetup, onFailure: (message: string) => void) {
    prepareLoopThread();
    const worker = new Worker(PROGRAM, { workerData: setup, execArgv: execArgvOf(PROGRAM), name: 'recording' });
    this.#client = new ServiceClient<RecordingService>(threadTransport(worker), {
      events: {
        taken: (bytes) => {
          this.#sentBytes -= bytes;
          this.#buffers.batchTaken();
          if (this.#sentBytes <= LOW_WATER_BYTES) this.#onTaken?.();
        },
        failed: (message) => {
          this.#failure ??= message;
          onFailure(message);
        },
      },
      exitError: ({ error }) => error ?? new InputError('recording: its thread ended'),
    });
    void this.#client.exited.then(() => this.#onTaken?.());
  }

  /** Resolves when the file is open. Rejects with an InputError if it exists and may not be overwritten, or cannot be made. */
  get ready(): Promise<void> {
    return this.#client.ready.then(() => {});
  }

  /** Why the file takes no more; undefined while it does. */
  get failure(): string | undefined {
    return this.#failure;
  }

  get backlogBytes(): number {
    return this.#failure === undefined ? this.#sentBytes + this.#batch.bytes : 0;
  }

  bufferFor(bytes: number): SharedArrayBuffer | undefined {
    return this.#failure === undefined ? this.#buffers.take(bytes) : undefined;
  }

  write(message: McapMessage): void {
    if (this.#failure === undefined) this.#batch.add(message);
  }

  /** Hands over what has come together: everything, or only a batch that is due. */
  flush(what: 'all' | 'due' = 'all'): void {
    const { bytes } = this.#batch;
    if (bytes === 0) return;
    const now = performance.now();
    if (what === 'due' && bytes < BATCH_BYTES && now - this.#lastSent < BATCH_PERIOD_MS) return;
    this.#lastSent = now;
    const { backlogBytes } = this;
    const { batch, transfer } = this.#batch.finish();
    this.#sentBytes += batch.bytes;
    this.#buffers.batchSent();
    this.#client.notify('write', { batch, backlogBytes }, { transfer });
  }

  /** Waits until few bytes wait; undefined if it need not. For a loop that may wait, as in a simulation in lock step. */
  settle(): Promise<void> | undefined {
    if (this.#sentBytes < HIGH_WATER_BYTES || this.#client.status.kind === 'exited') return undefined;
    return new Promise((resolve) => {
      this.#onTaken = () => {
        this.#onTaken = undefined;
        resolve();
      };
    });
  }

  /** Writes what is kept in memory to a file. @throws {InputError} when the file exists or cannot be written */
  save(order: FileOrder, metadata: readonly McapMetadata[]): Promise<WrittenFile> {
    this.flush();
    return this.#client.call('save', { ...order, metadata });
  }

  /** Ends the file and the thread; undefined without a file, and after a failure. */
  async finish(metadata: readonly McapMetadata[]): Promise<WrittenFile | undefined> {
    this.flush();
    const written = await this.#client.call('finish', metadata);
    await this.#client.close();
    return written;
  }

  /** Ends the thread without an end of the file, which can be read all the same. */
  close(): Promise<void> {
    return this.#client.close();
  }
}
