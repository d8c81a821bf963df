import { joined, SPEECH_RATE } from '../audio/audio.ts';
import { FRAME } from './silero.ts';

/** Seconds and probabilities; frames are 32 ms. */
export interface SegmenterOptions {
  /** Speech begins at this probability and ends below the other. */
  readonly begin: number;
  readonly end: number;
  /** Kept from before the beginning (s): the first consonant is often missed. */
  readonly before: number;
  /** Silence that ends an utterance (s). */
  readonly silence: number;
  /** Less speech than this is a click (s). */
  readonly shortest: number;
  /** An utterance is cut off here (s): memory is bounded whatever is heard. */
  readonly longest: number;
}

export const DEFAULT_SEGMENTER: SegmenterOptions = {
  begin: 0.5,
  end: 0.35,
  before: 0.3,
  silence: 0.4,
  shortest: 0.1,
  longest: 12,
};

/** What was said in one go. */
export interface Utterance {
  /** 16 kHz, with a little from before and after. */
  readonly samples: Float32Array;
  /** The same as it came, before noise was taken off. */
  readonly plain: Float32Array;
  /** Seconds from the beginning of the stream: of the first sample, and of the last that was speech. */
  readonly start: number;
  readonly end: number;
  /** `cut`: still going on when the longest was reached. */
  readonly ended: 'silence' | 'cut';
}

const SECONDS = FRAME / SPEECH_RATE;

/** Cuts a stream of frames into utterances. Memory: `before` and `longest` at most. */
export class Segmenter {
  readonly #options: SegmenterOptions;
  #frames: { readonly samples: Float32Array; readonly plain: Float32Array }[] = [];
  #count = 0;
  #talking = false;
  #speech = 0;
  #lastSpeech = 0;

  constructor(options: Partial<SegmenterOptions> = {}) {
    this.#options = { ...DEFAULT_SEGMENTER, ...options };
  }

  /** True while somebody speaks. */
  get talking(): boolean {
    return this.#talking;
  }

  /** While somebody speaks: for how long there has been silence (s). */
  get silence(): number {
    return this.#talking ? (this.#count - this.#lastSpeech) * SECONDS : 0;
  }

  /** End of what was speech last (s from the beginning of the stream). */
  get lastSpeech(): number {
    return this.#lastSpeech * SECONDS;
  }

  /** Seconds of sound that are kept now. */
  get kept(): number {
    return this.#frames.length * SECONDS;
  }

  /**
   * @param frame 512 samples, copied
   * @param plain the same before noise was taken off, copied
   * @returns the utterance that this frame ends, if it ends one
   */
  push(frame: Float32Array, probability: number, plain = frame): Utterance | undefined {
    this.#count++;
    this.#frames.push({ samples: frame.slice(), plain: plain.slice() });
    const { begin, end, before, silence, longest } = this.#options;
    if (!this.#talking) {
      if (probability < begin) {
        while (this.kept > before) this.#frames.shift();
        return undefined;
      }
      this.#talking = true;
      this.#speech = 0;
    }
    if (probability >= end) {
      this.#speech++;
      this.#lastSpeech = this.#count;
    }
    if ((this.#count - this.#lastSpeech) * SECONDS >= silence) return this.#finish('silence');
    return this.kept + SECONDS > longest ? this.#finish('cut') : undefined;
  }

  /** The stream is over: what was being said, if anything. */
  end(): Utterance | undefined {
    return this.#talking ? this.#finish('silence') : undefined;
  }

  #finish(ended: Utterance['ended']): Utterance | undefined {
    const enough = this.#speech * SECONDS >= this.#options.shortest;
    const utterance: Utterance = {
      samples: joined(this.#frames.map(({ samples }) => samples)),
      plain: joined(this.#frames.map(({ plain }) => plain)),
      start: (this.#count - this.#frames.length) * SECONDS,
      end: this.#lastSpeech * SECONDS,
      ended,
    };
    this.#frames = [];
    this.#talking = false;
    return enough ? utterance : undefined;
  }
}
