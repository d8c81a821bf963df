import { parentPort, workerData } from 'node:worker_threads';
import { portTransport, serve } from '@praxis/core';
import { CommandDecoder } from './decoder.ts';
import type { PocketSphinxService, WorkerData } from './messages.ts';

const { files, extension, words } = workerData as WorkerData;

serve<PocketSphinxService>(portTransport(parentPort!), () => {
  const decoder = new CommandDecoder(files, extension, words);
  return {
    methods: { recognise: (heard) => decoder.recognise(heard) },
    close: () => decoder.close(),
  };
});
