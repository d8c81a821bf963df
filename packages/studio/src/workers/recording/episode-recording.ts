import { InputError, type Robot, type Stamped, type StreamValue } from '@praxis/core';
import type { EpisodeTap, TappedEpisode } from '@praxis/sim';
import { CommandTap } from '@praxis/wire/recording';
import type { LoopRecording, RecordedRunFacts } from './loop-recording.ts';

/** A recording that has ended. */
export interface FinishedRecording {
  /** Bytes of an MCAP file. */
  readonly file: Blob;
  /** Simulated times between which it recorded (s). */
  readonly from: number;
  readonly to: number;
}

/** What is loaded with the first recording. */
interface LoadedRecorder {
  readonly LoopRecording: typeof LoopRecording;
  readonly facts: RecordedRunFacts;
}

/**
 * Records an episode from the moment on at which the user asks for it. Before the first period that is the whole episode, which a replay
 * needs; later the recording begins with the next period. The code for it is loaded when it is first asked for.
 */
export class EpisodeRecording implements EpisodeTap {
  readonly #facts: () => Promise<RecordedRunFacts>;
  readonly #onFull: () => void;
  readonly #latched = new Map<number, Stamped<StreamValue>>();
  #parts: TappedEpisode | undefined;
  #recording: LoopRecording | undefined;
  /** Begins the recording with the next period; undefined if nobody waits for it. */
  #begin: (() => void) | undefined;
  #periods = 0;
  #driver = 'policy';

  /**
   * @param facts what the recording says of its run
   * @param onFull called when no more fits into memory, and at each period from then on until it is finished
   */
  constructor(facts: () => Promise<RecordedRunFacts>, onFull: () => void) {
    this.#facts = facts;
    this.#onFull = onFull;
  }

  wrapRobot(robot: Robot): Robot {
    return new CommandTap(robot, (name, command) =>
      this.#recording?.recorder.addCommand('robotCommand', name, command),
    );
  }

  wrapLoopRobot(robot: Robot): Robot {
    return new CommandTap(robot, (name, command) => this.#recording?.recorder.addCommand('loopCommand', name, command));
  }

  begin(parts: TappedEpisode): void {
    this.#parts = parts;
    for (const [i, { name, dtype }] of parts.robot.spec.streams.entries()) {
      if (dtype !== 'string') continue;
      parts.robot.stream(name).subscribe({ next: (sample) => this.#latched.set(i, sample), error: () => {} });
    }
  }

  endPeriod(loopTicked: boolean): undefined {
    this.#periods++;
    this.#recording?.endPeriod(loopTicked);
    if (this.#recording?.full) this.#onFull();
    this.#begin?.();
  }

  operatorInput(kind: 'request' | 'driver' | 'text', text: string): void {
    if (kind === 'driver') this.#driver = text;
    this.#recording?.operatorInput(kind, text);
  }

  /** True while it records or is about to. */
  get active(): boolean {
    return this.#recording !== undefined || this.#begin !== undefined;
  }

  /**
   * Begins to record. While the episode is paused in its middle, the recording begins when it goes on.
   * @throws {InputError} when it records already; as the browser does when the code cannot be loaded
   */
  async start(): Promise<void> {
    if (!this.#parts) throw new InputError('recording: there is no episode');
    if (this.active) throw new InputError('recording: it runs already');
    const parts = this.#parts;
    // Another one while it loads means that the recording was ended, and perhaps begun again.
    const waiting = (): void => {};
    this.#begin = waiting;
    let loaded: LoadedRecorder;
    try {
      loaded = await this.#load();
    } catch (error) {
      if (this.#begin === waiting) this.#begin = undefined;
      throw error;
    }
    if (this.#begin !== waiting) return;
    const { LoopRecording, facts } = loaded;
    this.#begin = () => {
      this.#begin = undefined;
      const latched = this.#periods === 0 ? new Map() : this.#latched;
      this.#recording = new LoopRecording(parts, facts, { latched, driver: this.#driver });
    };
    if (this.#periods === 0) this.#begin();
  }

  async #load(): Promise<LoadedRecorder> {
    const [{ LoopRecording }, facts] = await Promise.all([import('./loop-recording.ts'), this.#facts()]);
    await LoopRecording.load();
    return { LoopRecording, facts };
  }

  /** Ends the recording. @param result facts of the episode's end @returns undefined if nothing was recorded */
  finish(result: Readonly<Record<string, string>>): FinishedRecording | undefined {
    this.#begin = undefined;
    const recording = this.#recording;
    this.#recording = undefined;
    if (!recording) return undefined;
    const to = this.#parts!.robot.clock.now();
    return { file: recording.finish(result), from: recording.since, to };
  }
}
