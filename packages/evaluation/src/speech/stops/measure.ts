import { Random } from '@praxis/core';
import type { StopEvent } from '@praxis/speech';
import { type Audio, durationOf, motorNoise, SPEECH_RATE } from '@praxis/speech';
import type { Language } from '@praxis/teleop';
import { CHATTER, drawPhrases, STOPS } from '../phrases.ts';
import { type Condition, endOfSpeech, murmuring, NOISES, saying, under } from '../sound.ts';
import type { Speaker } from '../speakers.ts';
import { add, type Level, nothing, type Other, type StopTally } from './tally.ts';

/** What was heard of one group of voices with one threshold. Shares are 0..1, NaN of nothing. */
export interface StopRow {
  readonly group: Speaker['group'];
  readonly threshold: number;
  /** Neither found while it was said nor when the utterance was over. */
  readonly missed: Readonly<Record<Level, number>>;
  /** From the end of each word that was heard until it was found (s). */
  readonly delays: readonly number[];
  /** Commands in which a stop was heard. */
  readonly commandsStopped: { readonly clean: number; readonly at20dB: number };
  /** Stops that were heard where none was said, each hour of sound; a motor and silence are the same for all groups. */
  readonly falseStops: Readonly<Record<Exclude<Other, 'noisyCommands'>, number>>;
}

export interface StopReport {
  readonly rows: readonly StopRow[];
  /** Of sound. */
  readonly seconds: number;
}

export interface StopOptions {
  readonly language: Language;
  readonly thresholds: readonly number[];
  /** What is heard with each threshold, both paths together; seconds from the beginning of the sound. */
  readonly hear: (sound: Audio) => Promise<readonly (readonly StopEvent[])[]>;
  readonly speakers: readonly Speaker[];
  /** Those who babble, when it is not the speakers themselves. */
  readonly crowd?: readonly Speaker[];
  readonly seed: number;
  /** Of a motor, and of silence with a little hiss (s each). */
  readonly quiet: number;
  /** What was counted before is not measured again. */
  readonly kept?: StopsKept;
  readonly onStep?: (done: string) => void;
}

/** Where counts are kept so that a measurement that was ended can go on. */
export interface StopsKept {
  get(name: string): readonly StopTally[] | undefined;
  set(name: string, tallies: readonly StopTally[]): void;
}

/** How often `onStep` will be called. */
export const stopSteps = (speakers: readonly Speaker[]): number => speakers.length + 2;

const CONDITIONS: readonly (readonly [Level, Condition])[] = [
  ['clean', { noise: 'none' }],
  ...NOISES.map((noise) => ['at20dB', { noise, decibels: 20 }] as const),
  ...NOISES.map((noise) => ['at10dB', { noise, decibels: 10 }] as const),
];
/** A stop that ends within this time of the sound's end is the one that was meant (s). */
const LAST_WORD = 0.7;

/** Hears with several thresholds at once, and counts. */
class Ears {
  readonly #hear: StopOptions['hear'];
  readonly tallies: readonly StopTally[];

  constructor({ hear, thresholds }: StopOptions) {
    this.#hear = hear;
    this.tallies = thresholds.map(nothing);
  }

  async #play(sound: Audio, count: (tally: StopTally, stops: readonly StopEvent[]) => void): Promise<void> {
    const heard = await this.#hear(sound);
    this.tallies.forEach((tally, i) => {
      tally.seconds += durationOf(sound);
      count(tally, heard[i]);
    });
  }

  /** @param end of the stop word (s) */
  stop(level: Level, sound: Audio, end: number): Promise<void> {
    return this.#play(sound, (tally, stops) => {
      tally.said[level]++;
      const meant = stops.filter((stop) => stop.end > end - LAST_WORD).map(({ detected }) => detected);
      if (meant.length === 0) tally.missed[level]++;
      else tally.delays.push(Math.max(0, Math.min(...meant) - end));
    });
  }

  other(kind: Other, sound: Audio): Promise<void> {
    return this.#play(sound, ({ others: { [kind]: counts } }, stops) => {
      counts.sounds++;
      counts.stopped += stops.length > 0 ? 1 : 0;
      counts.stops += stops.length;
      counts.seconds += durationOf(sound);
    });
  }
}

/** Stop words in noise, other speech, a motor, and silence, heard with several thresholds at once. */
export async function measureStops(options: StopOptions): Promise<StopReport> {
  const { language, speakers, seed, quiet, kept, onStep } = options;
  const commands = drawPhrases(language, 1, new Random(seed, 'phrases'));
  const murmur = murmuring(options.crowd ?? speakers);
  const count = async (name: string, listen: (ears: Ears) => Promise<void>): Promise<readonly StopTally[]> => {
    const ears = new Ears(options);
    const before = kept?.get(name);
    if (!before) await listen(ears);
    const tallies = before ?? ears.tallies;
    kept?.set(name, tallies);
    onStep?.(name);
    return tallies;
  };
  const groups = new Map<Speaker['group'], (readonly StopTally[])[]>();
  for (const speaker of speakers) {
    const tallies = await count(speaker.name, async (ears) => {
      const others = murmur(speaker);
      const random = new Random(seed, speaker.name);
      const say = (text: string) => saying(speaker, text, random.uniform(0.9, 1.2));
      const stops = STOPS.map(say);
      for (const [level, condition] of CONDITIONS) {
        for (const clean of stops) {
          await ears.stop(level, under(clean, condition, others, random), endOfSpeech(clean));
        }
      }
      for (const text of CHATTER) await ears.other('chatter', say(text));
      for (const [j, { text }] of commands.entries()) {
        const clean = say(text);
        await ears.other('commands', clean);
        const condition = { noise: NOISES[j % NOISES.length], decibels: 20 };
        await ears.other('noisyCommands', under(clean, condition, others, random));
      }
    });
    groups.set(speaker.group, [...(groups.get(speaker.group) ?? []), tallies]);
  }
  const motor = await count('motor', (ears) => ears.other('motor', drive(quiet, new Random(seed, 'motor'))));
  const silence = await count('silence', (ears) => ears.other('silence', hiss(quiet, new Random(seed, 'silence'))));
  const rows = [...groups].flatMap(([group, voices]) =>
    options.thresholds.map((threshold, i) =>
      rowOf(
        group,
        threshold,
        [...voices, motor, silence].map((each) => each[i]),
      ),
    ),
  );
  const heard = [...[...groups.values()].flat(), motor, silence];
  return { rows, seconds: heard.reduce((sum, [{ seconds }]) => sum + seconds, 0) };
}

function drive(seconds: number, random: Random): Audio {
  const { samples, rate } = motorNoise(seconds * SPEECH_RATE, SPEECH_RATE, random);
  return { samples: samples.map((sample) => 0.1 * sample), rate };
}

/** A quiet room: 70 dB below full scale. */
const hiss = (seconds: number, random: Random): Audio => ({
  samples: Float32Array.from({ length: seconds * SPEECH_RATE }, () => random.normal(0, 3e-4)),
  rate: SPEECH_RATE,
});

function rowOf(group: Speaker['group'], threshold: number, tallies: readonly StopTally[]): StopRow {
  const all = nothing();
  for (const tally of tallies) add(all, tally);
  const share = (level: Level) => all.missed[level] / all.said[level];
  const stopped = (kind: Other) => all.others[kind].stopped / all.others[kind].sounds;
  const hourly = (kind: keyof StopRow['falseStops']) => (3600 * all.others[kind].stops) / all.others[kind].seconds;
  return {
    group,
    threshold,
    missed: { clean: share('clean'), at20dB: share('at20dB'), at10dB: share('at10dB') },
    delays: all.delays,
    commandsStopped: { clean: stopped('commands'), at20dB: stopped('noisyCommands') },
    falseStops: {
      chatter: hourly('chatter'),
      commands: hourly('commands'),
      motor: hourly('motor'),
      silence: hourly('silence'),
    },
  };
}
