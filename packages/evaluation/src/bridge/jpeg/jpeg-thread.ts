import { Worker } from 'node:worker_threads';
import { execArgvOf, type ImageFrame, InputError, moduleBeside, ServiceClient, threadTransport } from '@praxis/core';
import type { JpegService } from './service.ts';

const PROGRAM = moduleBeside('./program', import.meta.url);

/** A thread that encodes pictures, so that the loop's thread does not. It starts with the first picture. */
export class JpegThread {
  #client: ServiceClient<JpegService> | undefined;

  /** Encodes an image. @throws {InputError} for one that JPEG cannot hold, and when the thread has ended */
  encode(image: ImageFrame): Promise<Uint8Array> {
    this.#client ??= start();
    return this.#client.call('encode', image);
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
