import { spawnSync } from 'node:child_process';
import { FLITE_VOICES } from '@praxis/speech';
import { loadFlite } from '@praxis/speech/node';
import type { Speaker } from './measure.ts';
import { has, spoken } from './speech-program.ts';

/** Voices of Debian's festvox packages; a machine has those that are installed. */
const FESTIVAL = ['kal_diphone', 'ked_diphone', 'cmu_us_slt_arctic_hts', 'don_diphone'];
const ESPEAK = ['en-us', 'en-gb', 'en-us+f3'];

const festivalVoices = (): readonly string[] => {
  const { stdout } = spawnSync('festival', ['-b', '(print (voice.list))'], { encoding: 'utf8' });
  return FESTIVAL.filter((voice) => String(stdout).includes(voice));
};

/**
 * Everybody on this machine who can be listened to: Flite's voices everywhere, those of Festival and eSpeak where they are
 * installed. Only Festival's count as held out: any of Flite's may have been heard when thresholds were chosen.
 */
export async function findSpeakers(): Promise<readonly Speaker[]> {
  const flite = await loadFlite();
  const own = FLITE_VOICES.map(
    (voice): Speaker => ({
      name: `flite ${voice}`,
      group: 'tuned on',
      speak: (text, stretch) => flite.speak(text, { voice, stretch }),
    }),
  );
  const festival = has('text2wave')
    ? festivalVoices().map((voice): Speaker => {
        const set = (stretch: number) =>
          `(begin (voice_${voice}) (Parameter.set 'Duration_Stretch ${stretch.toFixed(3)}))`;
        return {
          name: `festival ${voice}`,
          group: 'held out',
          speak: (text, stretch) => spoken('text2wave', (file) => ['-eval', set(stretch), '-o', file], text),
        };
      })
    : [];
  const espeak = has('espeak-ng')
    ? ESPEAK.map((voice): Speaker => {
        const speed = (stretch: number) => String(Math.round(160 / stretch));
        return {
          name: `espeak ${voice}`,
          group: 'stress',
          speak: (text, stretch) =>
            spoken('espeak-ng', (file) => ['-v', voice, '-s', speed(stretch), '-w', file, '--stdin'], text),
        };
      })
    : [];
  return [...festival, ...own, ...espeak];
}
