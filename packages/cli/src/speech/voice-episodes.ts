import { InputError } from '@praxis/core';
import {
  crowd,
  listen,
  type Outcome,
  pairOf,
  play,
  policyIdentity,
  Results,
  speakersOrHeldOut,
  spokenPage,
  spokenReport,
  spokenTable,
  wishesOf,
  writeBeside,
} from '@praxis/evaluation';
import { TASK_NAMES } from '@praxis/sim';
import { Language } from '@praxis/teleop';
import type { VoiceEpisodesOptions } from '../commands/voice-episodes.ts';
import { commandLine } from '../options/command-line.ts';
import { numberIn, seedRange, wholeNumber } from '../options/options.ts';
import { policyDirectory } from '../options/paths.ts';
import { extensionFor } from '../options/vocabulary.ts';
import { interruption } from '../terminal/interrupt.ts';
import { EXIT, print, printJson } from '../terminal/output.ts';
import { progress } from '../terminal/progress.ts';

/**
 * @returns exit status
 * @throws {InputError} on wrong options, or without a recogniser; {PolicyError} on a policy that does not load.
 */
export async function run(options: VoiceEpisodesOptions): Promise<number> {
  const { task, model } = options;
  if (!TASK_NAMES.includes(task)) throw new InputError(`--task ${task}: expected one of ${TASK_NAMES.join(', ')}`);
  const seeds = seedRange(options.seed, options.episodes);
  const decibels = numberIn('--decibels', options.decibels, -10, 60);
  const workers = wholeNumber('--workers', options.workers, 1, 64);
  const policy = policyDirectory(options.policy);
  const identity = policyIdentity(policy);
  const extension = extensionFor(options.policy);
  const speakers = await speakersOrHeldOut(options.voices);
  const voices = speakers.map(({ name }) => name);
  const outcomes = new Results<Outcome>(options.resume, JSON.stringify({ task, decibels, ...identity, model, voices }));
  const wishes = wishesOf(task, seeds, new Language(extension));

  const interrupted = interruption(
    options.resume === undefined ? 'nothing is kept without --resume' : 'with the same --resume it goes on',
  );
  const { signal } = interrupted;
  try {
    await listen({
      wishes,
      extension,
      model,
      speakers,
      crowd: await crowd(),
      decibels,
      outcomes,
      signal,
      startProgress: progress,
    });
    await play({ task, wishes, policy, workers, outcomes, signal, startProgress: progress });
  } finally {
    interrupted.release();
  }
  if (signal.aborted) return EXIT.interrupted;

  const report = spokenReport(wishes.map((wish) => pairOf(wish, outcomes.get(String(wish.seed))!)));
  const { resume: _, workers: __, json: ___, ...given } = options;
  const command = commandLine('voice episodes', given);
  const facts = { task, policy: identity.policy, seed: seeds[0], decibels, voices, command };
  if (options.out !== undefined) writeBeside(options.out, spokenPage(report, facts));
  if (options.json) printJson({ ...facts, ...report });
  else print(spokenTable(report));
  return EXIT.ok;
}
