import { SimulatedClock } from '@praxis/core';
import type { VocabularyExtension } from '@praxis/policy';
import { openListener } from '@praxis/speech/node';
import { Language } from '@praxis/teleop';
import { commandGrammar } from '@praxis/teleop/node';
import type { ResultStore } from '../../files/result-store.ts';
import type { StartProgress } from '../../workers/progress.ts';
import type { TestVoice } from '../test-voices.ts';
import { createTranscriber, requireRecogniser } from '../transcriber.ts';
import type { InstructionTrial, TrialOutcome } from './instruction-trial.ts';
import { synthesizeInstructions } from './spoken-instruction.ts';

export interface ListenOptions {
  readonly trials: readonly InstructionTrial[];
  /** What the policy adds to the language. */
  readonly extension: VocabularyExtension;
  /** Directory of a speech model that hears the commands. */
  readonly model: string | undefined;
  readonly voices: readonly TestVoice[];
  readonly babbleVoices: readonly TestVoice[];
  /** dB, of speech over noise. */
  readonly decibels: number;
  readonly outcomes: ResultStore<TrialOutcome>;
  readonly signal: AbortSignal;
  readonly startProgress: StartProgress;
}

/**
 * Says every wish aloud that was not said before, one after the other to one listener, and keeps what was understood.
 * @throws {InputError} without a recogniser
 */
export async function listenToTrials(options: ListenOptions): Promise<void> {
  const { trials, extension, model, voices, babbleVoices, decibels, outcomes, signal, startProgress } = options;
  const missing = trials.filter(({ seed }) => !outcomes.get(String(seed)));
  if (missing.length === 0) return;
  const clock = new SimulatedClock();
  const listener = await openListener(clock, commandGrammar(extension), { model });
  const bar = startProgress('listening', trials.length, trials.length - missing.length);
  try {
    const transcribe = createTranscriber(listener, clock);
    const say = synthesizeInstructions({
      language: new Language(extension),
      voices,
      babbleVoices,
      decibels,
      transcribe,
    });
    for (const { seed, written } of missing) {
      await requireRecogniser(listener);
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
