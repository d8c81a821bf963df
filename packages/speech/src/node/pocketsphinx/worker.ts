import { parentPort, workerData } from 'node:worker_threads';
import { CommandDecoder } from './decoder.ts';
import { CLOSE, type Heard, type Reply, type WorkerData } from './messages.ts';
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

interface Decoder {
  work(heard: Heard): unknown;
  close(): void;
}

function open(data: WorkerData): Decoder {
  if (data.job === 'commands') {
    const decoder = new CommandDecoder(data.files, data.extension);
    return {
      work: ({ samples, plain }) => decoder.recognise(samples, plain),
      close: () => decoder.close(),
    };
  }
  const decoder = new StopDecoder(data.files, data.strictness);
  return { work: ({ samples, contrast }) => decoder.push(samples, contrast), close: () => decoder.close() };
}

answer(() => {
  const decoder = open(workerData as WorkerData);
  const take = (message: Heard | typeof CLOSE): void => {
    if (message !== CLOSE) answer(() => decoder.work(message));
    else {
      // What is already on its way must not reach a decoder that is gone.
      parentPort?.off('message', take);
      decoder.close();
      parentPort?.close();
    }
  };
  parentPort?.on('message', take);
});
