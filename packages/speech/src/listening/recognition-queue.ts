import { type Clock, errorMessage } from '@praxis/core';
import { SPEECH_SAMPLE_RATE_HZ } from '../audio/audio.ts';
import type { Recogniser, RecognitionResult } from '../recognition/recogniser.ts';
import { DropOldestQueue } from './drop-oldest-queue.ts';
import { RestartPolicy, type ServiceStatus } from './restart-policy.ts';

/** An utterance on its way to the recogniser. Times are stamps of the audio (s). */
export interface QueuedUtterance {
  /** 16 kHz, after noise suppression. */
  readonly samples: Float32Array;
  /** The same samples before noise suppression. */
  readonly rawSamples: Float32Array;
  /** Level of the speech above the noise around it (dB). */
  readonly contrast: number;
  /** Stamp of the first sample. */
  readonly start: number;
  /** Stamp of the last speech. */
  readonly end: number;
  /** Stamp of the newest audio at the end of the utterance, that is of the silence after it. */
  readonly receivedUntil: number;
}

/** Utterances that may wait for the recogniser (s of audio in total). */
const MAX_QUEUED_SPEECH_S = 24;
/** An utterance that ended longer ago than this is dropped instead of obeyed late (s). */
const MAX_COMMAND_AGE_S = 3;
/** Time limit of a recognition (s), to which a multiple of the utterance's length is added. */
const RECOGNITION_TIMEOUT_S = 5;
/** Multiple of the utterance's length in that limit. */
const RECOGNITION_TIMEOUT_FACTOR = 2;

/** Passes utterances one by one to a recogniser that may be slow, hang or exit. */
export class RecognitionQueue {
  readonly #clock: Clock;
  readonly #recogniser: RestartPolicy<Recogniser>;
  readonly #onResult: (utterance: QueuedUtterance, result: RecognitionResult) => void;
  readonly #queue = new DropOldestQueue<QueuedUtterance>(
    MAX_QUEUED_SPEECH_S,
    ({ samples }) => samples.length / SPEECH_SAMPLE_RATE_HZ,
  );
  #draining: Promise<void> | undefined;
  #active: { readonly recogniser: Recogniser; readonly until: number } | undefined;
  #dropped = 0;

  constructor(
    create: () => Promise<Recogniser>,
    clock: Clock,
    onResult: (utterance: QueuedUtterance, result: RecognitionResult) => void,
    onChange: () => void,
  ) {
    this.#clock = clock;
    this.#onResult = onResult;
    this.#recogniser = new RestartPolicy(create, clock, () => {
      onChange();
      this.#startDraining();
    });
  }

  get status(): ServiceStatus {
    return this.#recogniser.status;
  }

  get started(): Promise<void> {
    return this.#recogniser.started;
  }

  get restarts(): number {
    return this.#recogniser.restarts;
  }

  /** Utterances without a recognition: too many, too old, or lost with their recogniser. */
  get dropped(): number {
    return this.#dropped;
  }

  /** True while a recogniser runs and no utterance waits for it. */
  get isDrained(): boolean {
    return this.status.kind === 'running' && !this.#active && this.#queue.length === 0;
  }

  /** Resolves when no recognition is in progress. */
  get idle(): Promise<void> {
    return this.#draining ?? Promise.resolve();
  }

  enqueue(utterance: QueuedUtterance): void {
    this.#dropped += this.#queue.enqueue(utterance).length;
    this.#startDraining();
  }

  /** Ends a recogniser that exceeds its time, and restarts one that exited. */
  checkTimeouts(): void {
    if (this.#active && this.#clock.now() > this.#active.until) {
      this.#recogniser.fail(this.#active.recogniser, 'the recogniser did not answer in time');
    }
    this.#recogniser.restartIfDue();
  }

  #startDraining(): void {
    this.#draining ??= this.#drain().finally(() => {
      this.#draining = undefined;
      // An utterance may have arrived after the last check of the queue.
      if (this.#queue.length > 0 && this.#recogniser.current) this.#startDraining();
    });
  }

  async #drain(): Promise<void> {
    await this.#recogniser.started;
    for (;;) {
      const recogniser = this.#recogniser.current;
      const utterance = recogniser && this.#queue.dequeue();
      if (!utterance) return;
      if (this.#clock.now() - utterance.end > MAX_COMMAND_AGE_S) {
        this.#dropped++;
        continue;
      }
      const timeout =
        RECOGNITION_TIMEOUT_S + (RECOGNITION_TIMEOUT_FACTOR * utterance.samples.length) / SPEECH_SAMPLE_RATE_HZ;
      this.#active = { recogniser, until: this.#clock.now() + timeout };
      try {
        this.#onResult(utterance, await recogniser.recognise(utterance.samples, utterance.rawSamples));
      } catch (error) {
        this.#dropped++;
        this.#recogniser.fail(recogniser, errorMessage(error));
      }
      this.#active = undefined;
    }
  }

  close(): Promise<void> {
    this.#queue.clear();
    return this.#recogniser.close();
  }
}
