import { InputError, SimulatedClock } from '@praxis/core';
import type { VocabularyExtension } from '@praxis/policy';
import { openListener } from '@praxis/speech/node';
import { withRequests } from '@praxis/teleop';
import { commandGrammar } from '@praxis/teleop/node';
import type { ResultStore } from '../../files/result-store.ts';
import { recognisedText, synthesizeTexts } from '../../speech/episodes/spoken-instruction.ts';
import { findBabbleVoices, type TestVoice } from '../../speech/test-voices.ts';
import { createTranscriber, requireRecogniser } from '../../speech/transcriber.ts';
import type { StartProgress } from '../../workers/progress.ts';
import type { PickTrial } from './trial.ts';

/** A spoken request, and what the recogniser made of it. */
export interface HeardRequest {
  readonly voice: string;
  readonly noise: string;
  /** Recognised text of each attempt; a rejected one is spoken again once. */
  readonly recognised: readonly string[];
  /** The text that the arm gets; undefined when every attempt was rejected, or a stop word was heard. */
  readonly text?: string;
  /** Stop word that was heard although none was spoken. */
  readonly stop?: string;
}

/** Options of {@link hearRequests}. */
export interface HearOptions {
  readonly trials: readonly PickTrial[];
  readonly extension: VocabularyExtension;
  /** Directory of a sherpa-onnx model; undefined selects PocketSphinx. */
  readonly model: string | undefined;
  readonly voices: readonly TestVoice[];
  /** Signal-to-noise ratio (dB). */
  readonly decibels: number;
  readonly heard: ResultStore<HeardRequest>;
  readonly signal: AbortSignal;
  readonly startProgress: StartProgress;
}

/** Name under which a heard request is stored. */
export const heardName = ({ seed }: PickTrial): string => `heard ${seed}`;

/** Speaks every request to the recogniser of commands, in noise, and stores what it heard. @throws {InputError} without a recogniser */
export async function hearRequests(options: HearOptions): Promise<void> {
  const { trials, extension, model, voices, decibels, heard, signal, startProgress } = options;
  const missing = trials.filter((trial) => !heard.get(heardName(trial)));
  if (missing.length === 0) return;
  if (voices.length === 0) throw new InputError('no synthetic voice is installed on this machine');
  const clock = new SimulatedClock();
  const listener = await openListener(clock, commandGrammar(withRequests(extension)), { model });
  const bar = startProgress('listening', trials.length, trials.length - missing.length);
  try {
    const transcribe = createTranscriber(listener, clock);
    const speak = synthesizeTexts({ voices, babbleVoices: await findBabbleVoices(), decibels, transcribe });
    for (const trial of missing) {
      await requireRecogniser(listener);
      if (signal.aborted) return;
      const { voice, noise, attempts } = speak(trial.request, trial.seed);
      const recognised: string[] = [];
      let result: Pick<HeardRequest, 'text' | 'stop'> = {};
      for await (const output of attempts) {
        recognised.push(recognisedText(output));
        const accepted = output.utterances.filter((each) => each.accepted === 'yes').map(({ text }) => text);
        if (output.stops.length > 0) result = { stop: output.stops[0].word };
        else if (accepted.length > 0) result = { text: accepted.join(', ') };
        else continue;
        break;
      }
      heard.set(heardName(trial), { voice, noise, recognised, ...result });
      bar.step(result.text ?? result.stop ?? 'rejected');
    }
  } finally {
    bar.stop();
    await listener.close();
  }
}
