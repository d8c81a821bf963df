import { parentPort, workerData } from 'node:worker_threads';
import { portTransport, serve } from '@praxis/core';
import { type GrammarSource, loadGrammarModule } from '../../recognition/command-grammar.ts';
import type { RecognitionResult } from '../../recognition/recogniser.ts';
import { CommandDecoder, type RecognitionRequest } from './decoder.ts';
import type { PocketSphinxFiles } from './find-pocketsphinx.ts';

/** Data that starts the thread. */
export interface WorkerData {
  readonly files: PocketSphinxFiles;
  readonly grammar: GrammarSource;
  /** Words with labels, in the order of their labels. */
  readonly words: readonly string[];
}

/** Interface of the thread. */
export interface PocketSphinxService {
  readonly methods: { recognise(request: RecognitionRequest): RecognitionResult };
}

const { files, grammar, words } = workerData as WorkerData;
const { createGrammar } = await loadGrammarModule(grammar);

serve<PocketSphinxService>(portTransport(parentPort!), () => {
  const decoder = new CommandDecoder(
    files,
    (isPronounceable) => createGrammar(grammar.vocabulary, isPronounceable),
    words,
  );
  return {
    methods: { recognise: (request) => decoder.recognise(request) },
    close: () => decoder.close(),
  };
});
