import { readFileSync } from 'node:fs';
import { InputError } from '@praxis/core';
import { durationOf, type Intent, readWav, resample, SPEECH_RATE } from '@praxis/speech';
import { PocketSphinx } from '@praxis/speech/node';
import type { TranscribeOptions } from '../commands/transcribe.ts';
import { EXIT, print, printJson } from '../output.ts';
import { inWords } from './interpret.ts';
import { extensionFor, languageOf } from './language.ts';

const LONGEST = 120;

/** @returns exit status. @throws {InputError} on a file that is no WAV, or without a recogniser. */
export async function run(file: string, options: TranscribeOptions): Promise<number> {
  const audio = readWav(read(file), file);
  const seconds = durationOf(audio);
  if (seconds === 0 || seconds > LONGEST) {
    throw new InputError(`${file}: ${seconds.toFixed(1)} s of sound, expected some, ${LONGEST} s at most`);
  }
  const language = languageOf(options.policy);
  const recogniser = await PocketSphinx.start(extensionFor(options.policy));
  try {
    const heard = await recogniser.recognise(resample(audio, SPEECH_RATE).samples);
    const { text, confidence, accepted, stops, compute } = heard;
    const stop = stops[0];
    const intent: Intent = stop
      ? { kind: 'stop', word: stop.word }
      : accepted === 'yes'
        ? language.interpret(text)
        : { kind: 'unknown', text };
    const stop_words = stops.map(({ word, end, detected }) => ({ word, end_s: end, detected_s: detected }));
    if (options.json) printJson({ text, intent, confidence, audio_s: seconds, compute_s: compute, stop_words });
    else {
      print(text || '(nothing)');
      print(
        `${inWords(intent)}  (confidence ${confidence.toFixed(2)}, ${seconds.toFixed(1)} s in ${compute.toFixed(2)} s)`,
      );
    }
  } finally {
    await recogniser.close();
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
