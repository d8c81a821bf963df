import { type Clock, errorMessage } from '@praxis/core';
import { SPEECH_SAMPLE_RATE_HZ } from '../audio/audio.ts';
import type { Recogniser, RecognitionResult } from '../recognition/recogniser.ts';
import { DropOldestQueue } from './drop-oldest-queue.ts';
import { RestartPolicy, type ServiceStatus } from './restart-policy.ts';

/** 16 kHz, by how much it stood out of the noise (dB), and when it was said (stamps, s). */
export interface QueuedUtterance {
  readonly samples: Float32Array;
  /** As it came, before noise was taken off. */
  readonly rawSamples: Float32Array;
  readonly contrast: number;
  readonly start: number;
  readonly end: number;
  /** Stamp of the sound that had come when it was over: of the silence after it. */
  readonly receivedUntil: number;
}

/** Utterances that may wait for the recogniser (s of sound, together). */
const MAX_QUEUED_SPEECH_S = 24;
/** A command that would be understood later than this after it was said is not understood any more (s). */
const MAX_COMMAND_AGE_S = 3;
/** What a recogniser may take for an utterance: so much (s), and so many times its length. */
const RECOGNITION_TIMEOUT_S = 5;
const RECOGNITION_TIMEOUT_FACTOR = 2;

/** Utterances on their way through a recogniser that may be slow, hang or die. */
export class RecognitionQueue {
  readonly #clock: Clock;
  readonly #recogniser: RestartPolicy<Recogniser>;
  readonly #onResult: (utterance: QueuedUtterance, recognition: RecognitionResult) => void;
  readonly #queue = new DropOldestQueue<QueuedUtterance>(
    MAX_QUEUED_SPEECH_S,
    ({ samples }) => samples.length / SPEECH_SAMPLE_RATE_HZ,
  );
  #draining: Promise<void> | undefined;
  #active: { readonly recogniser: Recogniser; readonly until: number } | undefined;
  #dropped = 0;

  constructor(
    make: () => Promise<Recogniser>,
    clock: Clock,
    heard: (utterance: QueuedUtterance, recognition: RecognitionResult) => void,
    onChange: () => void,
  ) {
    this.#clock = clock;
    this.#onResult = heard;
    this.#recogniser = new RestartPolicy(make, clock, () => {
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

  /** Utterances that were never understood: too many, too late, or lost with their recogniser. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Whether all that was said is understood as far as it ever will be. */
  get isDrained(): boolean {
    return this.status.kind === 'running' && !this.#active && this.#queue.length === 0;
  }

  /** Resolves when nothing is being recognised. */
  get idle(): Promise<void> {
    return this.#draining ?? Promise.resolve();
  }

  enqueue(utterance: QueuedUtterance): void {
    this.#dropped += this.#queue.enqueue(utterance).length;
    this.#startDraining();
  }

  checkTimeouts(): void {
    if (this.#active && this.#clock.now() > this.#active.until) {
      this.#recogniser.fail(this.#active.recogniser, 'it did not answer in time');
    }
    this.#recogniser.restartIfDue();
  }

  #startDraining(): void {
    this.#draining ??= this.#drain().finally(() => {
      this.#draining = undefined;
      // What came while this was being settled.
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
