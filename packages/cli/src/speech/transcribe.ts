import { readFileSync } from 'node:fs';
import { InputError, SimulatedClock } from '@praxis/core';
import { hearing, intentOf, mustRun } from '@praxis/evaluation';
import { durationOf, readWav } from '@praxis/speech';
import { openListener } from '@praxis/speech/node';
import { Attention } from '@praxis/teleop';
import { commandGrammar } from '@praxis/teleop/node';
import type { TranscribeOptions } from '../commands/transcribe.ts';
import { extensionFor, languageOf } from '../options/vocabulary.ts';
import { EXIT, print, printJson } from '../terminal/output.ts';
import { inWords } from './interpret.ts';

const LONGEST = 120;

/** @returns exit status. @throws {InputError} on a file that is no WAV, or without a recogniser. */
export async function run(file: string, options: TranscribeOptions): Promise<number> {
  const audio = readWav(read(file), file);
  const seconds = durationOf(audio);
  if (seconds === 0 || seconds > LONGEST) {
    throw new InputError(`${file}: ${seconds.toFixed(1)} s of sound, expected some, ${LONGEST} s at most`);
  }
  const { policy, model, wakeWord } = options;
  const language = languageOf(policy, wakeWord);
  const attention = language.wakeWord && new Attention(language.wakeWord);
  const clock = new SimulatedClock();
  const listener = await openListener(clock, commandGrammar(extensionFor(policy, wakeWord)), { model, attention });
  try {
    const hear = hearing(listener, clock);
    await mustRun(listener);
    const began = performance.now();
    const heard = await hear(audio);
    const compute = (performance.now() - began) / 1000;
    await mustRun(listener);
    const { utterances, stops } = heard;
    const text = utterances.map((each) => each.text).join(' ');
    const intent = intentOf(heard, language);
    const confidence = Math.max(0, ...utterances.map((each) => each.confidence));
    const stop_words = stops.map(({ word, end, detected }) => ({ word, end_s: end, detected_s: detected }));
    if (options.json) printJson({ text, intent, confidence, audio_s: seconds, compute_s: compute, stop_words });
    else {
      print(text || '(nothing)');
      print(
        `${inWords(intent)}  (confidence ${confidence.toFixed(2)}, ${seconds.toFixed(1)} s in ${compute.toFixed(2)} s)`,
      );
    }
  } finally {
    await listener.close();
  }
  return EXIT.ok;
}

function read(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new InputError(`${file}: expected a WAV file that can be read`, { cause });
  }
}
