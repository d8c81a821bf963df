import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError, Random } from '@praxis/core';
import { NO_PROGRESS, type StartProgress, writeAtomically } from '@praxis/evaluation';
import { concatenate } from '@praxis/speech';
import { findPocketSphinx, loadSpeechEmbedder, POCKETSPHINX_INSTALL_COMMAND } from '@praxis/speech/node';
import { jsgfOf, Language, wordsOfGrammar } from '@praxis/teleop';
import { ExampleGenerator } from './example-generator.ts';
import { type DatasetMix, ExampleScripts } from './example-script.ts';
import { generateShard, type Shard } from './shard.ts';
import { dictionaryWords, findRecordings, findTrainingVoices } from './training-voices.ts';

/** Number of examples in one shard, which make about four minutes of sound. */
const EXAMPLES_PER_SHARD = 60;

/** Settings of a dataset. */
export interface DatasetOptions {
  /** Directory of the dataset. */
  readonly out: string;
  /** Number of shards of the whole dataset. */
  readonly shards: number;
  readonly seed: number;
  /** Number of this process, from 1, and number of processes; each one makes its own share of the shards. */
  readonly part: readonly [part: number, parts: number];
  /** Folder of WAV files with human speech that holds no stop word. */
  readonly recordings: string;
  readonly mix: DatasetMix;
  /** Ends the work after the current shard. */
  readonly signal: AbortSignal;
  /** Shows progress, one step for each shard. */
  readonly startProgress?: StartProgress;
}

/** The outcome of a call of {@link generateDataset}. */
export interface DatasetSummary {
  /** Number of shards in this part. */
  readonly shards: number;
  /** Number of shards that were missing at the start. */
  readonly made: number;
  /** Whether the signal ended the work early. */
  readonly partial: boolean;
}

/**
 * Writes the training examples of the stop-word heads and of the command-word network. Existing shards are kept.
 * @throws {InputError} when a dictionary, a recording or a voice is missing, or a file cannot be written
 *
 * @example
 * await generateDataset({
 *   out: 'data/stop-words',
 *   shards: 64,
 *   seed: 1,
 *   part: [1, 1],
 *   recordings: '/usr/share/asterisk/sounds/en_US_f_Allison',
 *   mix: 'everything',
 *   signal: new AbortController().signal,
 * });
 */
export async function generateDataset(options: DatasetOptions): Promise<DatasetSummary> {
  const { out, shards, seed, recordings: folder, mix, signal, startProgress = NO_PROGRESS } = options;
  const [part, parts] = options.part;
  const dictionary = findPocketSphinx()?.dictionary;
  if (dictionary === undefined) {
    throw new InputError(`training examples: PocketSphinx's dictionary is missing (${POCKETSPHINX_INSTALL_COMMAND})`);
  }
  if (!existsSync(folder)) {
    throw new InputError(`--recordings ${folder}: no such folder (apt-get install asterisk-core-sounds-en-wav)`);
  }
  const recordings = findRecordings(folder);
  const voices = await findTrainingVoices();
  const language = new Language();
  // The first of the parallel processes writes the word list for all of them.
  if (part === 1) writeAtomically(join(out, 'words.txt'), `${wordsOfGrammar(jsgfOf(language)).join('\n')}\n`);
  const scripts = new ExampleScripts(language, dictionaryWords(dictionary), new Random(seed, 'lessons'), mix);
  const all = Array.from({ length: shards }, (_, i) => i).filter((i) => i % parts === part - 1);
  const missing = all.filter((i) => !existsSync(`${shardPath(out, i)}.json`));
  const bar = startProgress('voice examples', all.length, all.length - missing.length);
  try {
    for (const i of missing) {
      if (signal.aborted) break;
      const generator = new ExampleGenerator(scripts, voices, recordings, new Random(seed, `shard ${i}`));
      const embedder = await loadSpeechEmbedder();
      const shard = await generateShard(generator, EXAMPLES_PER_SHARD, embedder);
      await embedder.close();
      writeShard(shardPath(out, i), shard);
      bar.step(`shard ${i}`);
    }
  } finally {
    bar.stop();
  }
  return { shards: all.length, made: missing.length, partial: signal.aborted };
}

const shardPath = (folder: string, shard: number): string => join(folder, String(shard).padStart(4, '0'));

/** Writes the embeddings, then the JSON file; a shard without a JSON file is incomplete. */
function writeShard(file: string, { embeddings, stops, segments }: Shard): void {
  const values = concatenate(embeddings);
  writeAtomically(`${file}.f32`, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  writeAtomically(`${file}.json`, JSON.stringify({ steps: embeddings.length, stops, segments }));
}
