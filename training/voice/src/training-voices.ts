import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@praxis/core';
import { has, spoken } from '@praxis/evaluation';
import type { Audio } from '@praxis/speech';
import { readWav } from '@praxis/speech';
import { loadFlite } from '@praxis/speech/node';
import type { Voice } from './example-generator.ts';

/** Without kal and kal16: the Festival voice that is held out was made of the same recordings. */
const FLITE = ['slt', 'awb', 'rms'] as const;
const PICO = ['en-US', 'en-GB'] as const;
const ACCENTS = ['en-us', 'en-us', 'en-gb', 'en-gb-scotland', 'en-gb-x-rp', 'en-029', 'en-us-nyc', 'en-gb-x-gbclan'];
const VARIANTS =
  `adam Alex Alicia Andrea Andy Annie antonio aunty belinda benjamin boris caleb david Denis ed edward Gene Gene2
  gustave Henrique Hugo iven iven2 john Lee linda marcelo Marco max Michael miguel Mike pablo paul pedro quincy rob robert
  steph steph2 steph3 travis victor zac anika f1 f2 f3 f4 f5 m1 m2 m3 m4 m5 m6 m7 m8 grandpa grandma klatt klatt2 klatt3
  klatt4`.split(/\s+/);
/** How often one of eSpeak's speaks, all together, beside each of the others. */
const ESPEAK_WEIGHT = 1.2;

/** Words per minute of eSpeak as it is. */
const ESPEAK_SPEED = 165;

/**
 * Those who teach: Flite's voices, SVOX Pico's (`libttspico-utils` of Debian) and eSpeak's, in many accents.
 * @throws {InputError} when a program is missing: the same seed has to give the same lessons everywhere
 */
export async function findTrainingVoices(): Promise<readonly Voice[]> {
  for (const [program, from] of [
    ['pico2wave', 'libttspico-utils, in non-free'],
    ['espeak-ng', 'espeak-ng'],
  ]) {
    if (!has(program)) throw new InputError(`lessons: ${program} is missing (apt-get install ${from})`);
  }
  const flite = await loadFlite();
  const named = (name: string, weight: number, speak: Voice['speak']): Voice => ({ name, weight, speak });
  return [
    ...FLITE.map((voice) => named(`flite ${voice}`, 1, (text, stretch) => flite.speak(text, { voice, stretch }))),
    ...PICO.map((accent) => named(`pico ${accent}`, 1, (text, stretch) => pico(accent, text, stretch))),
    ...ACCENTS.flatMap((accent) =>
      ['', ...VARIANTS].map((variant) => {
        const voice = variant === '' ? accent : `${accent}+${variant}`;
        const weight = ESPEAK_WEIGHT / ACCENTS.length / (VARIANTS.length + 1);
        return named(`espeak ${voice}`, weight, (text, stretch) => espeak(voice, text, stretch));
      }),
    ),
  ];
}

function espeak(voice: string, text: string, stretch: number): Audio {
  const speed = String(Math.round(ESPEAK_SPEED / stretch));
  return spoken('espeak-ng', (file) => ['-v', voice, '-s', speed, '-w', file, '--stdin'], text);
}

function pico(accent: string, text: string, stretch: number): Audio {
  const marked = `<speed level="${Math.round(100 / stretch)}">${text}</speed>\n`;
  return spoken('pico2wave', (file) => ['-l', accent, '-w', file], marked);
}

/** The WAV files in a folder and its subfolders, by name. @throws {InputError} when there is none */
export function recordingsIn(folder: string): readonly (() => Audio)[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.wav'))
    .sort();
  if (files.length === 0) throw new InputError(`${folder}: expected WAV files`);
  return files.map((name) => () => readWav(readFileSync(join(folder, name)), name));
}

/** Words of a dictionary of CMU's kind: those of three letters and more, without numbers of variants. */
export const wordsOfDictionary = (file: string): readonly string[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[0])
    .filter((word) => /^[a-z]{3,}$/.test(word));
