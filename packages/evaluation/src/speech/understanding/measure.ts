import { Random } from '@praxis/core';
import { type Audio, durationOf } from '@praxis/speech';
import type { Language } from '@praxis/teleop';
import { type Heard, wordErrors } from '../hearing.ts';
import { CHATTER, drawPhrases, type Phrase, STOPS } from '../phrases.ts';
import { type Condition, endOfSpeech, murmuring, NOISES, saying, under } from '../sound.ts';
import type { Speaker } from '../speakers.ts';

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
  /** Those who babble, when it is not the speakers themselves. */
  readonly crowd?: readonly Speaker[];
  /** Wordings of each row of the table. */
  readonly each: number;
  readonly seed: number;
  /** What was counted before is not measured again. */
  readonly kept?: Kept;
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

/** What is counted of one voice in one kind of noise. */
export interface Tally {
  commands: number;
  right: number;
  wrong: number;
  errors: number;
  words: number;
  chatter: number;
  chatterAccepted: number;
  stops: number;
  falseStops: number;
  /** Sound in which no stop was said, and all of it (s). */
  otherSeconds: number;
  seconds: number;
  utterances: number;
  delays: number[];
}

/** Where counts are kept so that a measurement that was ended can go on. */
export interface Kept {
  get(name: string): Tally | undefined;
  set(name: string, tally: Tally): void;
}

const nothing = (): Tally => ({
  ...{ commands: 0, right: 0, wrong: 0, errors: 0, words: 0, chatter: 0, chatterAccepted: 0 },
  ...{ stops: 0, falseStops: 0, otherSeconds: 0, seconds: 0, utterances: 0, delays: [] },
});

function add(to: Tally, { delays, ...counts }: Tally): void {
  for (const [name, count] of Object.entries(counts)) to[name as keyof typeof counts] += count;
  to.delays.push(...delays);
}

/** Speaks, adds noise, lets recognise and counts. The same seed and voices give the same sounds. */
export async function measureVoice(options: MeasureOptions): Promise<VoiceReport> {
  const { language, speakers, each, seed, kept, onStep } = options;
  const phrases = drawPhrases(language, each, new Random(seed, 'phrases'));
  const murmur = murmuring(options.crowd ?? speakers);
  const rows = new Map<string, { group: Speaker['group']; condition: Condition; tally: Tally }>();
  const all = nothing();
  for (const speaker of speakers) {
    const others = murmur(speaker);
    const say = speaking(speaker, new Random(seed, speaker.name));
    for (const condition of CONDITIONS) {
      const name = `${speaker.name}, ${nameOf(condition)}`;
      const random = new Random(seed, name);
      const hear = async (text: string) => {
        const clean = say(text);
        const heard = await options.hear(under(clean, condition, others, random));
        return { ...heard, spoken: endOfSpeech(clean), seconds: durationOf(clean) };
      };
      const tally = kept?.get(name) ?? (await count(hear, phrases, language));
      kept?.set(name, tally);
      const key = `${speaker.group} ${nameOf(condition)}`;
      const row = rows.get(key) ?? { group: speaker.group, condition, tally: nothing() };
      rows.set(key, row);
      add(row.tally, tally);
      add(all, tally);
      onStep?.(name);
    }
  }
  return {
    rows: [...rows.values()].map(({ group, condition, tally }) => rowOf(group, condition, tally)),
    utterances: all.utterances,
    seconds: all.seconds,
  };
}

/** Says each text once, at a speed of its own: in every noise the same. */
function speaking(speaker: Speaker, random: Random): (text: string) => Audio {
  const said = new Map<string, Audio>();
  return (text) => {
    const before = said.get(text);
    if (before) return before;
    const sound = saying(speaker, text, random.uniform(0.9, 1.2));
    said.set(text, sound);
    return sound;
  };
}

type Hear = (text: string) => Promise<Heard & { readonly spoken: number; readonly seconds: number }>;

async function count(hear: Hear, phrases: readonly Phrase[], language: Language): Promise<Tally> {
  const tally = nothing();
  const listen: Hear = async (text) => {
    const heard = await hear(text);
    tally.utterances++;
    tally.seconds += heard.seconds;
    return heard;
  };
  const listenToOther: Hear = async (text) => {
    const heard = await listen(text);
    tally.falseStops += heard.stops.length;
    tally.otherSeconds += heard.seconds;
    return heard;
  };
  for (const phrase of phrases) countCommand(tally, phrase, language, await listenToOther(phrase.text));
  for (const text of CHATTER) {
    tally.chatter++;
    if ((await listenToOther(text)).utterances.some(({ accepted }) => accepted === 'yes')) tally.chatterAccepted++;
  }
  for (const text of STOPS) {
    const { stops, spoken } = await listen(text);
    tally.stops++;
    const meant = stops.find(({ end }) => end > spoken - LAST_WORD);
    if (meant) tally.delays.push(Math.max(0, meant.detected - spoken));
  }
  return tally;
}

const nameOf = (condition: Condition): string =>
  condition.noise === 'none' ? 'clean' : `${condition.noise} at ${condition.decibels} dB`;

function countCommand(tally: Tally, phrase: Phrase, language: Language, { utterances }: Heard): void {
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
