import { InputError, TIME_TOLERANCE_S } from '@praxis/core';
import { episodeResultFacts } from '@praxis/evaluation/recording';
import type { OperatorRequest } from '@praxis/safety';
import type { Episode, EpisodeResult } from '@praxis/sim';
import type { FromEpisode, RecordingDisplay, Speed } from '../protocol/protocol.ts';
import type { EpisodeDialogue } from './conversation.ts';
import { RealtimePacer } from './realtime-pacer.ts';
import type { EpisodeRecording } from './recording/episode-recording.ts';
import type { Playback } from './replies.ts';
import { Telemetry, type TelemetryOptions } from './telemetry.ts';

/** Longest wall time (ms) of stepping before the worker handles messages. */
const SLICE_MS = 10;
/** Wall time (ms) between two frames: about 60 Hz. */
const FRAME_PERIOD_MS = 16;

const wallSeconds = (): number => performance.now() / 1000;

/** Lets the worker handle messages. It uses a channel because browsers throttle the timers of hidden pages. */
const yieldToMessages = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Options of {@link EpisodeRunner}. */
export interface EpisodeRunnerOptions extends TelemetryOptions {
  readonly speed: Speed;
  readonly conversation: EpisodeDialogue;
  readonly recording: EpisodeRecording;
  /** Names the file of a recording. */
  readonly name: string;
  readonly post: (message: FromEpisode) => void;
}

/**
 * Plays one episode in wall time. Physics, loop and policy run in lock step at every speed, so playing, pausing and stepping
 * do not change the robot's motion.
 */
export class EpisodeRunner {
  readonly episode: Episode;
  readonly conversation: EpisodeDialogue;
  readonly recording: EpisodeRecording;
  readonly name: string;
  readonly #post: (message: FromEpisode) => void;
  readonly #telemetry: Telemetry;
  readonly #pacer = new RealtimePacer();
  #playing = false;
  #finished = false;
  #until = Number.POSITIVE_INFINITY;
  #completion: Promise<void> = Promise.resolve();
  #lastFrameMs = 0;

  constructor(episode: Episode, { speed, conversation, recording, name, post, ...telemetry }: EpisodeRunnerOptions) {
    this.episode = episode;
    this.conversation = conversation;
    this.recording = recording;
    this.name = name;
    this.#post = post;
    this.#telemetry = new Telemetry(episode, telemetry);
    this.#pacer.setSpeed(speed, 0, 0);
  }

  get finished(): boolean {
    return this.#finished;
  }

  get playing(): boolean {
    return this.#playing;
  }

  get playback(): Playback {
    if (this.#finished) return 'finished';
    return this.#playing ? 'playing' : 'paused';
  }

  /** Posts the frame of the initial state. */
  postInitialFrame(): void {
    this.#postFrame(0);
    this.#post({ kind: 'state', state: 'paused' });
  }

  /** @param simulated simulated time (s) after which it pauses; the default plays to the end */
  play(simulated = Number.POSITIVE_INFINITY): void {
    if (this.#finished || this.#playing) return;
    this.#until = this.#now + simulated - TIME_TOLERANCE_S;
    this.#playing = true;
    this.#post({ kind: 'state', state: 'playing' });
    this.#pacer.start(wallSeconds(), this.#now);
    this.#completion = this.#runUntilPaused();
  }

  /** Pauses. Resolves after the step in progress; rejects when the episode failed. */
  async pause(): Promise<void> {
    this.#playing = false;
    await this.#completion;
  }

  setSpeed(speed: Speed): void {
    this.#pacer.setSpeed(speed, wallSeconds(), this.#now);
  }

  /** Sends a request to the supervisor, which acts on it when simulated time advances. */
  request(request: OperatorRequest): void {
    this.conversation.handleRequest(request, this.playback);
    if (!this.#playing) this.#postFrame(0);
  }

  /** Plays to the end. @throws {InputError} when the episode is paused or closed before its end. */
  async finish(): Promise<EpisodeResult> {
    this.play();
    await this.#completion;
    if (!this.#finished) throw new InputError('the episode was stopped before its end');
    return this.episode.result();
  }

  /** Resolves when the episode has ended or is paused; rejects when it failed. */
  get completion(): Promise<void> {
    return this.#completion;
  }

  async close(): Promise<void> {
    await this.pause().catch(() => undefined);
    this.endRecording();
    this.#telemetry.close();
    await this.conversation.close();
    await this.episode.close();
  }

  /** Begins to record the episode. @throws {InputError} when it records already or is over */
  async startRecording(): Promise<void> {
    if (this.#finished) throw new InputError('the episode is over: restart it or load the next one to record');
    await this.recording.start();
    if (this.recording.active) this.#post({ kind: 'recording', recording: { state: 'on' } });
  }

  /** Ends the recording, and posts its file. Without one it does nothing. @param reason why it ends */
  endRecording(reason: 'ended' | 'full' = 'ended'): void {
    if (!this.recording.active) return;
    const recorded = this.recording.finish(this.#finished ? episodeResultFacts(this.episode.result()) : {});
    const { name } = this;
    const recording: RecordingDisplay = recorded
      ? { state: 'saved', name: `${name}.mcap`, ...recorded, reason }
      : { state: 'off' };
    this.#post({ kind: 'recording', recording });
  }

  get #now(): number {
    return this.episode.robot.clock.now();
  }

  async #runUntilPaused(): Promise<void> {
    try {
      while (this.#playing) {
        await this.#runSlice();
        if (performance.now() - this.#lastFrameMs >= FRAME_PERIOD_MS) this.#postFrame(this.#pacer.rate);
        if (this.#now >= this.#until || this.#finished) break;
        if (this.#pacer.targetTime(wallSeconds(), this.#now) > this.#now) await yieldToMessages();
        else await sleep(2);
      }
    } finally {
      this.#playing = false;
      this.#postFrame(0);
      this.#post({ kind: 'state', state: this.#finished ? 'finished' : 'paused' });
    }
  }

  async #runSlice(): Promise<void> {
    const target = Math.min(this.#pacer.targetTime(wallSeconds(), this.#now), this.#until);
    const end = performance.now() + SLICE_MS;
    while (this.#playing && this.#now < target && performance.now() < end) {
      this.#finished = !(await this.episode.step());
      this.#telemetry.recordSample();
      const polled = this.conversation.poll();
      if (polled) await polled;
      if (this.#finished) this.endRecording();
      if (this.#finished) return;
    }
  }

  #postFrame(rate: number): void {
    this.#lastFrameMs = performance.now();
    this.#post(this.#telemetry.makeFrame(rate));
  }
}
