import { readFileSync } from 'node:fs';
import { InputError, SimulatedClock } from '@praxis/core';
import {
  type Audio,
  durationOf,
  type HeardUtterance,
  type Intent,
  type Language,
  type Listener,
  type ListenerState,
  readWav,
  type SpottedStop,
} from '@praxis/speech';
import { openListener } from '@praxis/speech/node';
import type { TranscribeOptions } from '../commands/transcribe.ts';
import { EXIT, print, printJson } from '../output.ts';
import { inWords } from './interpret.ts';
import { extensionFor, languageOf } from './language.ts';

const LONGEST = 120;
/** A microphone's pieces (s). */
const PIECE = 0.1;

/** @returns exit status. @throws {InputError} on a file that is no WAV, or without a recogniser. */
export async function run(file: string, options: TranscribeOptions): Promise<number> {
  const audio = readWav(read(file), file);
  const seconds = durationOf(audio);
  if (seconds === 0 || seconds > LONGEST) {
    throw new InputError(`${file}: ${seconds.toFixed(1)} s of sound, expected some, ${LONGEST} s at most`);
  }
  const language = languageOf(options.policy);
  const clock = new SimulatedClock();
  const listener = await openListener(clock, extensionFor(options.policy));
  try {
    const { utterances, stops, compute } = await listen(listener, audio, clock);
    const text = utterances.map((each) => each.text).join(' ');
    const intent = intentOf(utterances, stops, language);
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

/** Gives the listener the sound as a microphone would, as fast as it takes it. */
async function listen(listener: Listener, { samples, rate }: Audio, clock: SimulatedClock) {
  const utterances: HeardUtterance[] = [];
  const stops: SpottedStop[] = [];
  let state: ListenerState = { kind: 'starting' };
  listener.state$.subscribe((each) => (state = each));
  listener.utterances$.subscribe((each) => utterances.push(each));
  listener.stops$.subscribe((each) => stops.push(each));
  await listener.started();
  refuse(state);
  const began = performance.now();
  const length = Math.round(PIECE * rate);
  for (let at = 0; at < samples.length; at += length) {
    const stamp = at / rate;
    clock.advanceTo(stamp);
    await listener.push({ value: { samples: samples.subarray(at, at + length), rate }, stamp, received: stamp });
  }
  await listener.end();
  refuse(state);
  return { utterances, stops, compute: (performance.now() - began) / 1000 };
}

/** @throws {InputError} when nothing can be understood */
function refuse(state: ListenerState): void {
  if (state.kind === 'recogniser gone') throw new InputError(state.reason);
}

/** A stop goes before everything; of several commands the last one counts, as when they are said to the robot. */
function intentOf(utterances: readonly HeardUtterance[], stops: readonly SpottedStop[], language: Language): Intent {
  if (stops.length > 0) return { kind: 'stop', word: stops[0].word };
  const last = utterances.findLast(({ accepted }) => accepted === 'yes');
  return last ? language.interpret(last.text) : { kind: 'unknown', text: utterances.at(-1)?.text ?? '' };
}

function read(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new InputError(`${file}: expected a WAV file that can be read`, { cause });
  }
}
