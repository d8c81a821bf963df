import { type Observable, Subject } from 'rxjs';
import type { RecognitionResult } from '../recognition/recogniser.ts';
import type { StopEvent } from '../recognition/stop-event.ts';
import type { QueuedUtterance } from './recognition-queue.ts';
import { StopCandidates } from './stop-candidates.ts';

/** The stop spotter and the recogniser report the same word with ends that differ by at most this (s). */
const DUPLICATE_STOP_WINDOW_S = 0.7;

/** State of the listener at the time of a detection. */
export type DetectionContext =
  /** No recogniser runs, so no utterance will confirm or refute the word. */
  | 'unrecognised'
  /** The voice activity detector reports speech, so an utterance will follow. */
  | 'speech'
  /** The voice activity detector reports no speech: the sound is noise. */
  | 'no speech';

/**
 * Decides which detections of stop words are stops, and publishes each word once. Detections come from the stop spotter while
 * the speaker talks, and from the recogniser after the utterance. All times are stamps of the audio (s).
 */
export class StopResolver {
  readonly stops$: Observable<StopEvent>;
  readonly #stops = new Subject<StopEvent>();
  readonly #candidates = new StopCandidates();
  #lastStopEnd = Number.NEGATIVE_INFINITY;

  constructor() {
    this.stops$ = this.#stops.asObservable();
  }

  /** Publishes a certain stop at once; keeps an uncertain one as a candidate during speech, and drops it outside speech. */
  acceptDetection(stop: StopEvent, context: DetectionContext): void {
    const { confidence } = stop;
    if (confidence === 'high' || context === 'unrecognised') this.#publish(stop, stop.detected);
    else if (context === 'speech') this.#candidates.push({ ...stop, confidence });
  }

  /**
   * The speaker pauses: publishes the probable candidates that no further speech followed.
   * @param end stamp of the last speech (s)
   * @param receivedUntil stamp of the newest audio (s)
   */
  onSilence(end: number, receivedUntil: number): void {
    for (const candidate of this.#candidates.onSilence(end)) this.#publish(candidate, receivedUntil);
  }

  /**
   * Removes the candidates that no utterance resolved in time.
   * @param receivedUntil stamp of the newest audio (s)
   * @param outcome `stop` publishes them; `noise` drops them
   */
  expire(receivedUntil: number, outcome: 'stop' | 'noise'): void {
    for (const candidate of this.#candidates.expire(receivedUntil))
      if (outcome === 'stop') this.#publish(candidate, receivedUntil);
  }

  /**
   * Resolves the candidates of a recognised utterance and publishes the stop words that the recogniser found in it.
   * @param spotterRuns `no` when the recogniser alone looks for stop words
   */
  onRecognised(
    { start, end, receivedUntil, contrast }: QueuedUtterance,
    { text, accepted, confidence, stops }: RecognitionResult,
    spotterRuns: 'yes' | 'no',
  ): void {
    const verdict = { end, contrast, text, confidence: stops.length === 0 ? confidence : 0 };
    for (const candidate of this.#candidates.resolve(verdict)) this.#publish(candidate, receivedUntil);
    // A grammar finds stop words in any sound: in a rejected utterance the spotter must have detected the word too.
    const counted = accepted === 'yes' || spotterRuns === 'no' ? stops : [];
    for (const stop of counted) {
      const stopEnd = start + stop.end;
      if (Math.abs(stopEnd - this.#lastStopEnd) > DUPLICATE_STOP_WINDOW_S)
        this.#stops.next({ ...stop, end: stopEnd, detected: receivedUntil });
    }
  }

  close(): void {
    this.#stops.complete();
  }

  /** @param detected stamp of the newest audio when the word became a stop (s) */
  #publish(stop: StopEvent, detected: number): void {
    if (Math.abs(stop.end - this.#lastStopEnd) <= DUPLICATE_STOP_WINDOW_S) return;
    this.#lastStopEnd = stop.end;
    this.#stops.next({ ...stop, detected });
  }
}
