import { InputError, stopWordIn } from '@praxis/core';
import { toInt16 } from '../../audio/pcm.ts';
import type { CommandGrammar } from '../../recognition/command-grammar.ts';
import type { RecognitionResult } from '../../recognition/recogniser.ts';
import type { StopEvent } from '../../recognition/stop-event.ts';
import { type LabelPosteriors, WordFit } from '../../rescoring/ctc.ts';
import { acousticFit } from './acoustic-fit.ts';
import type { PocketSphinxFiles } from './find-pocketsphinx.ts';
import { type NativeDecoder, openPocketSphinx } from './library.ts';
import { type GrammarMatch, needsSecondDecoding, verdictOf } from './verdict.ts';

/** An utterance to recognise. */
export interface RecognitionRequest {
  /** 16 kHz, after noise suppression. */
  readonly samples: Float32Array;
  /** The same utterance before noise suppression. */
  readonly rawSamples?: Float32Array;
  /** Output of the word network for `samples`. */
  readonly labels: LabelPosteriors;
}

/** Pronunciations of command words that the dictionary lacks. */
const PRONUNCIATIONS: Readonly<Record<string, string>> = {
  leftmost: 'L EH F T M OW S T',
  rightmost: 'R AY T M OW S T',
  radian: 'R EY D IY AH N',
  radians: 'R EY D IY AH N Z',
  weightier: 'W EY T IY ER',
};

const DECODER_OPTIONS = [
  // Scores are relative to the best phone: this option compares with all phones, not only with those that the grammar expects.
  ...['-compallsen', 'yes'],
  // In babble the right words rank low at first: wide beams keep more hypotheses.
  ...['-beam', '1e-56', '-pbeam', '1e-56', '-wbeam', '1e-40'],
  // This limit of active phones saves a fifth of the computation and leaves the results unchanged.
  ...['-maxhmmpf', '4500'],
];
/** Margin of the score at which the confidence is 0.73. */
const CONFIDENCE_MARGIN_SCORE = 6;
/** Frames a second in the decoder's paths. */
const FRAME_RATE_HZ = 100;
const SAMPLE_RATE_HZ = 16_000;
/** Samples of one call of the decoder. */
const BLOCK_SAMPLES = 512;
/** Silence on both sides: the decoder loses the first word of an utterance that starts at once. */
const PADDING_SAMPLES = 4_000;

/** Fields of every stop word that the grammar finds. */
const GRAMMAR_STOP = { by: 'commands', confidence: 'high' } as const;

/** The first stop word in the best path during decoding; `time` is in the padded audio (s). */
interface TransientStopWord {
  readonly word: string;
  readonly time: number;
}

/** Converts a time in the padded audio to one in the utterance (s). */
const toUtteranceTime = (time: number, seconds: number): number =>
  Math.min(Math.max(time - PADDING_SAMPLES / SAMPLE_RATE_HZ, 0), seconds);

/**
 * Decodes utterances with the command grammar, which finds a command in any speech. The decoder accepts it by its score relative
 * to that of unconstrained phones.
 */
export class CommandDecoder {
  readonly #decoder: NativeDecoder;
  readonly #grammar: CommandGrammar;
  readonly #wordFit: WordFit;

  /**
   * @param createGrammar creates the grammar without the words that the dictionary lacks
   * @param labelledWords words with labels, in the order of their labels
   * @throws {InputError} when the library rejects the model or the grammar, and on a wake word without a pronunciation
   */
  constructor(
    files: PocketSphinxFiles,
    createGrammar: (isPronounceable: (word: string) => boolean) => CommandGrammar,
    labelledWords: readonly string[],
  ) {
    this.#wordFit = new WordFit(labelledWords);
    this.#decoder = openPocketSphinx(files)(DECODER_OPTIONS);
    for (const [word, phones] of Object.entries(PRONUNCIATIONS)) {
      if (!this.#decoder.hasWord(word)) this.#decoder.addWord(word, phones);
    }
    this.#grammar = createGrammar((word) => this.#decoder.hasWord(word));
    const unpronounceable = this.#grammar.wakeWords.find((word) => !this.#decoder.hasWord(word));
    if (unpronounceable)
      throw new InputError(`wake word "${unpronounceable}": the dictionary has no pronunciation of it`);
    this.#decoder.useGrammar(this.#grammar.jsgf);
  }

  recognise({ samples, rawSamples, labels }: RecognitionRequest): RecognitionResult {
    const began = performance.now();
    const seconds = samples.length / SAMPLE_RATE_HZ;
    const { detected, ...denoised } = this.#decode(samples, labels);
    const final = this.#finalStops(detected, seconds);
    const raw = rawSamples && needsSecondDecoding(denoised) ? this.#decode(rawSamples, labels) : undefined;
    const { text, margin } = verdictOf(
      denoised,
      raw,
      (a, b) => this.#grammar.meaningOf(a) === this.#grammar.meaningOf(b),
    );
    const accepted = margin >= 0 ? 'yes' : 'no';
    return {
      text,
      confidence: 1 / (1 + Math.exp(-margin / CONFIDENCE_MARGIN_SCORE)),
      accepted,
      stops: final.length > 0 ? final : this.#transientStop(detected, accepted, seconds),
      compute: (performance.now() - began) / 1000,
    };
  }

  /**
   * @param labels output of the word network for the denoised utterance
   * @returns the match, and the first stop word that the best path contained during decoding
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
    const words = this.#decoder.words().map(({ word, first, last, score }) => ({ word, first, last, score }));
    const text = this.#decoder.text() ?? '';
    return { text, fit: acousticFit(words), wordFit: this.#wordFit.score(text, labels), detected };
  }

  /** Returns the stop word of an earlier path if no command was accepted: a false stop is safe. */
  #transientStop(first: TransientStopWord | undefined, accepted: 'yes' | 'no', seconds: number): readonly StopEvent[] {
    if (!first || accepted === 'yes') return [];
    const detected = toUtteranceTime(first.time, seconds);
    return [{ word: first.word, end: detected, detected, ...GRAMMAR_STOP }];
  }

  /** Returns the stop words of the final path. */
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
