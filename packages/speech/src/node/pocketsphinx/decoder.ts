import { InputError, stopWordIn } from '@praxis/core';
import { toInt16 } from '../../audio/pcm.ts';
import type { CommandGrammar } from '../../recognition/command-grammar.ts';
import type { RecognitionResult } from '../../recognition/recogniser.ts';
import type { StopEvent } from '../../recognition/stop-event.ts';
import type { LabelPosteriors } from '../../rescoring/ctc.ts';
import { WordFit } from '../../rescoring/word-fit.ts';
import { acousticFit } from './acoustic-fit.ts';
import type { PocketSphinxFiles } from './find-pocketsphinx.ts';
import { type NativeDecoder, openPocketSphinx } from './library.ts';
import { type GrammarMatch, needsSecondDecoding, verdictOf } from './verdict.ts';

/** An utterance, 16 kHz, and the same before noise was taken off. */
export interface RecognitionRequest {
  readonly samples: Float32Array;
  readonly rawSamples?: Float32Array;
  /** What its words sound like. */
  readonly labels: LabelPosteriors;
}

/** Words of the table that the dictionary lacks. */
const PRONUNCIATIONS: Readonly<Record<string, string>> = {
  leftmost: 'L EH F T M OW S T',
  rightmost: 'R AY T M OW S T',
  radian: 'R EY D IY AH N',
  radians: 'R EY D IY AH N Z',
  weightier: 'W EY T IY ER',
};

const DECODER_OPTIONS = [
  // Scores are relative to the best sound that is looked at: of all of them, not of those only that the grammar expects.
  ...['-compallsen', 'yes'],
  // In a babble the right words are not among the best at first: wide beams keep more of them.
  ...['-beam', '1e-56', '-pbeam', '1e-56', '-wbeam', '1e-40'],
  // Narrower where they keep more than this many sounds: a fifth less work, and the same commands.
  ...['-maxhmmpf', '4500'],
];
/** Margin that makes the confidence 0.73. */
const CONFIDENCE_SLOPE = 6;
const FRAME_RATE_HZ = 100;
const SAMPLE_RATE_HZ = 16_000;
const BLOCK_SAMPLES = 512;
/** Silence on both sides (samples): an utterance that begins at once loses its first word. */
const PADDING_SAMPLES = 4_000;

/** What is said of every stop word that the grammar finds. */
const GRAMMAR_STOP = { by: 'commands', confidence: 'high' } as const;

interface TransientStopWord {
  readonly word: string;
  readonly time: number;
}

/** @param time of the padded sound (s). @returns seconds of the utterance */
const toUtteranceTime = (time: number, seconds: number): number =>
  Math.min(Math.max(time - PADDING_SAMPLES / SAMPLE_RATE_HZ, 0), seconds);

/**
 * Knows the command grammar only, and finds a command in whatever is said: how much worse that explains the sound than sounds
 * in any order do says whether it was a command at all.
 */
export class CommandDecoder {
  readonly #decoder: NativeDecoder;
  readonly #grammar: CommandGrammar;
  readonly #wordFit: WordFit;

  /**
   * @param createGrammar makes the grammar without the words that the dictionary lacks
   * @param labelled words that have a label in the rows of a sound
   * @throws {InputError} when the library refuses the model or the grammar, and on a wake word without a pronunciation
   */
  constructor(
    files: PocketSphinxFiles,
    createGrammar: (isPronounceable: (word: string) => boolean) => CommandGrammar,
    labelled: readonly string[],
  ) {
    this.#wordFit = new WordFit(labelled);
    this.#decoder = openPocketSphinx(files)(DECODER_OPTIONS);
    for (const [word, phones] of Object.entries(PRONUNCIATIONS)) {
      if (!this.#decoder.hasWord(word)) this.#decoder.addWord(word, phones);
    }
    this.#grammar = createGrammar((word) => this.#decoder.hasWord(word));
    const strange = this.#grammar.wakeWords.find((word) => !this.#decoder.hasWord(word));
    if (strange) throw new InputError(`wake word "${strange}": the dictionary has no pronunciation of it`);
    this.#decoder.useGrammar(this.#grammar.jsgf);
  }

  recognise({ samples, rawSamples, labels }: RecognitionRequest): RecognitionResult {
    const began = performance.now();
    const seconds = samples.length / SAMPLE_RATE_HZ;
    const { detected, ...cleaned } = this.#decode(samples, labels);
    const final = this.#finalStops(detected, seconds);
    const uncleaned = rawSamples && needsSecondDecoding(cleaned) ? this.#decode(rawSamples, labels) : undefined;
    const { text, margin } = verdictOf(
      cleaned,
      uncleaned,
      (a, b) => this.#grammar.meaningOf(a) === this.#grammar.meaningOf(b),
    );
    const accepted = margin >= 0 ? 'yes' : 'no';
    return {
      text,
      confidence: 1 / (1 + Math.exp(-margin / CONFIDENCE_SLOPE)),
      accepted,
      stops: final.length > 0 ? final : this.#transientStop(detected, accepted, seconds),
      compute: (performance.now() - began) / 1000,
    };
  }

  /**
   * @param labels what its words sound like, noise taken off
   * @returns besides, when a stop word first stood in the best path (s of the padded sound), and which
   */
  #decode(
    samples: Float32Array,
    labels: LabelPosteriors,
  ): GrammarMatch & { readonly detected: TransientStopWord | undefined } {
    const padded = new Int16Array(samples.length + 2 * PADDING_SAMPLES);
    for (let i = 0; i < samples.length; i++) padded[PADDING_SAMPLES + i] = toInt16(samples[i]);
    let detected: TransientStopWord | undefined;
    this.#decoder.startUtterance();
    for (let at = 0; at < padded.length; at += BLOCK_SAMPLES) {
      this.#decoder.processAudio(padded.slice(at, at + BLOCK_SAMPLES));
      if (detected) continue;
      const word = stopWordIn((this.#decoder.text() ?? '').split(' '));
      if (word) detected = { word, time: Math.min(at + BLOCK_SAMPLES, padded.length) / SAMPLE_RATE_HZ };
    }
    this.#decoder.endUtterance();
    const words = this.#decoder.words().map(({ word, first, last, score }) => ({ word, first, last: last, score }));
    const text = this.#decoder.text() ?? '';
    return { text, fit: acousticFit(words), wordFit: this.#wordFit.score(text, labels), detected };
  }

  /** A stop word that only stood in an earlier path counts where no command was understood: a false stop is safe. */
  #transientStop(first: TransientStopWord | undefined, accepted: 'yes' | 'no', seconds: number): readonly StopEvent[] {
    if (!first || accepted === 'yes') return [];
    const detected = toUtteranceTime(first.time, seconds);
    return [{ word: first.word, end: detected, detected, ...GRAMMAR_STOP }];
  }

  /** Stop words of the final path. */
  #finalStops(first: TransientStopWord | undefined, seconds: number): readonly StopEvent[] {
    const final = this.#decoder
      .words()
      .filter(({ word }) => stopWordIn([word]))
      .map(({ word, last }) => ({
        word,
        end: toUtteranceTime((last + 1) / FRAME_RATE_HZ, seconds),
        detected: seconds,
        ...GRAMMAR_STOP,
      }));
    const detected = toUtteranceTime(first?.time ?? Number.POSITIVE_INFINITY, seconds);
    return final.map((stop, i) => (i === 0 ? { ...stop, detected } : stop));
  }

  close(): void {
    this.#decoder.free();
  }
}
