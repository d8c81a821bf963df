import { Worker } from 'node:worker_threads';
import { execArgvOf, type ImageFrame, InputError, moduleBeside, ServiceClient, threadTransport } from '@praxis/core';
import { BatchBuilder } from '../../threads/message-batch.ts';
import { SharedBuffers } from '../../threads/shared-buffers.ts';
import type { JpegService } from './service.ts';

const PROGRAM = moduleBeside('./program', import.meta.url);

/** A thread that encodes pictures, so that the loop's thread does not. It starts with the first picture. */
export class JpegThread {
  #client: ServiceClient<JpegService> | undefined;
  readonly #batch = new BatchBuilder();
  readonly #buffers = new SharedBuffers();

  /** Encodes an image. @throws {InputError} for one that JPEG cannot hold, and when the thread has ended */
  async encode({ width, height, data }: ImageFrame): Promise<Uint8Array> {
    this.#client ??= start();
    // A copy into memory that both threads have takes less than one that is posted, for which there is new memory each time.
    const shared = new Uint8Array(this.#buffers.take(data.length) ?? new ArrayBuffer(data.length), 0, data.length);
    shared.set(data);
    this.#batch.add({ channel: 0, logTime: 0n, publishTime: 0n, data: shared });
    const { batch, transfer } = this.#batch.finish();
    this.#buffers.batchSent();
    try {
      return await this.#client.call('encode', { width, height, batch }, { transfer });
    } finally {
      // The thread answers in the order of the calls.
      this.#buffers.batchTaken();
    }
  }

  async close(): Promise<void> {
    await this.#client?.close();
  }
}

function start(): ServiceClient<JpegService> {
  const worker = new Worker(PROGRAM, { execArgv: execArgvOf(PROGRAM), name: 'jpeg' });
  // The process ends without the thread.
  worker.unref();
  return new ServiceClient<JpegService>(threadTransport(worker), {
    exitError: ({ error }) => error ?? new InputError('the thread that encodes pictures has ended'),
  });
}
