import { type Clock, deadline, errorMessage, type Stamped } from '@praxis/core';
import { BehaviorSubject, interval, type Observable, Subject, type Subscription } from 'rxjs';
import { type Audio, durationS, SPEECH_SAMPLE_RATE_HZ } from '../audio/audio.ts';
import type { AttentionGate, Recogniser, RecognitionResult } from '../recognition/recogniser.ts';
import type { StopEvent, StopSpotter } from '../recognition/stop-event.ts';
import { Segmenter, type SegmenterOptions, type Utterance } from '../vad/segmenter.ts';
import type { SileroVad } from '../vad/silero.ts';
import { type AudioFrame, AudioFrontEnd } from './audio-front-end.ts';
import { AudioTimeline } from './audio-timeline.ts';
import { DropOldestQueue } from './drop-oldest-queue.ts';
import { KeywordSpotter } from './keyword-spotter.ts';
import { LevelHistory } from './level-history.ts';
import type { AudioLevel, ListenerCounters, ListenerState, RecognisedUtterance } from './listener-events.ts';
import { ClippingDetector, invalidAudioReason, ListenerHealth } from './listener-health.ts';
import { type QueuedUtterance, RecognitionQueue } from './recognition-queue.ts';
import { StopCandidates } from './stop-candidates.ts';
import { trimToSpeech } from './trim-to-speech.ts';

export interface ListenerParts {
  /** That of the audio's stamps. */
  readonly clock: Clock;
  /** Closed with the listener. */
  readonly vad: SileroVad;
  /** Called again, later each time, when the recogniser is gone. */
  readonly recogniser: () => Promise<Recogniser>;
  /** Likewise. Without it stop words are found only when an utterance is over. */
  readonly stopSpotter?: () => Promise<StopSpotter>;
  /** Without it every utterance is for the robot. */
  readonly attentionGate?: AttentionGate;
  readonly segmenter?: Partial<SegmenterOptions>;
  /** When to look at the clock; four times a second unless given. */
  readonly ticks?: Observable<unknown>;
}

/** Sound that may wait to be worked on (s). */
const MAX_QUEUED_AUDIO_S = 4;
/** Silence of the source that is no audio (s). */
const NO_AUDIO_TIMEOUT_S = 1;
/** What stands out of the noise by less is noise (dB). */
const MIN_CONTRAST_DB = 5;
/** Who is so much softer (dB) than somebody who spoke within this time (s) talks to others in the background. */
const BACKGROUND_MARGIN_DB = 12;
const BACKGROUND_WINDOW_S = 3;
/** Who is silent for so long has said all (s): longer than the closures inside words. */
const END_SILENCE_S = 0.1;
/** The two paths find the same word this near to each other (s). */
const DUPLICATE_STOP_WINDOW_S = 0.7;

interface QueuedBlock {
  readonly block: Stamped<Audio>;
  readonly done: (followed: Promise<unknown> | undefined) => void;
}

/**
 * Listens to a microphone: pieces of sound -> 16 kHz -> noise suppression -> voice activity -> utterances -> recognition,
 * with stop words on a path of their own. Memory is bounded whatever is heard: what is too much is dropped, the oldest
 * first, and counted. Nothing throws; what is wrong is told by `state$`.
 */
export class Listener {
  readonly utterances$: Observable<RecognisedUtterance>;
  /** A protective stop each; hot, and not to be waited for. */
  readonly stops$: Observable<StopEvent>;
  readonly level$: Observable<AudioLevel>;
  /** The last one at once, then changes. */
  readonly state$: Observable<ListenerState>;
  readonly #utterances = new Subject<RecognisedUtterance>();
  readonly #stops = new Subject<StopEvent>();
  readonly #level = new Subject<AudioLevel>();
  readonly #state = new BehaviorSubject<ListenerState>({ kind: 'starting' });

  readonly #clock: Clock;
  readonly #vad: SileroVad;
  readonly #recognitionQueue: RecognitionQueue;
  readonly #keywordSpotter: KeywordSpotter | undefined;
  readonly #attentionGate: AttentionGate | undefined;
  readonly #health: ListenerHealth;
  readonly #segmenter: Segmenter;
  readonly #frontEnd = new AudioFrontEnd();
  readonly #timeline = new AudioTimeline();
  readonly #levelHistory = new LevelHistory();
  readonly #clippingDetector = new ClippingDetector();
  readonly #candidates = new StopCandidates();
  readonly #arrivals = new Subject<void>();
  readonly #subscription: Subscription;
  readonly #audioQueue = new DropOldestQueue<QueuedBlock>(MAX_QUEUED_AUDIO_S, ({ block }) => durationS(block.value));
  #isDraining = false;
  #lastStopEnd = Number.NEGATIVE_INFINITY;
  /** Who spoke last: how loud (dB) and until when (s of sound). */
  #lastSpeaker = { loudness: Number.NEGATIVE_INFINITY, end: Number.NEGATIVE_INFINITY };
  #counters = { utterances: 0, droppedSeconds: 0, brokenBlocks: 0, gaps: 0 };

  constructor(parts: ListenerParts) {
    this.utterances$ = this.#utterances.asObservable();
    this.stops$ = this.#stops.asObservable();
    this.level$ = this.#level.asObservable();
    this.state$ = this.#state.asObservable();
    const { clock, ticks = interval(250) } = parts;
    this.#clock = clock;
    this.#vad = parts.vad;
    this.#attentionGate = parts.attentionGate;
    this.#health = new ListenerHealth(clock);
    this.#segmenter = new Segmenter(parts.segmenter);
    const changed = () => this.#publishState();
    this.#recognitionQueue = new RecognitionQueue(
      parts.recogniser,
      clock,
      (utterance, detections) => this.#onRecognised(utterance, detections),
      changed,
    );
    this.#keywordSpotter = parts.stopSpotter && new KeywordSpotter(parts.stopSpotter, clock, changed);
    this.#subscription = this.#arrivals.pipe(deadline(clock, NO_AUDIO_TIMEOUT_S, ticks)).subscribe(({ state }) => {
      this.#health.noAudio = state === 'stale';
      this.#publishState();
    });
    this.#subscription.add(ticks.subscribe(() => this.#checkTimeouts()));
  }

  get counters(): ListenerCounters {
    const restarts = this.#recognitionQueue.restarts + (this.#keywordSpotter?.restarts ?? 0);
    return { ...this.#counters, droppedUtterances: this.#recognitionQueue.dropped, restarts };
  }

  /** Stamp of the end of what was listened to. */
  get processedUntil(): number {
    return this.#timeline.end;
  }

  /** When recogniser and stop spotter have started, or failed to. */
  async started(): Promise<void> {
    await Promise.all([this.#recognitionQueue.started, this.#keywordSpotter?.started]);
  }

  /**
   * Takes the next piece of sound, of any rate and length; the samples are copied.
   * @param block stamp: of its first sample
   * @returns resolves when all that it gave rise to is done. A microphone need not wait; a file must, or sound is dropped.
   */
  acceptAudio(block: Stamped<Audio>): Promise<void> {
    this.#arrivals.next();
    const fault = invalidAudioReason(block);
    if (fault !== undefined) {
      this.#counters.brokenBlocks++;
      this.#reportBrokenAudio(fault);
      return Promise.resolve();
    }
    const { samples, rate } = block.value;
    const copy = { ...block, value: { samples: samples.slice(), rate } };
    const worked = new Promise<unknown>((done) => {
      for (const lost of this.#audioQueue.enqueue({ block: copy, done })) {
        this.#counters.droppedSeconds += durationS(lost.block.value);
        this.#timeline.markGap();
        lost.done(undefined);
      }
    });
    void this.#drainAudioQueue();
    return worked.then(() => {});
  }

  /** The stream is over: what was being said counts as said. Resolves when it was recognised. */
  async flush(): Promise<void> {
    // What the filters still hold comes out with what follows it.
    const silence = { samples: new Float32Array(SPEECH_SAMPLE_RATE_HZ / 5), rate: SPEECH_SAMPLE_RATE_HZ };
    await this.acceptAudio({ value: silence, stamp: this.#timeline.end, received: this.#clock.now() });
    this.#flushSegmenter();
    await this.#recognitionQueue.idle;
  }

  async close(): Promise<void> {
    this.#subscription.unsubscribe();
    for (const { done } of this.#audioQueue.clear()) done(undefined);
    await Promise.all([this.#recognitionQueue.close(), this.#keywordSpotter?.close()]);
    await this.#vad.close();
    for (const subject of [this.#utterances, this.#stops, this.#level, this.#state]) subject.complete();
  }

  async #drainAudioQueue(): Promise<void> {
    if (this.#isDraining) return;
    this.#isDraining = true;
    for (let job = this.#audioQueue.dequeue(); job; job = this.#audioQueue.dequeue()) {
      try {
        const detections = await this.#processBlock(job.block);
        job.done(Promise.all([...detections, this.#recognitionQueue.idle]));
      } catch (error) {
        this.#reportBrokenAudio(errorMessage(error));
        job.done(undefined);
      }
    }
    this.#isDraining = false;
  }

  /** @returns resolve when stop words were looked for */
  async #processBlock(block: Stamped<Audio>): Promise<readonly Promise<void>[]> {
    if (this.#timeline.isDiscontinuous(block)) {
      this.#counters.gaps++;
      this.#flushSegmenter();
      this.#vad.reset();
    }
    this.#timeline.acceptBlock(block);
    if (this.#timeline.rateError !== undefined) this.#reportBrokenAudio(this.#timeline.rateError);
    this.#health.clipped = this.#clippingDetector.acceptBlock(block.value);
    const detections: Promise<void>[] = [];
    for (const frame of this.#frontEnd.toFrames(block.value)) {
      this.#levelHistory.append(frame.decibels);
      detections.push(this.#detectStopWords(frame));
      const speechProbability = await this.#vad.speechProbability(frame.samples);
      this.#level.next({ stamp: this.#timeline.stampAt(frame.startS), decibels: frame.decibels, speechProbability });
      const utterance = this.#segmenter.acceptFrame(frame.samples, speechProbability, frame.rawSamples);
      if (utterance) this.#enqueueUtterance(utterance);
    }
    const heardUntil = this.#timeline.end;
    if (this.#segmenter.silenceS > END_SILENCE_S) {
      const end = this.#stampOf(this.#segmenter.lastSpeechS);
      for (const candidate of this.#candidates.onSilence(end)) this.#emitStop(candidate, heardUntil);
    }
    // What belongs to no utterance that anybody will understand was some noise.
    const noise = this.#recognitionQueue.isDrained && !this.#segmenter.inSpeech;
    for (const candidate of this.#candidates.expire(heardUntil)) if (!noise) this.#emitStop(candidate, heardUntil);
    this.#publishState();
    return detections;
  }

  async #detectStopWords(frame: AudioFrame): Promise<void> {
    for (const detections of (await this.#keywordSpotter?.detect(frame)) ?? []) {
      const { confidence } = detections;
      // Noise suppression had to hear a little more than it gave.
      const detected = this.#timeline.stampAt(detections.detected - this.#frontEnd.firstFrameStartS);
      const stop = { ...detections, end: this.#timeline.stampAt(detections.end), detected };
      // Where nobody understands what is said, nobody will say otherwise.
      if (confidence === 'high' || this.#recognitionQueue.status.kind !== 'running') this.#emitStop(stop, detected);
      // Where nobody is heard to speak nothing will be understood, and it was some noise.
      else if (this.#segmenter.inSpeech) this.#candidates.push({ ...stop, confidence: confidence });
    }
  }

  /** @param detected stamp of the sound that had been heard when it was known to be a stop (s) */
  #emitStop(stop: StopEvent, detected: number): void {
    if (Math.abs(stop.end - this.#lastStopEnd) <= DUPLICATE_STOP_WINDOW_S) return;
    this.#lastStopEnd = stop.end;
    this.#stops.next({ ...stop, detected });
  }

  #flushSegmenter(): void {
    const utterance = this.#segmenter.flush();
    if (utterance) this.#enqueueUtterance(utterance);
  }

  #enqueueUtterance({ samples, rawSamples, start, end }: Utterance): void {
    const contrast = this.#levelHistory.contrastDb(start, end);
    if (contrast < MIN_CONTRAST_DB || this.#isBackground(this.#levelHistory.loudnessDb(start, end), start, end)) return;
    const { from, to } = trimToSpeech(samples);
    this.#recognitionQueue.enqueue({
      samples: samples.subarray(from, to),
      rawSamples: rawSamples.subarray(from, to),
      contrast,
      start: this.#stampOf(start + from / SPEECH_SAMPLE_RATE_HZ),
      end: this.#stampOf(end),
      receivedUntil: this.#timeline.stampAt(start + samples.length / SPEECH_SAMPLE_RATE_HZ),
    });
  }

  /** @param at in seconds from the first frame */
  #stampOf(at: number): number {
    return this.#timeline.stampAt(at + this.#frontEnd.firstFrameStartS);
  }

  /** Whether somebody else spoke, further away than whoever spoke just before. */
  #isBackground(loudness: number, start: number, end: number): boolean {
    const { loudness: before, end: wordEnd } = this.#lastSpeaker;
    if (loudness < before - BACKGROUND_MARGIN_DB && start - wordEnd < BACKGROUND_WINDOW_S) return true;
    this.#lastSpeaker = { loudness, end };
    return false;
  }

  #onRecognised(
    { start, end, receivedUntil: heardUntil, contrast }: QueuedUtterance,
    { text, accepted, confidence, compute, stops }: RecognitionResult,
  ): void {
    this.#counters.utterances++;
    const verdict = { end, contrast, text, confidence: stops.length === 0 ? confidence : 0 };
    for (const candidate of this.#candidates.resolve(verdict)) this.#emitStop(candidate, heardUntil);
    // A grammar finds stop words in any sound: where it is not sure itself, it takes the spotter to suspect one as well.
    const counted = accepted === 'yes' || this.#keywordSpotter?.status.kind !== 'running' ? stops : [];
    for (const stop of counted) {
      const end = start + stop.end;
      if (Math.abs(end - this.#lastStopEnd) > DUPLICATE_STOP_WINDOW_S)
        this.#stops.next({ ...stop, end, detected: heardUntil });
    }
    const addressed = accepted === 'yes' ? this.#addressedCommand(text, start, end) : undefined;
    this.#utterances.next({
      text: addressed ?? text,
      accepted: addressed === undefined ? 'no' : 'yes',
      confidence,
      start,
      end,
      compute,
    });
  }

  /** The command in an utterance; undefined when it is for somebody else, or calls the robot only. */
  #addressedCommand(text: string, start: number, end: number): string | undefined {
    const addressee = this.#attentionGate?.addresseeOf(text, start, end) ?? { kind: 'command', text };
    return addressee.kind === 'command' ? addressee.text : undefined;
  }

  #checkTimeouts(): void {
    this.#recognitionQueue.checkTimeouts();
    this.#keywordSpotter?.restartIfDue();
    this.#publishState();
  }

  #reportBrokenAudio(reason: string): void {
    this.#health.reportBrokenAudio(reason);
    this.#publishState();
  }

  #publishState(): void {
    const statuses = {
      commands: this.#recognitionQueue.status,
      'stop words': this.#keywordSpotter?.status ?? { kind: 'running' as const },
    };
    const state = this.#health.stateOf(statuses, this.#segmenter.inSpeech);
    if (JSON.stringify(state) !== JSON.stringify(this.#state.value)) this.#state.next(state);
  }
}
