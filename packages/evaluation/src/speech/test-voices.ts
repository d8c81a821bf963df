import { spawnSync } from 'node:child_process';
import { InputError } from '@praxis/core';
import { type Audio, FLITE_VOICES } from '@praxis/speech';
import { loadFlite } from '@praxis/speech/node';
import { hasProgram, synthesizeWithProgram } from './tts-program.ts';

/** A synthetic voice that speaks the test utterances. */
export interface TestVoice {
  readonly name: string;
  /** `tuned on`: networks or thresholds were tuned with it. `held out`: they were not. `stress`: an unnatural voice, as a hard test. */
  readonly group: 'held out' | 'tuned on' | 'stress';
  /** @param stretch factor of the duration of every phoneme, 1 is normal */
  synthesize(text: string, stretch: number): Audio;
}

/** Voices of Debian's festvox packages. */
const FESTIVAL_VOICES = ['kal_diphone', 'ked_diphone', 'cmu_us_slt_arctic_hts', 'don_diphone'];
const ESPEAK_VOICES = ['en-us', 'en-gb', 'en-us+f3'];

const installedFestivalVoices = (): readonly string[] => {
  const { stdout } = spawnSync('festival', ['-b', '(print (voice.list))'], { encoding: 'utf8' });
  return FESTIVAL_VOICES.filter((voice) => String(stdout).includes(voice));
};

/**
 * Lists the voices of this machine: those of Flite, and those of Festival and eSpeak that are installed. Only Festival's voices
 * are held out, since thresholds were chosen with voices of Flite.
 */
export async function findTestVoices(): Promise<readonly TestVoice[]> {
  const flite = await loadFlite();
  const own = FLITE_VOICES.map(
    (voice): TestVoice => ({
      name: `flite ${voice}`,
      group: 'tuned on',
      synthesize: (text, stretch) => flite.synthesize(text, { voice, stretch }),
    }),
  );
  const festival = hasProgram('text2wave')
    ? installedFestivalVoices().map((voice): TestVoice => {
        const set = (stretch: number) =>
          `(begin (voice_${voice}) (Parameter.set 'Duration_Stretch ${stretch.toFixed(3)}))`;
        return {
          name: `festival ${voice}`,
          group: 'held out',
          synthesize: (text, stretch) =>
            synthesizeWithProgram('text2wave', (file) => ['-eval', set(stretch), '-o', file], text),
        };
      })
    : [];
  const espeak = hasProgram('espeak-ng')
    ? ESPEAK_VOICES.map((voice): TestVoice => {
        const speed = (stretch: number) => String(Math.round(160 / stretch));
        return {
          name: `espeak ${voice}`,
          group: 'stress',
          synthesize: (text, stretch) =>
            synthesizeWithProgram(
              'espeak-ng',
              (file) => ['-v', voice, '-s', speed(stretch), '-w', file, '--stdin'],
              text,
            ),
        };
      })
    : [];
  return [...festival, ...own, ...espeak];
}

/**
 * Selects voices of this machine by name.
 * @param voices parts of names, separated by commas; undefined selects all
 * @throws {InputError} for a name that no voice contains
 */
export async function testVoicesNamed(voices: string | undefined): Promise<readonly TestVoice[]> {
  const all = await findTestVoices();
  if (voices === undefined) return all;
  const wanted = voices.split(',').map((name) => name.trim());
  const known = all.map(({ name }) => name);
  for (const name of wanted) {
    if (name === '' || !known.some((each) => each.includes(name))) {
      throw new InputError(`--voices ${name}: no such voice on this machine; available are ${known.join(', ')}`);
    }
  }
  return all.filter(({ name }) => wanted.some((each) => name.includes(each)));
}

/**
 * Selects voices of this machine by name, as {@link testVoicesNamed} does. Undefined selects the held-out voices; a machine without
 * held-out voices selects all except the `stress` voices.
 */
export async function testVoicesOrHeldOut(voices: string | undefined): Promise<readonly TestVoice[]> {
  const all = await testVoicesNamed(voices);
  if (voices !== undefined) return all;
  const heldOut = all.filter(({ group }) => group === 'held out');
  return heldOut.length > 0 ? heldOut : all.filter(({ group }) => group !== 'stress');
}

/** Lists the voices for babble: all on this machine except the `stress` voices. */
export const findBabbleVoices = async (): Promise<readonly TestVoice[]> =>
  (await findTestVoices()).filter(({ group }) => group !== 'stress');

/** Lists voices by group, one Markdown item per group. */
export const voiceListLines = (voices: readonly Pick<TestVoice, 'name' | 'group'>[]): readonly string[] =>
  (['held out', 'tuned on', 'stress'] as const).flatMap((group) => {
    const names = voices.filter((each) => each.group === group).map(({ name }) => name);
    return names.length > 0 ? [`- ${group}: ${names.join(', ')}`] : [];
  });
