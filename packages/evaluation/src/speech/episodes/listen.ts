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
  /** Words and instructions that the policy adds to the command language. */
  readonly extension: VocabularyExtension;
  /** Directory of a sherpa-onnx model that recognises commands; undefined selects PocketSphinx. */
  readonly model: string | undefined;
  readonly voices: readonly TestVoice[];
  readonly babbleVoices: readonly TestVoice[];
  /** Signal-to-noise ratio (dB). */
  readonly decibels: number;
  readonly outcomes: ResultStore<TrialOutcome>;
  readonly signal: AbortSignal;
  readonly startProgress: StartProgress;
}

/**
 * Speaks the instruction of every trial to one listener and stores the recognised instruction. Stored trials are skipped.
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
    const speak = synthesizeInstructions({
      language: new Language(extension),
      voices,
      babbleVoices,
      decibels,
      transcribe,
    });
    for (const { seed, written } of missing) {
      await requireRecogniser(listener);
      if (signal.aborted) return;
      const spoken = await speak(written, seed);
      outcomes.set(String(seed), { spoken, succeeded: {} });
      bar.step(spoken.understood.kind);
    }
  } finally {
    bar.stop();
    await listener.close();
  }
}
