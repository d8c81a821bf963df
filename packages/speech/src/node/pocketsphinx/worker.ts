import { workerData } from 'node:worker_threads';
import { loadGrammarModule } from '../../recognition/command-grammar.ts';
import { askerOfThread } from '../answering/askers.ts';
import { serve } from '../answering/serve.ts';
import { CommandDecoder } from './decoder.ts';
import type { Heard, WorkerData } from './messages.ts';

const { files, grammar, words } = workerData as WorkerData;
const { createGrammar } = await loadGrammarModule(grammar);

serve<Heard>(askerOfThread(), () => {
  const decoder = new CommandDecoder(
    files,
    (isPronounceable) => createGrammar(grammar.vocabulary, isPronounceable),
    words,
  );
  return {
    work: (heard) => decoder.recognise(heard),
    close: () => decoder.close(),
  };
});
