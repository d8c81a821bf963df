import { parentPort, workerData } from 'node:worker_threads';
import { CommandDecoder } from './decoder.ts';
import type { Heard, Reply, WorkerData } from './messages.ts';
import { StopDecoder } from './stop-decoder.ts';

const reply = (message: Reply): void => parentPort?.postMessage(message);

/** The answer of `work`, or what it threw. */
function answer(work: () => unknown): void {
  try {
    reply({ answer: work() });
  } catch (error) {
    reply({ error: error instanceof Error ? error.message : String(error) });
  }
}

function open(data: WorkerData): (heard: Heard) => unknown {
  if (data.job === 'commands') {
    const decoder = new CommandDecoder(data.files, data.extension);
    return ({ samples, contrast }) => decoder.recognise(samples, contrast);
  }
  const decoder = new StopDecoder(data.files, data.strictness);
  return ({ samples, contrast }) => decoder.push(samples, contrast);
}

answer(() => {
  const work = open(workerData as WorkerData);
  parentPort?.on('message', (heard: Heard) => answer(() => work(heard)));
});
