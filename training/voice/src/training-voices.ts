import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@praxis/core';
import { hasProgram, synthesizeWithProgram } from '@praxis/evaluation';
import type { Audio } from '@praxis/speech';
import { readWav } from '@praxis/speech';
import { loadFlite } from '@praxis/speech/node';
import type { TrainingVoice } from './example-generator.ts';

/** Flite's voices except kal and kal16, which share their recordings with the held-out Festival voice. */
const FLITE_TRAINING_VOICES = ['slt', 'awb', 'rms'] as const;
const PICO_LANGUAGES = ['en-US', 'en-GB'] as const;
const ESPEAK_ACCENTS = [
  'en-us',
  'en-us',
  'en-gb',
  'en-gb-scotland',
  'en-gb-x-rp',
  'en-029',
  'en-us-nyc',
  'en-gb-x-gbclan',
];
const ESPEAK_VARIANTS =
  `adam Alex Alicia Andrea Andy Annie antonio aunty belinda benjamin boris caleb david Denis ed edward Gene Gene2
  gustave Henrique Hugo iven iven2 john Lee linda marcelo Marco max Michael miguel Mike pablo paul pedro quincy rob robert
  steph steph2 steph3 travis victor zac anika f1 f2 f3 f4 f5 m1 m2 m3 m4 m5 m6 m7 m8 grandpa grandma klatt klatt2 klatt3
  klatt4`.split(/\s+/);
/** Weight of all eSpeak voices together, where each other voice has weight 1. */
const ESPEAK_WEIGHT = 1.2;

/** Speaking rate of eSpeak at stretch 1 (words per minute). */
const ESPEAK_WORDS_PER_MINUTE = 165;

/**
 * Loads the training voices: Flite's, SVOX Pico's (`libttspico-utils` of Debian) and eSpeak's in many accents.
 * @throws {InputError} when a program is missing, since the same seed must give the same examples everywhere
 */
export async function findTrainingVoices(): Promise<readonly TrainingVoice[]> {
  for (const [program, from] of [
    ['pico2wave', 'libttspico-utils, in non-free'],
    ['espeak-ng', 'espeak-ng'],
  ]) {
    if (!hasProgram(program))
      throw new InputError(`training examples: ${program} is missing (apt-get install ${from})`);
  }
  const flite = await loadFlite();
  const named = (name: string, weight: number, synthesize: TrainingVoice['synthesize']): TrainingVoice => ({
    name,
    weight,
    synthesize,
  });
  return [
    ...FLITE_TRAINING_VOICES.map((voice) =>
      named(`flite ${voice}`, 1, (text, stretch) => flite.synthesize(text, { voice, stretch })),
    ),
    ...PICO_LANGUAGES.map((accent) =>
      named(`pico ${accent}`, 1, (text, stretch) => synthesizeWithPico(accent, text, stretch)),
    ),
    ...ESPEAK_ACCENTS.flatMap((accent) =>
      ['', ...ESPEAK_VARIANTS].map((variant) => {
        const voice = variant === '' ? accent : `${accent}+${variant}`;
        const weight = ESPEAK_WEIGHT / ESPEAK_ACCENTS.length / (ESPEAK_VARIANTS.length + 1);
        return named(`espeak ${voice}`, weight, (text, stretch) => synthesizeWithEspeak(voice, text, stretch));
      }),
    ),
  ];
}

function synthesizeWithEspeak(voice: string, text: string, stretch: number): Audio {
  const speed = String(Math.round(ESPEAK_WORDS_PER_MINUTE / stretch));
  return synthesizeWithProgram('espeak-ng', (file) => ['-v', voice, '-s', speed, '-w', file, '--stdin'], text);
}

function synthesizeWithPico(accent: string, text: string, stretch: number): Audio {
  const marked = `<speed level="${Math.round(100 / stretch)}">${text}</speed>\n`;
  return synthesizeWithProgram('pico2wave', (file) => ['-l', accent, '-w', file], marked);
}

/** Finds the WAV files in a folder and its subfolders, sorted by name. @throws {InputError} when there is none */
export function findRecordings(folder: string): readonly (() => Audio)[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.wav'))
    .sort();
  if (files.length === 0) throw new InputError(`${folder}: expected WAV files`);
  return files.map((name) => () => readWav(readFileSync(join(folder, name)), name));
}

/** Reads the words of a pronunciation dictionary in CMU's format that have at least three letters, without variants. */
export const dictionaryWords = (file: string): readonly string[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[0])
    .filter((word) => /^[a-z]{3,}$/.test(word));
