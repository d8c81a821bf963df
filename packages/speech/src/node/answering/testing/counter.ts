import { isMainThread, workerData } from 'node:worker_threads';
import { askerOfProcess, askerOfThread } from '../askers.ts';
import { serve } from '../serve.ts';

/** Counts what it was asked. */
export type Question = 'count' | 'complain' | 'die' | 'hang';

const { from } = (isMainThread ? JSON.parse(process.argv[2]) : workerData) as { from: number };

serve<Question>(isMainThread ? askerOfProcess() : askerOfThread(), () => {
  if (from < 0) throw new Error(`${from}: expected 0 or more`);
  let count = from;
  return {
    work(question) {
      if (question === 'complain') throw new Error('I am tired');
      if (question === 'die') {
        process.stderr.write('something was broken\n');
        process.exit(3);
      }
      if (question === 'hang') for (;;);
      return count++;
    },
    close() {},
  };
});
