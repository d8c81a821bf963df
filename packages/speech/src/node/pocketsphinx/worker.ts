import { workerData } from 'node:worker_threads';
import { jsgfOf, wordsOfGrammar } from '../../language/jsgf.ts';
import { Language } from '../../language/language.ts';
import { askerOfThread } from '../answering/askers.ts';
import { serve, type Worker } from '../answering/serve.ts';
import { CommandDecoder } from './decoder.ts';
import type { Heard, WorkerData } from './messages.ts';
import { StopDecoder } from './stop-decoder.ts';

function open(data: WorkerData): Worker<Heard> {
  if (data.job === 'commands') {
    const decoder = new CommandDecoder(data.files, data.extension);
    return {
      work: ({ samples, plain }) => decoder.recognise(samples, plain),
      close: () => decoder.close(),
    };
  }
  const decoder = new StopDecoder(data.files, data.strictness, wordsOfGrammar(jsgfOf(new Language(data.extension))));
  return { work: ({ samples, contrast }) => decoder.push(samples, contrast), close: () => decoder.close() };
}

serve<Heard>(askerOfThread(), () => open(workerData as WorkerData));
