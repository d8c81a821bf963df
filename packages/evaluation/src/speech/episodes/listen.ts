import { SimulatedClock } from '@praxis/core';
import type { Extension } from '@praxis/policy';
import { openListener } from '@praxis/speech/node';
import { Language } from '@praxis/teleop';
import { commandGrammar } from '@praxis/teleop/node';
import type { ResultStore } from '../../files/result-store.ts';
import type { StartProgress } from '../../workers/progress.ts';
import { hearing, mustRun } from '../hearing.ts';
import type { Speaker } from '../speakers.ts';
import { sayingAloud } from './spoken.ts';
import type { Outcome, Wish } from './wish.ts';

export interface ListenOptions {
  readonly wishes: readonly Wish[];
  /** What the policy adds to the language. */
  readonly extension: Extension;
  /** Directory of a speech model that hears the commands. */
  readonly model: string | undefined;
  readonly speakers: readonly Speaker[];
  readonly crowd: readonly Speaker[];
  /** dB, of speech over noise. */
  readonly decibels: number;
  readonly outcomes: ResultStore<Outcome>;
  readonly signal: AbortSignal;
  readonly startProgress: StartProgress;
}

/**
 * Says every wish aloud that was not said before, one after the other to one listener, and keeps what was understood.
 * @throws {InputError} without a recogniser
 */
export async function listen(options: ListenOptions): Promise<void> {
  const { wishes, extension, model, speakers, crowd, decibels, outcomes, signal, startProgress } = options;
  const missing = wishes.filter(({ seed }) => !outcomes.get(String(seed)));
  if (missing.length === 0) return;
  const clock = new SimulatedClock();
  const listener = await openListener(clock, commandGrammar(extension), { model });
  const bar = startProgress('listening', wishes.length, wishes.length - missing.length);
  try {
    const hear = hearing(listener, clock);
    const say = sayingAloud({ language: new Language(extension), speakers, crowd, decibels, hear });
    for (const { seed, written } of missing) {
      await mustRun(listener);
      if (signal.aborted) return;
      const spoken = await say(written, seed);
      outcomes.set(String(seed), { spoken, succeeded: {} });
      bar.step(spoken.understood.kind);
    }
  } finally {
    bar.stop();
    await listener.close();
  }
}
