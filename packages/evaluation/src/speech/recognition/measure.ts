import { Random } from '@praxis/core';
import { type Audio, durationS } from '@praxis/speech';
import type { Language } from '@praxis/teleop';
import { CHATTER, drawPhrases, type Phrase, STOP_MATCH_WINDOW_S, STOP_UTTERANCES } from '../phrases.ts';
import { babbleVoiceSelector, mixNoise, NOISES, type NoiseCondition, speechEndS, synthesize } from '../sound.ts';
import type { TestVoice } from '../test-voices.ts';
import { type ListenerOutput, wordErrors } from '../transcriber.ts';

/** Results of one group of voices in one kind of noise. Shares are 0..1, and NaN without utterances. */
export interface RecognitionRow {
  readonly group: TestVoice['group'];
  readonly noise: 'clean' | (typeof NOISES)[number];
  /** Signal-to-noise ratio (dB); undefined without noise. */
  readonly ratio: number | undefined;
  /** Number of commands. */
  readonly commands: number;
  /** Share of commands that were accepted with the right intent and quantities. */
  readonly right: number;
  /** Share of commands that were accepted with another intent. */
  readonly wrongAccepted: number;
  readonly wordErrorRate: number;
  /** Share of chatter that was accepted as a command. */
  readonly chatterAccepted: number;
  /** Share of stop words that were detected. */
  readonly stopsDetected: number;
  /** Stops detected in other utterances, per hour of sound. */
  readonly falseStops: number;
  /** Time from the end of each detected stop word to its detection (s). */
  readonly stopDelays: readonly number[];
}

/** Results of every group of voices and kind of noise. */
export interface RecognitionReport {
  readonly rows: readonly RecognitionRow[];
  readonly utterances: number;
  /** Duration of all sound (s). */
  readonly seconds: number;
}

export interface MeasureRecognitionOptions {
  readonly language: Language;
  readonly transcribe: (sound: Audio) => Promise<ListenerOutput>;
  readonly voices: readonly TestVoice[];
  /** Voices of the babble. Default: `voices`. */
  readonly babbleVoices?: readonly TestVoice[];
  /** Number of wordings of each row of the command table. */
  readonly wordingsPerRow: number;
  readonly seed: number;
  /** Tallies of an earlier run, which are not measured again. */
  readonly checkpoint?: RecognitionCheckpoint;
  /** Called after each voice in each noise: {@link recognitionStepCount} times. */
  readonly onStep?: (done: string) => void;
}

const SNRS_DB = [20, 10] as const;
const NOISE_CONDITIONS: readonly NoiseCondition[] = [
  { noise: 'none' },
  ...SNRS_DB.flatMap((decibels) => NOISES.map((noise) => ({ noise, decibels }))),
];

/** Number of calls of `onStep`. */
export const recognitionStepCount = (voices: readonly TestVoice[]): number => voices.length * NOISE_CONDITIONS.length;

/** Counts of one voice in one kind of noise. */
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
  /** Duration of the sound without stop words (s). */
  otherSeconds: number;
  /** Duration of all sound (s). */
  seconds: number;
  utterances: number;
  /** Time from the end of each detected stop word to its detection (s). */
  delays: number[];
}

/** Stores the tallies of a measurement by name, so that it can resume. */
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

/** Synthesizes utterances, adds noise, transcribes them and counts. The same seed and voices give the same sounds. */
export async function measureRecognition(options: MeasureRecognitionOptions): Promise<RecognitionReport> {
  const { language, voices, wordingsPerRow, seed, checkpoint, onStep } = options;
  const phrases = drawPhrases(language, wordingsPerRow, new Random(seed, 'phrases'));
  const selectBabbleVoices = babbleVoiceSelector(options.babbleVoices ?? voices);
  const rows = new Map<string, { group: TestVoice['group']; condition: NoiseCondition; tally: RecognitionTally }>();
  const all = emptyTally();
  for (const voice of voices) {
    const others = selectBabbleVoices(voice);
    const synthesizeText = cachedSynthesis(voice, new Random(seed, voice.name));
    for (const condition of NOISE_CONDITIONS) {
      const name = `${voice.name}, ${conditionName(condition)}`;
      const random = new Random(seed, name);
      const speakAndTranscribe = async (text: string) => {
        const clean = synthesizeText(text);
        const output = await options.transcribe(mixNoise(clean, condition, others, random));
        return { ...output, speechEnd: speechEndS(clean), seconds: durationS(clean) };
      };
      const tally = checkpoint?.get(name) ?? (await countVoice(speakAndTranscribe, phrases, language));
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

/** Synthesizes each text once, at a random speed, so that every noise is added to the same sound. */
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
) => Promise<ListenerOutput & { readonly speechEnd: number; readonly seconds: number }>;

async function countVoice(
  speakAndTranscribe: SpeakAndTranscribe,
  phrases: readonly Phrase[],
  language: Language,
): Promise<RecognitionTally> {
  const tally = emptyTally();
  const listen: SpeakAndTranscribe = async (text) => {
    const output = await speakAndTranscribe(text);
    tally.utterances++;
    tally.seconds += output.seconds;
    return output;
  };
  const listenToOther: SpeakAndTranscribe = async (text) => {
    const output = await listen(text);
    tally.falseStops += output.stops.length;
    tally.otherSeconds += output.seconds;
    return output;
  };
  for (const phrase of phrases) countCommand(tally, phrase, language, await listenToOther(phrase.text));
  for (const text of CHATTER) {
    tally.chatter++;
    if ((await listenToOther(text)).utterances.some(({ accepted }) => accepted === 'yes')) tally.chatterAccepted++;
  }
  for (const text of STOP_UTTERANCES) {
    const { stops, speechEnd } = await listen(text);
    tally.stops++;
    const expected = stops.find(({ end }) => end > speechEnd - STOP_MATCH_WINDOW_S);
    if (expected) tally.delays.push(Math.max(0, expected.detected - speechEnd));
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
  const expected = JSON.stringify(phrase.intent);
  const intents = utterances
    .filter(({ accepted }) => accepted === 'yes')
    .map(({ text }) => JSON.stringify(language.interpret(text)));
  if (intents.some((intent) => intent !== expected)) tally.wrong++;
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
    stopsDetected: tally.delays.length / tally.stops,
    falseStops: (3600 * tally.falseStops) / tally.otherSeconds,
    stopDelays: tally.delays,
  };
}
