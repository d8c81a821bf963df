import { Random } from '@praxis/core';
import { type Audio, durationOf, joined, SPEECH_RATE } from '../audio/audio.ts';
import { resample } from '../audio/resample.ts';
import type { Language } from '../language/language.ts';
import type { Heard } from './hearing.ts';
import { CHATTER, drawPhrases, type Phrase, STOPS } from './phrases.ts';
import { type Condition, endOfSpeech, inARoom, NOISES, under } from './sound.ts';
import { wordErrors } from './words.ts';

/** Somebody who says what is to be recognised. */
export interface Speaker {
  readonly name: string;
  /** Whether anything was tuned with this voice; `stress`: not meant to be understood well. */
  readonly group: 'held out' | 'tuned on' | 'stress';
  /** @param stretch duration of every sound, 1 is as usual */
  speak(text: string, stretch: number): Audio;
}

/** What was heard of one group of voices in one kind of noise. Shares are 0..1, NaN of nothing. */
export interface HeardRow {
  readonly group: Speaker['group'];
  readonly noise: 'clean' | (typeof NOISES)[number];
  /** dB, of speech over noise; undefined when there is none. */
  readonly ratio: number | undefined;
  readonly commands: number;
  /** Intent and quantities right, and accepted. */
  readonly right: number;
  readonly wrongAccepted: number;
  readonly wordErrorRate: number;
  readonly chatterAccepted: number;
  readonly stopsHeard: number;
  /** Stops that were heard in other utterances, each hour of sound. */
  readonly falseStops: number;
  /** From the end of each word that was heard until it was found (s). */
  readonly stopDelays: readonly number[];
}

export interface VoiceReport {
  readonly rows: readonly HeardRow[];
  readonly utterances: number;
  /** Seconds of sound. */
  readonly seconds: number;
}

export interface MeasureOptions {
  readonly language: Language;
  /** Listens to a sound. */
  readonly hear: (sound: Audio) => Promise<Heard>;
  readonly speakers: readonly Speaker[];
  /** Wordings of each row of the table. */
  readonly each: number;
  readonly seed: number;
  /** Called after each voice in each condition, of {@link measureSteps}. */
  readonly onStep?: (done: string) => void;
}

const RATIOS = [20, 10] as const;
const CONDITIONS: readonly Condition[] = [
  { noise: 'none' },
  ...RATIOS.flatMap((decibels) => NOISES.map((noise) => ({ noise, decibels }))),
];

/** A stop that ends within this time of the sound's end is the one that was meant (s). */
const LAST_WORD = 0.7;

/** How often `onStep` will be called. */
export const measureSteps = (speakers: readonly Speaker[]): number => speakers.length * CONDITIONS.length;

class Tally {
  commands = 0;
  right = 0;
  wrong = 0;
  errors = 0;
  words = 0;
  chatter = 0;
  chatterAccepted = 0;
  stops = 0;
  falseStops = 0;
  otherSeconds = 0;
  readonly delays: number[] = [];
}

/** Speaks, adds noise, lets recognise and counts. The same seed and voices give the same sounds. */
export async function measureVoice(options: MeasureOptions): Promise<VoiceReport> {
  const { language, speakers, each, seed, onStep } = options;
  const phrases = drawPhrases(language, each, new Random(seed, 'phrases'));
  const talk = speakers.map((speaker) => chat(speaker));
  const tallies = new Map<string, { group: Speaker['group']; condition: Condition; tally: Tally }>();
  let [utterances, seconds] = [0, 0];
  for (const [i, speaker] of speakers.entries()) {
    const others = speakers.length > 1 ? talk.filter((_, j) => j !== i) : talk;
    for (const condition of CONDITIONS) {
      const key = `${speaker.group} ${nameOf(condition)}`;
      const place = tallies.get(key) ?? { group: speaker.group, condition, tally: new Tally() };
      tallies.set(key, place);
      const { tally } = place;
      const random = new Random(seed, `${speaker.name} ${nameOf(condition)}`);
      const hear = async (text: string) => {
        const clean = inARoom(resample(speaker.speak(text, random.uniform(0.9, 1.2)), SPEECH_RATE));
        const heard = await options.hear(under(clean, condition, others, random));
        utterances++;
        seconds += durationOf(clean);
        return { ...heard, spoken: endOfSpeech(clean), length: durationOf(clean) };
      };
      const hearOther = async (text: string) => {
        const heard = await hear(text);
        tally.falseStops += heard.stops.length;
        tally.otherSeconds += heard.length;
        return heard;
      };
      for (const phrase of phrases) count(tally, phrase, language, await hearOther(phrase.text));
      for (const text of CHATTER) {
        tally.chatter++;
        if ((await hearOther(text)).utterances.some(({ accepted }) => accepted === 'yes')) tally.chatterAccepted++;
      }
      for (const text of STOPS) {
        const { stops, spoken } = await hear(text);
        tally.stops++;
        const meant = stops.find(({ end }) => end > spoken - LAST_WORD);
        if (meant) tally.delays.push(Math.max(0, meant.detected - spoken));
      }
      onStep?.(`${speaker.name}, ${nameOf(condition)}`);
    }
  }
  const rows = [...tallies.values()].map(({ group, condition, tally }) => rowOf(group, condition, tally));
  return { rows, utterances, seconds };
}

const nameOf = (condition: Condition): string =>
  condition.noise === 'none' ? 'clean' : `${condition.noise} at ${condition.decibels} dB`;

const chat = (speaker: Speaker): Audio => ({
  samples: joined(CHATTER.slice(0, 6).map((text) => resample(speaker.speak(text, 1), SPEECH_RATE).samples)),
  rate: SPEECH_RATE,
});

function count(tally: Tally, phrase: Phrase, language: Language, { utterances }: Heard): void {
  const { errors, words } = wordErrors(phrase.text, utterances.map(({ text }) => text).join(' '));
  tally.commands++;
  tally.errors += errors;
  tally.words += words;
  const meant = JSON.stringify(phrase.intent);
  const intents = utterances
    .filter(({ accepted }) => accepted === 'yes')
    .map(({ text }) => JSON.stringify(language.interpret(text)));
  if (intents.some((intent) => intent !== meant)) tally.wrong++;
  else if (intents.length === 1) tally.right++;
}

function rowOf(group: Speaker['group'], condition: Condition, tally: Tally): HeardRow {
  return {
    group,
    noise: condition.noise === 'none' ? 'clean' : condition.noise,
    ratio: condition.noise === 'none' ? undefined : condition.decibels,
    commands: tally.commands,
    right: tally.right / tally.commands,
    wrongAccepted: tally.wrong / tally.commands,
    wordErrorRate: tally.errors / tally.words,
    chatterAccepted: tally.chatterAccepted / tally.chatter,
    stopsHeard: tally.delays.length / tally.stops,
    falseStops: (3600 * tally.falseStops) / tally.otherSeconds,
    stopDelays: tally.delays,
  };
}
