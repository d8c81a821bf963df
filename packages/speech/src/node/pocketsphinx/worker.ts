import { workerData } from 'node:worker_threads';
import { type GrammarSource, loadGrammarModule } from '../../recognition/command-grammar.ts';
import { askerOfThread } from '../answering/askers.ts';
import { serve } from '../answering/serve.ts';
import { CommandDecoder, type Heard } from './decoder.ts';
import type { PocketSphinxFiles } from './find.ts';

/** What the thread begins with. */
export interface WorkerData {
  readonly files: PocketSphinxFiles;
  readonly grammar: GrammarSource;
  /** Those that the rows of a sound have labels for. */
  readonly words: readonly string[];
}

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
