import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { parentTransport, portTransport, serve } from '@praxis/core';

/** Counts its calls. */
export interface Counter {
  readonly methods: { count(): number; fail(): never; exit(): never; hang(): never };
}

const { from } = (isMainThread ? JSON.parse(process.argv[2]) : workerData) as { from: number };

serve<Counter>(isMainThread ? parentTransport(process) : portTransport(parentPort!), () => {
  if (from < 0) throw new Error(`${from}: expected 0 or more`);
  let count = from;
  return {
    methods: {
      count: () => count++,
      fail() {
        throw new Error('the counter failed');
      },
      exit() {
        process.stderr.write('something was broken\n');
        process.exit(3);
      },
      hang() {
        for (;;);
      },
    },
  };
});
