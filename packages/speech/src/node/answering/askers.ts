import { parentPort } from 'node:worker_threads';
import type { Asker } from './serve.ts';

/** Whoever started this thread. */
export function askerOfThread(): Asker {
  const parent = parentPort!;
  return {
    reply: (message) => parent.postMessage(message),
    listen: (take) => {
      parent.on('message', take);
      return () => parent.off('message', take);
    },
    leave: () => parent.close(),
  };
}

/** Whoever started this process: it ends with them, and leaves Ctrl-C to them. */
export function askerOfProcess(): Asker {
  process.on('SIGINT', () => {});
  process.on('disconnect', () => process.exit());
  return {
    reply: (message) => process.send?.(message),
    listen: (take) => {
      process.on('message', take);
      return () => process.off('message', take);
    },
    leave: () => process.disconnect(),
  };
}
