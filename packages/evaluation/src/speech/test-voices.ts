import { spawnSync } from 'node:child_process';
import { InputError } from '@praxis/core';
import { type Audio, FLITE_VOICES } from '@praxis/speech';
import { loadFlite } from '@praxis/speech/node';
import { hasProgram, synthesizeWithProgram } from './tts-program.ts';

/** Somebody who says what is to be recognised. */
export interface TestVoice {
  readonly name: string;
  /** Whether anything was tuned with this voice; `stress`: not meant to be understood well. */
  readonly group: 'held out' | 'tuned on' | 'stress';
  /** @param stretch duration of every sound, 1 is as usual */
  synthesize(text: string, stretch: number): Audio;
}

/** Voices of Debian's festvox packages; a machine has those that are installed. */
const FESTIVAL_VOICES = ['kal_diphone', 'ked_diphone', 'cmu_us_slt_arctic_hts', 'don_diphone'];
const ESPEAK_VOICES = ['en-us', 'en-gb', 'en-us+f3'];

const installedFestivalVoices = (): readonly string[] => {
  const { stdout } = spawnSync('festival', ['-b', '(print (voice.list))'], { encoding: 'utf8' });
  return FESTIVAL_VOICES.filter((voice) => String(stdout).includes(voice));
};

/**
 * Everybody on this machine who can be listened to: Flite's voices everywhere, those of Festival and eSpeak where they are
 * installed. Only Festival's count as held out: any of Flite's may have been heard when thresholds were chosen.
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
 * Those on this machine whose names hold one of these; all of them without names.
 * @throws {InputError} on a name that nobody has
 */
export async function testVoicesNamed(voices: string | undefined): Promise<readonly TestVoice[]> {
  const all = await findTestVoices();
  if (voices === undefined) return all;
  const wanted = voices.split(',').map((name) => name.trim());
  const known = all.map(({ name }) => name);
  for (const name of wanted) {
    if (name === '' || !known.some((each) => each.includes(name))) {
      throw new InputError(`--voices ${name}: nobody here is called that; here are ${known.join(', ')}`);
    }
  }
  return all.filter(({ name }) => wanted.some((each) => name.includes(each)));
}

/** As {@link testVoicesNamed}; without names those that nothing was tuned with, or where there are none, all who speak clearly. */
export async function testVoicesOrHeldOut(voices: string | undefined): Promise<readonly TestVoice[]> {
  const all = await testVoicesNamed(voices);
  if (voices !== undefined) return all;
  const heldOut = all.filter(({ group }) => group === 'held out');
  return heldOut.length > 0 ? heldOut : all.filter(({ group }) => group !== 'stress');
}

/** Those who babble in the background of whoever is measured: all on this machine who speak clearly. */
export const findBabbleVoices = async (): Promise<readonly TestVoice[]> =>
  (await findTestVoices()).filter(({ group }) => group !== 'stress');
