import { Worker } from 'node:worker_threads';
import type { Line } from './line.ts';

/** Starts a thread. */
export function threadLine(module: URL, workerData: unknown): Line {
  const worker = new Worker(module, { workerData });
  let take = (_: unknown): void => {};
  let reason: string | undefined;
  worker.on('message', (message) => take(message));
  worker.on('error', (error) => {
    reason = error.message;
  });
  return {
    send: (message) => worker.postMessage(message),
    listen: (next) => {
      take = next;
    },
    kill: () => void worker.terminate(),
    gone: new Promise((resolve) => {
      worker.on('exit', (status) => resolve(reason ?? `its thread ended with status ${status}`));
    }),
  };
}
