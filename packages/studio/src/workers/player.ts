import { InputError, TIME_TOLERANCE_S } from '@praxis/core';
import type { OperatorRequest } from '@praxis/safety';
import type { Episode, EpisodeResult } from '@praxis/sim';
import type { FromEpisode, Speed } from '../protocol/protocol.ts';
import type { Conversation } from './conversation.ts';
import { Pace } from './pace.ts';
import { Telemetry } from './telemetry.ts';

/** Wall milliseconds of stepping before other messages get a turn. */
const SLICE = 10;
/** Wall milliseconds between two frames. */
const FRAME_PERIOD = 16;

const seconds = (): number => performance.now() / 1000;

/** Gives messages a turn. Timers are slowed down in workers of hidden pages; a channel is not. */
const turn = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });

const rest = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

export interface PlayerOptions {
  readonly speed: Speed;
  /** What the newest inference took. */
  readonly inferenceMs: () => number;
  readonly conversation: Conversation;
  readonly post: (message: FromEpisode) => void;
}

/**
 * Plays one episode against the wall clock. Physics, loop and policy stay in lock step whatever the speed, so playing,
 * pausing and stepping change nothing of what the robot does.
 */
export class Player {
  readonly episode: Episode;
  readonly conversation: Conversation;
  readonly #post: (message: FromEpisode) => void;
  readonly #telemetry: Telemetry;
  readonly #pace = new Pace();
  #playing = false;
  #over = false;
  #until = Number.POSITIVE_INFINITY;
  #driving: Promise<void> = Promise.resolve();
  #framed = 0;

  constructor(episode: Episode, { speed, inferenceMs, conversation, post }: PlayerOptions) {
    this.episode = episode;
    this.conversation = conversation;
    this.#post = post;
    this.#telemetry = new Telemetry(episode, inferenceMs);
    this.#pace.setSpeed(speed, 0, 0);
  }

  get over(): boolean {
    return this.#over;
  }

  get playing(): boolean {
    return this.#playing;
  }

  /** What is shown before anything moves. */
  show(): void {
    this.#frame(0);
    this.#post({ kind: 'state', state: 'paused' });
  }

  /** @param simulated seconds of simulated time after which it pauses; left out: until the end */
  play(simulated = Number.POSITIVE_INFINITY): void {
    if (this.#over || this.#playing) return;
    this.#until = this.#now + simulated - TIME_TOLERANCE_S;
    this.#playing = true;
    this.#post({ kind: 'state', state: 'playing' });
    this.#pace.start(seconds(), this.#now);
    this.#driving = this.#drive();
  }

  /** Resolves when the step under way is done. Rejects when it failed. */
  async pause(): Promise<void> {
    this.#playing = false;
    await this.#driving;
  }

  setSpeed(speed: Speed): void {
    this.#pace.setSpeed(speed, seconds(), this.#now);
  }

  /** Sends a request to the supervisor; the arm obeys as simulated time advances. */
  request(request: OperatorRequest): void {
    this.episode.request(request);
    if (request === 'resetAndStart') this.conversation.resumed();
    if (!this.#playing) this.#frame(0);
  }

  /** Plays to the end. @throws {InputError} when it is paused or closed before. */
  async finish(): Promise<EpisodeResult> {
    this.play();
    await this.#driving;
    if (!this.#over) throw new InputError('the episode was stopped before its end');
    return this.episode.result();
  }

  /** Resolves when the episode is over or paused; rejects when it failed. */
  get driving(): Promise<void> {
    return this.#driving;
  }

  async close(): Promise<void> {
    await this.pause().catch(() => undefined);
    this.#telemetry.close();
    this.conversation.close();
    await this.episode.close();
  }

  get #now(): number {
    return this.episode.robot.clock.now();
  }

  async #drive(): Promise<void> {
    try {
      while (this.#playing) {
        await this.#slice();
        if (performance.now() - this.#framed >= FRAME_PERIOD) this.#frame(this.#pace.rate);
        if (this.#now >= this.#until || this.#over) break;
        if (this.#pace.target(seconds(), this.#now) > this.#now) await turn();
        else await rest(2);
      }
    } finally {
      this.#playing = false;
      this.#frame(0);
      this.#post({ kind: 'state', state: this.#over ? 'finished' : 'paused' });
    }
  }

  async #slice(): Promise<void> {
    const target = Math.min(this.#pace.target(seconds(), this.#now), this.#until);
    const end = performance.now() + SLICE;
    while (this.#playing && this.#now < target && performance.now() < end) {
      this.#over = !(await this.episode.step());
      this.#telemetry.sample();
      this.conversation.sample();
      if (this.#over) return;
    }
  }

  #frame(rate: number): void {
    this.#framed = performance.now();
    this.#post(this.#telemetry.frame(rate));
  }
}
