import { parentPort, workerData } from 'node:worker_threads';
import { CommandDecoder } from './decoder.ts';
import type { Reply, WorkerData } from './messages.ts';

const reply = (message: Reply): void => parentPort?.postMessage(message);
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

try {
  const { files, extension } = workerData as WorkerData;
  const decoder = new CommandDecoder(files, extension);
  parentPort?.on('message', (samples: Float32Array | 'close') => {
    if (samples === 'close') {
      decoder.close();
      parentPort?.close();
      return;
    }
    try {
      reply({ kind: 'recognition', recognition: decoder.recognise(samples) });
    } catch (error) {
      reply({ kind: 'error', message: messageOf(error) });
    }
  });
  reply({ kind: 'ready' });
} catch (error) {
  reply({ kind: 'error', message: messageOf(error) });
}
