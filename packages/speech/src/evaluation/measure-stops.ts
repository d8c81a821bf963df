import { Random } from '@praxis/core';
import { type Audio, durationOf, SPEECH_RATE } from '../audio/audio.ts';
import { motorNoise } from '../audio/noise.ts';
import { resample } from '../audio/resample.ts';
import type { Language } from '../language/language.ts';
import { Intake } from '../listening/intake.ts';
import { LATELY, Levels } from '../listening/levels.ts';
import type { HeardStop } from '../recognition/recogniser.ts';
import type { StopSpotter } from '../recognition/stop-spotter.ts';
import type { Speaker } from './measure.ts';
import { CHATTER, drawPhrases, STOPS } from './phrases.ts';
import { type Condition, endOfSpeech, inARoom, NOISES, under } from './sound.ts';

/** What a spotter of one strictness did. Shares are 0..1; false stops are counted for each hour of sound. */
export interface StopRow {
  readonly strictness: number;
  readonly missed: { readonly clean: number; readonly at20dB: number; readonly at10dB: number };
  /** From the end of each word that was heard until it was found (s). */
  readonly delays: readonly number[];
  readonly falseStops: {
    readonly chatter: number;
    readonly commands: number;
    readonly motor: number;
    readonly silence: number;
  };
}

export interface StopOptions {
  readonly language: Language;
  readonly spotters: readonly { readonly strictness: number; readonly spotter: StopSpotter }[];
  readonly speakers: readonly Speaker[];
  readonly seed: number;
  /** Of a motor, and of silence with a little hiss (s each). */
  readonly quiet: number;
  readonly onStep?: (done: string) => void;
}

/** How often `onStep` will be called. */
export const stopSteps = (speakers: readonly Speaker[]): number => speakers.length + 2;

type Level = keyof StopRow['missed'];
type Other = keyof StopRow['falseStops'];

const CONDITIONS: readonly (readonly [Level, Condition])[] = [
  ['clean', { noise: 'none' }],
  ...NOISES.map((noise) => ['at20dB', { noise, decibels: 20 }] as const),
  ...NOISES.map((noise) => ['at10dB', { noise, decibels: 10 }] as const),
];
/** A stop that ends within this time of the sound's end is the one that was meant (s). */
const LAST_WORD = 0.7;

class Tally {
  readonly said = { clean: 0, at20dB: 0, at10dB: 0 };
  readonly missed = { clean: 0, at20dB: 0, at10dB: 0 };
  readonly delays: number[] = [];
  readonly found = { chatter: 0, commands: 0, motor: 0, silence: 0 };
  readonly seconds = { chatter: 0, commands: 0, motor: 0, silence: 0 };
}

/** Lets several spotters hear the same: stop words in noise, other speech, a motor, and silence. */
export async function measureStops(options: StopOptions): Promise<readonly StopRow[]> {
  const { language, speakers, seed, quiet, onStep } = options;
  const ears = options.spotters.map((each) => ({ ...each, tally: new Tally() }));
  const intake = new Intake();
  const levels = new Levels();
  let played = 0;
  /** Plays a sound to every spotter; each then does with what was found what it is for. */
  const play = async (sound: Audio, found: (tally: Tally, stops: readonly HeardStop[]) => void) => {
    const begin = played;
    played += durationOf(sound);
    const frames = intake.push(sound).map((frame) => {
      levels.push(frame.decibels);
      return { ...frame, contrast: levels.contrastOf(LATELY) };
    });
    await Promise.all(
      ears.map(async (ear) => {
        const stops: HeardStop[] = [];
        for (const { samples, contrast } of frames) stops.push(...(await ear.spotter.push(samples, contrast)));
        const from = begin - intake.begin;
        found(
          ear.tally,
          stops.map((stop) => ({ ...stop, end: stop.end - from, detected: stop.detected - from })),
        );
      }),
    );
  };
  const other = (kind: Other, sound: Audio) =>
    play(sound, (tally, stops) => {
      tally.found[kind] += stops.length;
      tally.seconds[kind] += durationOf(sound);
    });
  const commands = drawPhrases(language, 1, new Random(seed, 'phrases'));
  const chats = speakers.map((speaker) => spoken(speaker, CHATTER.slice(0, 6).join(', '), 1));
  for (const [i, speaker] of speakers.entries()) {
    const others = chats.filter((_, j) => j !== i || speakers.length === 1);
    const random = new Random(seed, speaker.name);
    const say = (text: string) => inARoom(spoken(speaker, text, random.uniform(0.9, 1.2)));
    for (const text of STOPS) {
      const clean = say(text);
      const end = endOfSpeech(clean);
      for (const [level, condition] of CONDITIONS) {
        await play(under(clean, condition, others, random), (tally, stops) => {
          tally.said[level]++;
          const meant = stops.find((stop) => stop.end > end - LAST_WORD);
          if (meant) tally.delays.push(Math.max(0, meant.detected - end));
          else tally.missed[level]++;
        });
      }
    }
    for (const text of CHATTER) await other('chatter', say(text));
    for (const { text } of commands) await other('commands', say(text));
    onStep?.(speaker.name);
  }
  const random = new Random(seed, 'quiet');
  await other('motor', scaled(motorNoise(quiet * SPEECH_RATE, SPEECH_RATE, random), 0.1));
  onStep?.('motor');
  await other('silence', hiss(quiet, random));
  onStep?.('silence');
  return ears.map(({ strictness, tally }) => rowOf(strictness, tally));
}

const spoken = (speaker: Speaker, text: string, stretch: number): Audio =>
  resample(speaker.speak(text, stretch), SPEECH_RATE);

const scaled = ({ samples, rate }: Audio, by: number): Audio => ({
  samples: samples.map((sample) => by * sample),
  rate,
});

/** A quiet room: 70 dB below full scale. */
const hiss = (seconds: number, random: Random): Audio => ({
  samples: Float32Array.from({ length: seconds * SPEECH_RATE }, () => random.normal(0, 3e-4)),
  rate: SPEECH_RATE,
});

function rowOf(strictness: number, { said, missed, delays, found, seconds }: Tally): StopRow {
  const share = (level: Level) => missed[level] / said[level];
  const hourly = (kind: Other) => (3600 * found[kind]) / seconds[kind];
  return {
    strictness,
    missed: { clean: share('clean'), at20dB: share('at20dB'), at10dB: share('at10dB') },
    delays,
    falseStops: {
      chatter: hourly('chatter'),
      commands: hourly('commands'),
      motor: hourly('motor'),
      silence: hourly('silence'),
    },
  };
}
