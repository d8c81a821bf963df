import { parentPort, workerData } from 'node:worker_threads';
import { CommandDecoder } from './decoder.ts';
import type { Reply, WorkerData } from './messages.ts';
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

function open(data: WorkerData): (samples: Float32Array) => unknown {
  if (data.job === 'commands') {
    const decoder = new CommandDecoder(data.files, data.extension);
    return (samples) => decoder.recognise(samples);
  }
  const decoder = new StopDecoder(data.files, data.strictness);
  return (samples) => decoder.push(samples);
}

answer(() => {
  const work = open(workerData as WorkerData);
  parentPort?.on('message', (samples: Float32Array) => answer(() => work(samples)));
});
