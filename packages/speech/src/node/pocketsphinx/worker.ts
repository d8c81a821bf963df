import { workerData } from 'node:worker_threads';
import { askerOfThread } from '../answering/askers.ts';
import { serve } from '../answering/serve.ts';
import { CommandDecoder } from './decoder.ts';
import type { Heard, WorkerData } from './messages.ts';

const { files, extension, words } = workerData as WorkerData;

serve<Heard>(askerOfThread(), () => {
  const decoder = new CommandDecoder(files, extension, words);
  return {
    work: (heard) => decoder.recognise(heard),
    close: () => decoder.close(),
  };
});
