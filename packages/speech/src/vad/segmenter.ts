import { concatenate, SPEECH_SAMPLE_RATE_HZ } from '../audio/audio.ts';
import { VAD_FRAME_SAMPLES } from './silero.ts';

/** Seconds and probabilities; frames are 32 ms. */
export interface SegmenterOptions {
  /** Speech begins at this probability and ends below the other. */
  readonly beginProbability: number;
  readonly endProbability: number;
  /** Kept from before the beginning (s): the first consonant is often missed. */
  readonly preRollS: number;
  /** Silence that ends an utterance (s). */
  readonly endSilenceS: number;
  /** Less speech than this is a click (s). */
  readonly minSpeechS: number;
  /** An utterance is cut off here (s): memory is bounded whatever is heard. */
  readonly maxUtteranceS: number;
}

export const DEFAULT_SEGMENTER_OPTIONS: SegmenterOptions = {
  beginProbability: 0.5,
  endProbability: 0.35,
  preRollS: 0.3,
  endSilenceS: 0.4,
  minSpeechS: 0.1,
  maxUtteranceS: 12,
};

/** What was said in one go. */
export interface Utterance {
  /** 16 kHz, with a little from before and after. */
  readonly samples: Float32Array;
  /** The same as it came, before noise was taken off. */
  readonly rawSamples: Float32Array;
  /** Seconds from the beginning of the stream: of the first sample, and of the last that was speech. */
  readonly start: number;
  readonly end: number;
  /** `cut`: still going on when the longest was reached. */
  readonly endReason: 'silence' | 'cut';
}

const FRAME_S = VAD_FRAME_SAMPLES / SPEECH_SAMPLE_RATE_HZ;

/** Cuts a stream of frames into utterances. Memory: `before` and `longest` at most. */
export class Segmenter {
  readonly #options: SegmenterOptions;
  #bufferedFrames: { readonly samples: Float32Array; readonly rawSamples: Float32Array }[] = [];
  #frameCount = 0;
  #inSpeech = false;
  #speechFrames = 0;
  #lastSpeechFrame = 0;

  constructor(options: Partial<SegmenterOptions> = {}) {
    this.#options = { ...DEFAULT_SEGMENTER_OPTIONS, ...options };
  }

  /** True while somebody speaks. */
  get inSpeech(): boolean {
    return this.#inSpeech;
  }

  /** While somebody speaks: for how long there has been silence (s). */
  get silenceS(): number {
    return this.#inSpeech ? (this.#frameCount - this.#lastSpeechFrame) * FRAME_S : 0;
  }

  /** End of what was speech last (s from the beginning of the stream). */
  get lastSpeechS(): number {
    return this.#lastSpeechFrame * FRAME_S;
  }

  /** Seconds of sound that are kept now. */
  get bufferedS(): number {
    return this.#bufferedFrames.length * FRAME_S;
  }

  /**
   * @param frame 512 samples, copied
   * @param rawSamples the same before noise was taken off, copied
   * @returns the utterance that this frame ends, if it ends one
   */
  acceptFrame(frame: Float32Array, probability: number, rawSamples = frame): Utterance | undefined {
    this.#frameCount++;
    this.#bufferedFrames.push({ samples: frame.slice(), rawSamples: rawSamples.slice() });
    const { beginProbability, endProbability, preRollS, endSilenceS, maxUtteranceS } = this.#options;
    if (!this.#inSpeech) {
      if (probability < beginProbability) {
        while (this.bufferedS > preRollS) this.#bufferedFrames.shift();
        return undefined;
      }
      this.#inSpeech = true;
      this.#speechFrames = 0;
    }
    if (probability >= endProbability) {
      this.#speechFrames++;
      this.#lastSpeechFrame = this.#frameCount;
    }
    if ((this.#frameCount - this.#lastSpeechFrame) * FRAME_S >= endSilenceS) return this.#endUtterance('silence');
    return this.bufferedS + FRAME_S > maxUtteranceS ? this.#endUtterance('cut') : undefined;
  }

  /** The stream is over: what was being said, if anything. */
  flush(): Utterance | undefined {
    return this.#inSpeech ? this.#endUtterance('silence') : undefined;
  }

  #endUtterance(endReason: Utterance['endReason']): Utterance | undefined {
    const enough = this.#speechFrames * FRAME_S >= this.#options.minSpeechS;
    const utterance: Utterance = {
      samples: concatenate(this.#bufferedFrames.map(({ samples }) => samples)),
      rawSamples: concatenate(this.#bufferedFrames.map(({ rawSamples }) => rawSamples)),
      start: (this.#frameCount - this.#bufferedFrames.length) * FRAME_S,
      end: this.#lastSpeechFrame * FRAME_S,
      endReason,
    };
    this.#bufferedFrames = [];
    this.#inSpeech = false;
    return enough ? utterance : undefined;
  }
}
