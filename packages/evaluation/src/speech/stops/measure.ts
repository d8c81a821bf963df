import { Random } from '@praxis/core';
import type { StopEvent } from '@praxis/speech';
import { type Audio, durationS, motorNoise, SPEECH_SAMPLE_RATE_HZ } from '@praxis/speech';
import type { Language } from '@praxis/teleop';
import { CHATTER, drawPhrases, STOP_MATCH_WINDOW_S, STOP_UTTERANCES } from '../phrases.ts';
import { babbleVoiceSelector, mixNoise, NOISES, type NoiseCondition, speechEndS, synthesize } from '../sound.ts';
import type { TestVoice } from '../test-voices.ts';
import { addStopTally, emptyStopTally, type NonStopSound, type SnrCondition, type StopTally } from './tally.ts';

/** Results of one group of voices with one threshold. Shares are 0..1, and NaN without utterances. */
export interface StopRow {
  readonly group: TestVoice['group'];
  readonly threshold: number;
  /** Share of stop words that neither the spotter nor the grammar detected. */
  readonly missed: Readonly<Record<SnrCondition, number>>;
  /** Time from the end of each detected word to its detection (s). */
  readonly delays: readonly number[];
  /** Share of commands in which a stop was detected. */
  readonly commandsStopped: { readonly clean: number; readonly at20dB: number };
  /** Detected stops per hour of sound without a stop word. Motor and silence are the same for all groups. */
  readonly falseStops: Readonly<Record<Exclude<NonStopSound, 'noisyCommands'>, number>>;
}

/** Results of every group of voices and threshold. */
export interface StopReport {
  readonly rows: readonly StopRow[];
  /** Duration of all sound (s). */
  readonly seconds: number;
}

export interface MeasureStopsOptions {
  readonly language: Language;
  readonly thresholds: readonly number[];
  /** Detects stops with each threshold, on both paths; times in seconds from the beginning of the sound. */
  readonly detectStops: (sound: Audio) => Promise<readonly (readonly StopEvent[])[]>;
  readonly voices: readonly TestVoice[];
  /** Voices of the babble. Default: `voices`. */
  readonly babbleVoices?: readonly TestVoice[];
  readonly seed: number;
  /** Duration of the motor sound, and of the silence with slight hiss (s each). */
  readonly backgroundS: number;
  /** Tallies of an earlier run, which are not measured again. */
  readonly checkpoint?: StopCheckpoint;
  readonly onStep?: (done: string) => void;
}

/** Stores the tallies of a measurement by name, so that it can resume. */
export interface StopCheckpoint {
  get(name: string): readonly StopTally[] | undefined;
  set(name: string, tallies: readonly StopTally[]): void;
}

/** Number of calls of `onStep`. */
export const stopStepCount = (voices: readonly TestVoice[]): number => voices.length + 2;

const CONDITIONS: readonly (readonly [SnrCondition, NoiseCondition])[] = [
  ['clean', { noise: 'none' }],
  ...NOISES.map((noise) => ['at20dB', { noise, decibels: 20 }] as const),
  ...NOISES.map((noise) => ['at10dB', { noise, decibels: 10 }] as const),
];

/** Detects stops in sounds with several thresholds at once, and counts them. */
class ThresholdSweep {
  readonly #detectStops: MeasureStopsOptions['detectStops'];
  readonly tallies: readonly StopTally[];

  constructor({ detectStops, thresholds }: MeasureStopsOptions) {
    this.#detectStops = detectStops;
    this.tallies = thresholds.map(emptyStopTally);
  }

  async #detectAndCount(sound: Audio, count: (tally: StopTally, stops: readonly StopEvent[]) => void): Promise<void> {
    const detections = await this.#detectStops(sound);
    this.tallies.forEach((tally, i) => {
      tally.seconds += durationS(sound);
      count(tally, detections[i]);
    });
  }

  /** @param end end of the stop word (s) */
  countStopWord(level: SnrCondition, sound: Audio, end: number): Promise<void> {
    return this.#detectAndCount(sound, (tally, stops) => {
      tally.stopWords[level]++;
      const expected = stops.filter((stop) => stop.end > end - STOP_MATCH_WINDOW_S).map(({ detected }) => detected);
      if (expected.length === 0) tally.missed[level]++;
      else tally.delays.push(Math.max(0, Math.min(...expected) - end));
    });
  }

  countNonStop(kind: NonStopSound, sound: Audio): Promise<void> {
    return this.#detectAndCount(sound, ({ others: { [kind]: counts } }, stops) => {
      counts.sounds++;
      counts.stopped += stops.length > 0 ? 1 : 0;
      counts.stops += stops.length;
      counts.seconds += durationS(sound);
    });
  }
}

/** Measures the detection of stops in noisy stop words, other speech, motor sound and silence, with several thresholds at once. */
export async function measureStops(options: MeasureStopsOptions): Promise<StopReport> {
  const { language, voices, seed, backgroundS, checkpoint, onStep } = options;
  const commands = drawPhrases(language, 1, new Random(seed, 'phrases'));
  const selectBabbleVoices = babbleVoiceSelector(options.babbleVoices ?? voices);
  const count = async (
    name: string,
    listen: (sweep: ThresholdSweep) => Promise<void>,
  ): Promise<readonly StopTally[]> => {
    const sweep = new ThresholdSweep(options);
    const before = checkpoint?.get(name);
    if (!before) await listen(sweep);
    const tallies = before ?? sweep.tallies;
    checkpoint?.set(name, tallies);
    onStep?.(name);
    return tallies;
  };
  const groups = new Map<TestVoice['group'], (readonly StopTally[])[]>();
  for (const voice of voices) {
    const tallies = await count(voice.name, async (sweep) => {
      const others = selectBabbleVoices(voice);
      const random = new Random(seed, voice.name);
      const say = (text: string) => synthesize(voice, text, random.uniform(0.9, 1.2));
      const stops = STOP_UTTERANCES.map(say);
      for (const [level, condition] of CONDITIONS) {
        for (const clean of stops) {
          await sweep.countStopWord(level, mixNoise(clean, condition, others, random), speechEndS(clean));
        }
      }
      for (const text of CHATTER) await sweep.countNonStop('chatter', say(text));
      for (const [j, { text }] of commands.entries()) {
        const clean = say(text);
        await sweep.countNonStop('commands', clean);
        const condition = { noise: NOISES[j % NOISES.length], decibels: 20 };
        await sweep.countNonStop('noisyCommands', mixNoise(clean, condition, others, random));
      }
    });
    groups.set(voice.group, [...(groups.get(voice.group) ?? []), tallies]);
  }
  const motor = await count('motor', (sweep) =>
    sweep.countNonStop('motor', motorSound(backgroundS, new Random(seed, 'motor'))),
  );
  const silence = await count('silence', (sweep) =>
    sweep.countNonStop('silence', hissSound(backgroundS, new Random(seed, 'silence'))),
  );
  const rows = [...groups].flatMap(([group, voices]) =>
    options.thresholds.map((threshold, i) =>
      toRow(
        group,
        threshold,
        [...voices, motor, silence].map((each) => each[i]),
      ),
    ),
  );
  const detections = [...[...groups.values()].flat(), motor, silence];
  return { rows, seconds: detections.reduce((sum, [{ seconds }]) => sum + seconds, 0) };
}

function motorSound(seconds: number, random: Random): Audio {
  const { samples, rate } = motorNoise(seconds * SPEECH_SAMPLE_RATE_HZ, SPEECH_SAMPLE_RATE_HZ, random);
  return { samples: samples.map((sample) => 0.1 * sample), rate };
}

/** Sound of a quiet room: white noise 70 dB below full scale. */
const hissSound = (seconds: number, random: Random): Audio => ({
  samples: Float32Array.from({ length: seconds * SPEECH_SAMPLE_RATE_HZ }, () => random.normal(0, 3e-4)),
  rate: SPEECH_SAMPLE_RATE_HZ,
});

function toRow(group: TestVoice['group'], threshold: number, tallies: readonly StopTally[]): StopRow {
  const all = emptyStopTally();
  for (const tally of tallies) addStopTally(all, tally);
  const share = (level: SnrCondition) => all.missed[level] / all.stopWords[level];
  const stopped = (kind: NonStopSound) => all.others[kind].stopped / all.others[kind].sounds;
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
