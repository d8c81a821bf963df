import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError, Random } from '@praxis/core';
import { writeBeside } from '@praxis/evaluation';
import { MAX_SEED } from '@praxis/sim/seeds';
import { joined } from '@praxis/speech';
import { findPocketSphinx, HOW_TO_GET_IT, loadSpeechEmbedding } from '@praxis/speech/node';
import { jsgfOf, Language, wordsOfGrammar } from '@praxis/teleop';
import {
  ExampleGenerator,
  findTrainingVoices,
  generateShard,
  Lessons,
  recordingsIn,
  type Shard,
  type Subject,
  wordsOfDictionary,
} from '@praxis/voice-training';
import type { VoiceLessonsOptions } from '../commands/voice-lessons.ts';
import { wholeNumber } from '../options/options.ts';
import { interruption } from '../terminal/interrupt.ts';
import { EXIT, note, print, printJson } from '../terminal/output.ts';
import { progress } from '../terminal/progress.ts';

const LESSONS = 60;

/** @returns exit status. @throws {InputError} on wrong options, or when something to speak with is missing. */
export async function run(options: VoiceLessonsOptions): Promise<number> {
  const seed = wholeNumber('--seed', options.seed, 0, MAX_SEED);
  const shards = wholeNumber('--shards', options.shards, 1, 10_000);
  const [part, parts] = partOf(options.part);
  const dictionary = findPocketSphinx()?.dictionary;
  if (dictionary === undefined)
    throw new InputError(`lessons: PocketSphinx's dictionary is missing (${HOW_TO_GET_IT})`);
  if (!existsSync(options.recordings)) {
    throw new InputError(
      `--recordings ${options.recordings}: no such folder (apt-get install asterisk-core-sounds-en-wav)`,
    );
  }
  const subject = subjectOf(options);
  const recordings = recordingsIn(options.recordings);
  const voices = await findTrainingVoices();
  const language = new Language();
  // One writes them for all who work side by side.
  if (part === 1) writeBeside(join(options.out, 'words.txt'), `${wordsOfGrammar(jsgfOf(language)).join('\n')}\n`);
  const lessons = new Lessons(language, wordsOfDictionary(dictionary), new Random(seed, 'lessons'), subject);
  const all = Array.from({ length: shards }, (_, i) => i).filter((i) => i % parts === part - 1);
  const missing = all.filter((i) => !existsSync(`${fileOf(options.out, i)}.json`));
  const bar = progress('voice lessons', all.length, all.length - missing.length);
  const interrupted = interruption('the shards that are done are kept');
  try {
    for (const i of missing) {
      if (interrupted.signal.aborted) break;
      const generator = new ExampleGenerator(lessons, voices, recordings, new Random(seed, `shard ${i}`));
      const embedding = await loadSpeechEmbedding();
      const shard = await generateShard(generator, LESSONS, embedding);
      await embedding.close();
      write(fileOf(options.out, i), shard);
      bar.step(`shard ${i}`);
    }
  } finally {
    bar.stop();
    interrupted.release();
  }
  if (interrupted.signal.aborted) {
    note('praxis voice lessons: interrupted; run it again to go on');
    return EXIT.interrupted;
  }
  if (options.json) printJson({ out: options.out, shards: all.length, made: missing.length, seed });
  else print(`${all.length} shards in ${options.out}`);
  return EXIT.ok;
}

const fileOf = (folder: string, shard: number): string => join(folder, String(shard).padStart(4, '0'));

/** The text comes last: a shard without it is not done. */
function write(file: string, { embeddings, stops, segments }: Shard): void {
  const values = joined(embeddings);
  writeBeside(`${file}.f32`, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  writeBeside(`${file}.json`, JSON.stringify({ steps: embeddings.length, stops, segments }));
}

function subjectOf({ subject }: VoiceLessonsOptions): Subject {
  if (subject === 'everything' || subject === 'commands') return subject;
  throw new InputError(`--subject ${subject}: expected everything or commands`);
}

function partOf(text: string): readonly [number, number] {
  const [part, parts, ...rest] = text.split('/').map(Number);
  if (rest.length === 0 && Number.isInteger(part) && Number.isInteger(parts) && part >= 1 && part <= parts) {
    return [part, parts];
  }
  throw new InputError(`--part ${text}: expected k/n with k of 1 to n`);
}
