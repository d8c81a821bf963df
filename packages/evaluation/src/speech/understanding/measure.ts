import { Random } from '@praxis/core';
import { type Audio, durationS } from '@praxis/speech';
import type { Language } from '@praxis/teleop';
import { CHATTER, drawPhrases, type Phrase, STOP_UTTERANCES } from '../phrases.ts';
import { babbleVoiceSelector, mixNoise, NOISES, type NoiseCondition, speechEndS, synthesize } from '../sound.ts';
import type { TestVoice } from '../test-voices.ts';
import { type ListenerOutput, wordErrors } from '../transcriber.ts';

/** What was heard of one group of voices in one kind of noise. Shares are 0..1, NaN of nothing. */
export interface RecognitionRow {
  readonly group: TestVoice['group'];
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

export interface RecognitionReport {
  readonly rows: readonly RecognitionRow[];
  readonly utterances: number;
  /** Seconds of sound. */
  readonly seconds: number;
}

export interface MeasureRecognitionOptions {
  readonly language: Language;
  /** Listens to a sound. */
  readonly transcribe: (sound: Audio) => Promise<ListenerOutput>;
  readonly voices: readonly TestVoice[];
  /** Those who babble, when it is not the speakers themselves. */
  readonly babbleVoices?: readonly TestVoice[];
  /** Wordings of each row of the table. */
  readonly wordingsPerRow: number;
  readonly seed: number;
  /** What was counted before is not measured again. */
  readonly checkpoint?: RecognitionCheckpoint;
  /** Called after each voice in each condition, of {@link recognitionStepCount}. */
  readonly onStep?: (done: string) => void;
}

const SNRS_DB = [20, 10] as const;
const NOISE_CONDITIONS: readonly NoiseCondition[] = [
  { noise: 'none' },
  ...SNRS_DB.flatMap((decibels) => NOISES.map((noise) => ({ noise, decibels }))),
];

/** A stop that ends within this time of the sound's end is the one that was meant (s). */
const LAST_WORD_WINDOW_S = 0.7;

/** How often `onStep` will be called. */
export const recognitionStepCount = (voices: readonly TestVoice[]): number => voices.length * NOISE_CONDITIONS.length;

/** What is counted of one voice in one kind of noise. */
export interface RecognitionTally {
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
export interface RecognitionCheckpoint {
  get(name: string): RecognitionTally | undefined;
  set(name: string, tally: RecognitionTally): void;
}

const emptyTally = (): RecognitionTally => ({
  ...{ commands: 0, right: 0, wrong: 0, errors: 0, words: 0, chatter: 0, chatterAccepted: 0 },
  ...{ stops: 0, falseStops: 0, otherSeconds: 0, seconds: 0, utterances: 0, delays: [] },
});

function addTally(to: RecognitionTally, { delays, ...counts }: RecognitionTally): void {
  for (const [name, count] of Object.entries(counts)) to[name as keyof typeof counts] += count;
  to.delays.push(...delays);
}

/** Speaks, adds noise, lets recognise and counts. The same seed and voices give the same sounds. */
export async function measureRecognition(options: MeasureRecognitionOptions): Promise<RecognitionReport> {
  const { language, voices, wordingsPerRow, seed, checkpoint, onStep } = options;
  const phrases = drawPhrases(language, wordingsPerRow, new Random(seed, 'phrases'));
  const selectBabbleVoices = babbleVoiceSelector(options.babbleVoices ?? voices);
  const rows = new Map<string, { group: TestVoice['group']; condition: NoiseCondition; tally: RecognitionTally }>();
  const all = emptyTally();
  for (const voice of voices) {
    const others = selectBabbleVoices(voice);
    const say = cachedSynthesis(voice, new Random(seed, voice.name));
    for (const condition of NOISE_CONDITIONS) {
      const name = `${voice.name}, ${conditionName(condition)}`;
      const random = new Random(seed, name);
      const hear = async (text: string) => {
        const clean = say(text);
        const heard = await options.transcribe(mixNoise(clean, condition, others, random));
        return { ...heard, spoken: speechEndS(clean), seconds: durationS(clean) };
      };
      const tally = checkpoint?.get(name) ?? (await countVoice(hear, phrases, language));
      checkpoint?.set(name, tally);
      const key = `${voice.group} ${conditionName(condition)}`;
      const row = rows.get(key) ?? { group: voice.group, condition, tally: emptyTally() };
      rows.set(key, row);
      addTally(row.tally, tally);
      addTally(all, tally);
      onStep?.(name);
    }
  }
  return {
    rows: [...rows.values()].map(({ group, condition, tally }) => toRow(group, condition, tally)),
    utterances: all.utterances,
    seconds: all.seconds,
  };
}

/** Says each text once, at a speed of its own: in every noise the same. */
function cachedSynthesis(voice: TestVoice, random: Random): (text: string) => Audio {
  const cache = new Map<string, Audio>();
  return (text) => {
    const before = cache.get(text);
    if (before) return before;
    const sound = synthesize(voice, text, random.uniform(0.9, 1.2));
    cache.set(text, sound);
    return sound;
  };
}

type SpeakAndTranscribe = (
  text: string,
) => Promise<ListenerOutput & { readonly spoken: number; readonly seconds: number }>;

async function countVoice(
  hear: SpeakAndTranscribe,
  phrases: readonly Phrase[],
  language: Language,
): Promise<RecognitionTally> {
  const tally = emptyTally();
  const listen: SpeakAndTranscribe = async (text) => {
    const heard = await hear(text);
    tally.utterances++;
    tally.seconds += heard.seconds;
    return heard;
  };
  const listenToOther: SpeakAndTranscribe = async (text) => {
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
  for (const text of STOP_UTTERANCES) {
    const { stops, spoken } = await listen(text);
    tally.stops++;
    const meant = stops.find(({ end }) => end > spoken - LAST_WORD_WINDOW_S);
    if (meant) tally.delays.push(Math.max(0, meant.detected - spoken));
  }
  return tally;
}

const conditionName = (condition: NoiseCondition): string =>
  condition.noise === 'none' ? 'clean' : `${condition.noise} at ${condition.decibels} dB`;

function countCommand(
  tally: RecognitionTally,
  phrase: Phrase,
  language: Language,
  { utterances }: ListenerOutput,
): void {
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

function toRow(group: TestVoice['group'], condition: NoiseCondition, tally: RecognitionTally): RecognitionRow {
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
