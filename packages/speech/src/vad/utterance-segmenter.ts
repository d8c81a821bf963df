import { concatenate, SPEECH_SAMPLE_RATE_HZ } from '../audio/audio.ts';
import { VAD_FRAME_SAMPLES } from './silero.ts';

/** Thresholds of a {@link Segmenter}, which rounds times to frames of 32 ms. */
export interface SegmenterOptions {
  /** Speech begins at this probability. */
  readonly beginProbability: number;
  /** Speech ends below this probability. */
  readonly endProbability: number;
  /** Audio to keep from before the beginning (s): the detector often misses the first consonant. */
  readonly preRollS: number;
  /** Silence of this length ends an utterance (s). */
  readonly endSilenceS: number;
  /** Shorter speech is a click and makes no utterance (s). */
  readonly minSpeechS: number;
  /** A longer utterance is cut (s), which bounds the memory. */
  readonly maxUtteranceS: number;
}

/** Values that a {@link Segmenter} uses unless given others. */
export const DEFAULT_SEGMENTER_OPTIONS: SegmenterOptions = {
  beginProbability: 0.5,
  endProbability: 0.35,
  preRollS: 0.3,
  endSilenceS: 0.4,
  minSpeechS: 0.1,
  maxUtteranceS: 12,
};

/** Continuous speech between two silences. */
export interface Utterance {
  /** 16 kHz, after noise suppression, with the pre-roll and the final silence. */
  readonly samples: Float32Array;
  /** The same samples before noise suppression. */
  readonly rawSamples: Float32Array;
  /** Time of the first sample (s from the beginning of the stream). */
  readonly start: number;
  /** Time of the end of the last speech (s from the beginning of the stream). */
  readonly end: number;
  /** `cut`: the utterance reached the maximum length. */
  readonly endReason: 'silence' | 'cut';
}

const FRAME_S = VAD_FRAME_SAMPLES / SPEECH_SAMPLE_RATE_HZ;

/** Cuts a stream of frames into utterances. Keeps at most `maxUtteranceS` of audio. */
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

  /** True during an utterance. */
  get inSpeech(): boolean {
    return this.#inSpeech;
  }

  /** Silence since the last speech of the current utterance (s); 0 outside an utterance. */
  get silenceS(): number {
    return this.#inSpeech ? (this.#frameCount - this.#lastSpeechFrame) * FRAME_S : 0;
  }

  /** End of the last speech (s from the beginning of the stream). */
  get lastSpeechS(): number {
    return this.#lastSpeechFrame * FRAME_S;
  }

  /** Audio in the buffer (s). */
  get bufferedS(): number {
    return this.#bufferedFrames.length * FRAME_S;
  }

  /**
   * @param frame 512 samples after noise suppression; copied
   * @param probability probability of speech in the frame, 0..1
   * @param rawSamples the same samples before noise suppression; copied
   * @returns the utterance that this frame ends, if any
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

  /** Ends the stream. @returns the current utterance, if any */
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
