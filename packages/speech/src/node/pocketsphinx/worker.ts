import { parentPort, workerData } from 'node:worker_threads';
import { portTransport, serve } from '@praxis/core';
import { type GrammarSource, loadGrammarModule } from '../../recognition/command-grammar.ts';
import type { RecognitionResult } from '../../recognition/recogniser.ts';
import { CommandDecoder, type RecognitionRequest } from './decoder.ts';
import type { PocketSphinxFiles } from './find-pocketsphinx.ts';

/** What the thread begins with. */
export interface WorkerData {
  readonly files: PocketSphinxFiles;
  readonly grammar: GrammarSource;
  /** Those that the rows of a sound have labels for. */
  readonly words: readonly string[];
}

/** What the thread offers. */
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
