import { type Clock, errorMessage } from '@praxis/core';
import { SPEECH_RATE } from '../audio/audio.ts';
import type { Recogniser, Recognition } from '../recognition/recogniser.ts';
import { Backlog } from './backlog.ts';
import { type Life, Restarting } from './restarting.ts';

/** 16 kHz, by how much it stood out of the noise (dB), and when it was said (stamps, s). */
export interface Said {
  readonly samples: Float32Array;
  /** As it came, before noise was taken off. */
  readonly plain: Float32Array;
  readonly contrast: number;
  readonly start: number;
  readonly end: number;
  /** Stamp of the sound that had come when it was over: of the silence after it. */
  readonly heard: number;
}

/** Utterances that may wait for the recogniser (s of sound, together). */
const WAITING = 24;
/** A command that would be understood later than this after it was said is not understood any more (s). */
const STALE = 3;
/** What a recogniser may take for an utterance: so much (s), and so many times its length. */
const PATIENCE = 5;
const PATIENCE_FACTOR = 2;

/** Utterances on their way through a recogniser that may be slow, hang or die. */
export class Recognising {
  readonly #clock: Clock;
  readonly #recogniser: Restarting<Recogniser>;
  readonly #heard: (said: Said, recognition: Recognition) => void;
  readonly #waiting = new Backlog<Said>(WAITING, ({ samples }) => samples.length / SPEECH_RATE);
  #running: Promise<void> | undefined;
  #inHand: { readonly recogniser: Recogniser; readonly until: number } | undefined;
  #dropped = 0;

  constructor(
    make: () => Promise<Recogniser>,
    clock: Clock,
    heard: (said: Said, recognition: Recognition) => void,
    onChange: () => void,
  ) {
    this.#clock = clock;
    this.#heard = heard;
    this.#recogniser = new Restarting(make, clock, () => {
      onChange();
      this.#run();
    });
  }

  get life(): Life {
    return this.#recogniser.life;
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
  get settled(): boolean {
    return this.life.kind === 'running' && !this.#inHand && this.#waiting.length === 0;
  }

  /** Resolves when nothing is being recognised. */
  get idle(): Promise<void> {
    return this.#running ?? Promise.resolve();
  }

  push(said: Said): void {
    this.#dropped += this.#waiting.push(said).length;
    this.#run();
  }

  tick(): void {
    if (this.#inHand && this.#clock.now() > this.#inHand.until) {
      this.#recogniser.fail(this.#inHand.recogniser, 'it did not answer in time');
    }
    this.#recogniser.tick();
  }

  #run(): void {
    this.#running ??= this.#all().finally(() => {
      this.#running = undefined;
      // What came while this was being settled.
      if (this.#waiting.length > 0 && this.#recogniser.current) this.#run();
    });
  }

  async #all(): Promise<void> {
    await this.#recogniser.started;
    for (;;) {
      const recogniser = this.#recogniser.current;
      const said = recogniser && this.#waiting.shift();
      if (!said) return;
      if (this.#clock.now() - said.end > STALE) {
        this.#dropped++;
        continue;
      }
      const patience = PATIENCE + (PATIENCE_FACTOR * said.samples.length) / SPEECH_RATE;
      this.#inHand = { recogniser, until: this.#clock.now() + patience };
      try {
        this.#heard(said, await recogniser.recognise(said.samples, said.plain));
      } catch (error) {
        this.#dropped++;
        this.#recogniser.fail(recogniser, errorMessage(error));
      }
      this.#inHand = undefined;
    }
  }

  close(): Promise<void> {
    this.#waiting.clear();
    return this.#recogniser.close();
  }
}
