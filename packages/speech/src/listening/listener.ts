import { type Clock, deadline, errorMessage, type Stamped } from '@praxis/core';
import { BehaviorSubject, interval, type Observable, Subject, type Subscription } from 'rxjs';
import { type Audio, durationS, SPEECH_SAMPLE_RATE_HZ } from '../audio/audio.ts';
import type { AttentionGate, Recogniser, RecognitionResult } from '../recognition/recogniser.ts';
import type { StopEvent, StopSpotter } from '../recognition/stop-event.ts';
import type { SileroVad } from '../vad/silero.ts';
import { Segmenter, type SegmenterOptions, type Utterance } from '../vad/utterance-segmenter.ts';
import { type AudioFrame, AudioFrontEnd } from './audio-front-end.ts';
import { AudioTimeline } from './audio-timeline.ts';
import { DropOldestQueue } from './drop-oldest-queue.ts';
import { KeywordSpotter } from './keyword-spotter.ts';
import { LevelHistory } from './level-history.ts';
import type { AudioLevel, ListenerCounters, ListenerState, RecognisedUtterance } from './listener-events.ts';
import { ClippingDetector, invalidAudioReason, ListenerHealth } from './listener-health.ts';
import { type QueuedUtterance, RecognitionQueue } from './recognition-queue.ts';
import { StopResolver } from './stop-resolver.ts';
import { trimToSpeech } from './trim-to-speech.ts';

/** The replaceable parts of a {@link Listener}. */
export interface ListenerParts {
  /** Clock of the audio's stamps. */
  readonly clock: Clock;
  /** Voice activity detector; the listener closes it. */
  readonly vad: SileroVad;
  /** Starts a recogniser; called again after it exits, with growing delays. */
  readonly recogniser: () => Promise<Recogniser>;
  /** Starts a stop spotter, restarted like the recogniser. Without it the recogniser finds stop words, after the utterance. */
  readonly stopSpotter?: () => Promise<StopSpotter>;
  /** Decides which utterances address the robot; all do by default. */
  readonly attentionGate?: AttentionGate;
  /** Overrides single values of `DEFAULT_SEGMENTER_OPTIONS`. */
  readonly segmenter?: Partial<SegmenterOptions>;
  /** Each value triggers a check of the timeouts; four a second by default. */
  readonly ticks?: Observable<unknown>;
}

/** Audio that may wait for processing (s). */
const MAX_QUEUED_AUDIO_S = 4;
/** Without a block for this long the state is `no audio` (s). */
const NO_AUDIO_TIMEOUT_S = 1;
/** An utterance with less contrast to the noise around it is noise (dB). */
const MIN_CONTRAST_DB = 5;
/** Speech softer by this margin (dB) than speech that ended within this time before it (s) is a background conversation. */
const BACKGROUND_MARGIN_DB = 12;
const BACKGROUND_WINDOW_S = 3;
/** A pause longer than this ends the last word (s): the closures inside words are shorter. */
const END_SILENCE_S = 0.1;

interface QueuedBlock {
  readonly block: Stamped<Audio>;
  /** Called after processing with the promise of the recognition that the block caused, or undefined for a dropped block. */
  readonly done: (consequences: Promise<unknown> | undefined) => void;
}

/**
 * Recognises commands in a stream of audio: blocks -> 16 kHz -> noise suppression -> voice activity -> utterances ->
 * recognition. A stop spotter reads the same frames in parallel. Memory is bounded: full queues drop their oldest entries and
 * count them. No method throws; `state$` reports failures.
 *
 * @example
 * const listener = new Listener({ clock, vad, recogniser: () => PocketSphinx.start(grammar) });
 * listener.stops$.subscribe(({ word }) => console.log(`stop: ${word}`));
 * listener.utterances$.subscribe(({ text, accepted }) => console.log(text, accepted));
 * await listener.acceptAudio({ value: { samples, rate: 48_000 }, stamp, received: stamp });
 */
export class Listener {
  readonly utterances$: Observable<RecognisedUtterance>;
  /** Each value demands a protective stop. Hot; subscribers must not block. */
  readonly stops$: Observable<StopEvent>;
  readonly level$: Observable<AudioLevel>;
  /** Emits the current state on subscription, then each change. */
  readonly state$: Observable<ListenerState>;
  readonly #utterances = new Subject<RecognisedUtterance>();
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
  readonly #stopResolver = new StopResolver();
  readonly #arrivals = new Subject<void>();
  readonly #subscription: Subscription;
  readonly #audioQueue = new DropOldestQueue<QueuedBlock>(MAX_QUEUED_AUDIO_S, ({ block }) => durationS(block.value));
  #isDraining = false;
  /** Loudness of the last foreground speech (dB) and its end (s of audio). */
  #lastForeground = { loudness: Number.NEGATIVE_INFINITY, end: Number.NEGATIVE_INFINITY };
  #counters = { utterances: 0, droppedSeconds: 0, brokenBlocks: 0, gaps: 0 };

  constructor(parts: ListenerParts) {
    this.utterances$ = this.#utterances.asObservable();
    this.stops$ = this.#stopResolver.stops$;
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
      (utterance, result) => this.#onRecognised(utterance, result),
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

  /** Stamp of the end of the processed audio (s). */
  get processedUntil(): number {
    return this.#timeline.end;
  }

  /** Resolves once the recogniser and the stop spotter have started or failed to start. */
  async started(): Promise<void> {
    await Promise.all([this.#recognitionQueue.started, this.#keywordSpotter?.started]);
  }

  /**
   * Queues the next block of audio, of any rate and length, and copies its samples.
   * @param block its stamp is the time of its first sample (s)
   * @returns resolves after the block and the recognition that it caused. A microphone need not wait; a reader of files must,
   * or the queue drops audio.
   */
  acceptAudio(block: Stamped<Audio>): Promise<void> {
    this.#arrivals.next();
    const invalid = invalidAudioReason(block);
    if (invalid !== undefined) {
      this.#counters.brokenBlocks++;
      this.#reportBrokenAudio(invalid);
      return Promise.resolve();
    }
    const { samples, rate } = block.value;
    const copy = { ...block, value: { samples: samples.slice(), rate } };
    const processed = new Promise<unknown>((done) => {
      for (const dropped of this.#audioQueue.enqueue({ block: copy, done })) {
        this.#counters.droppedSeconds += durationS(dropped.block.value);
        this.#timeline.markGap();
        dropped.done(undefined);
      }
    });
    void this.#drainAudioQueue();
    return processed.then(() => {});
  }

  /** Ends the stream: closes the current utterance. Resolves after its recognition. */
  async flush(): Promise<void> {
    // Silence pushes the last samples out of the filters.
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
    this.#stopResolver.close();
    for (const subject of [this.#utterances, this.#level, this.#state]) subject.complete();
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

  /** @returns promises that resolve after the search for stop words */
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
    const receivedUntil = this.#timeline.end;
    if (this.#segmenter.silenceS > END_SILENCE_S)
      this.#stopResolver.onSilence(this.#stampOf(this.#segmenter.lastSpeechS), receivedUntil);
    // A candidate outside every utterance was noise: no utterance waits for recognition or is in progress.
    const isNoise = this.#recognitionQueue.isDrained && !this.#segmenter.inSpeech;
    this.#stopResolver.expire(receivedUntil, isNoise ? 'noise' : 'stop');
    this.#publishState();
    return detections;
  }

  async #detectStopWords(frame: AudioFrame): Promise<void> {
    for (const detection of (await this.#keywordSpotter?.detect(frame)) ?? []) {
      // Noise suppression delays its output: the audio was received that much later than the frame's time.
      const detected = this.#timeline.stampAt(detection.detected - this.#frontEnd.firstFrameStartS);
      const stop = { ...detection, end: this.#timeline.stampAt(detection.end), detected };
      const isRecognised = this.#recognitionQueue.status.kind === 'running';
      const inSpeech = this.#segmenter.inSpeech ? 'speech' : 'no speech';
      this.#stopResolver.acceptDetection(stop, isRecognised ? inSpeech : 'unrecognised');
    }
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

  /** @param at seconds of audio from the first frame */
  #stampOf(at: number): number {
    return this.#timeline.stampAt(at + this.#frontEnd.firstFrameStartS);
  }

  /** True for speech from further away than the foreground speech just before it. */
  #isBackground(loudness: number, start: number, end: number): boolean {
    const foreground = this.#lastForeground;
    if (loudness < foreground.loudness - BACKGROUND_MARGIN_DB && start - foreground.end < BACKGROUND_WINDOW_S)
      return true;
    this.#lastForeground = { loudness, end };
    return false;
  }

  #onRecognised(utterance: QueuedUtterance, result: RecognitionResult): void {
    this.#counters.utterances++;
    this.#stopResolver.onRecognised(utterance, result, this.#keywordSpotter?.status.kind === 'running' ? 'yes' : 'no');
    const { start, end } = utterance;
    const { text, accepted, confidence, compute } = result;
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

  /** The command in an utterance; undefined when it does not address the robot or is the wake word alone. */
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
