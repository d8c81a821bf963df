import type { Robot } from '@praxis/core';
import type { EpisodeTap, TappedEpisode } from '@praxis/sim';
import { CommandTap, connectRecorder, LoopRecorder, recordingChannels } from '@praxis/wire/recording';
import { BUILD, LIBRARY } from './facts.ts';
import { KEEP_BYTES, StopSave } from './keep.ts';
import { type RecordTarget, recordingPath } from './record-target.ts';
import { sampleCounts } from './sample-counts.ts';
import { type EpisodeFacts, type RunFacts, resultMetadata, startMetadata } from './start-facts.ts';
import { RecordingThread } from './thread/recording-thread.ts';
import type { RecordingSetup, WrittenFile } from './thread/service.ts';

/** Options of an {@link EpisodeRecorder}. */
export interface EpisodeRecorderOptions {
  readonly target: RecordTarget;
  readonly run: RunFacts;
  readonly episode: EpisodeFacts;
  /** Gets a remark in one line, such as that the disk is full. */
  readonly onRemark: (line: string) => void;
}

/** The parts of a recording that exist once the episode does. */
interface Running {
  readonly parts: TappedEpisode;
  readonly recorder: LoopRecorder;
  readonly thread: RecordingThread;
  disconnect(): void;
}

/** Records one episode to a file, or keeps its newest seconds in memory and saves them when a stop latches or {@link save} asks. */
export class EpisodeRecorder implements EpisodeTap {
  readonly path: string;
  readonly #options: EpisodeRecorderOptions;
  #running: Running | undefined;
  #opened = false;
  readonly #stopSave = new StopSave();
  #saved = 0;

  constructor(options: EpisodeRecorderOptions) {
    this.#options = options;
    this.path = recordingPath(options.target, options.episode);
  }

  wrapRobot(robot: Robot): Robot {
    return new CommandTap(robot, (name, command) => this.#running?.recorder.addCommand('robotCommand', name, command));
  }

  wrapLoopRobot(robot: Robot): Robot {
    return new CommandTap(robot, (name, command) => this.#running?.recorder.addCommand('loopCommand', name, command));
  }

  begin(parts: TappedEpisode): void {
    const { target, run, episode, onRemark } = this.#options;
    const { robot, loop, supervisor, inferenceDelay, maximumChunkAge, period } = parts;
    const head = {
      channels: recordingChannels(robot.spec),
      metadata: [
        startMetadata({
          ...{ build: BUILD, run, episode, started: new Date(), retainDays: target.retainDays },
          loop: { robot: robot.spec, inferenceDelay, maximumChunkAge, period },
        }),
      ],
      library: LIBRARY,
    };
    const { keepS, existing } = target;
    const setup: RecordingSetup = {
      head,
      target:
        keepS === undefined
          ? { kind: 'file', path: this.path, existing }
          : { kind: 'ring', seconds: keepS, bytes: KEEP_BYTES },
    };
    const thread = new RecordingThread(setup, (message) => {
      onRemark(`the recording has ended early: ${message}`);
      this.#running?.disconnect();
    });
    const recorder = new LoopRecorder({ robot: robot.spec, output: thread });
    const safetyEvents$ = supervisor?.events$;
    const disconnect = connectRecorder(recorder, { robot, loop, safetyEvents$ });
    const stops = safetyEvents$?.subscribe(({ from, to, time }) => this.#stopSave.change(from, to, time));
    this.#running = {
      ...{ parts, recorder, thread },
      disconnect() {
        disconnect();
        stops?.unsubscribe();
      },
    };
  }

  operatorInput(kind: 'request' | 'driver' | 'text', text: string): void {
    const { recorder, parts } = this.#running ?? {};
    recorder?.addOperatorInput(kind, text, parts!.robot.clock.now());
  }

  endPeriod(loopTicked: boolean): Promise<void> | undefined {
    if (!this.#running) return undefined;
    const { parts, recorder, thread } = this.#running;
    if (thread.failure !== undefined) return undefined;
    const time = parts.robot.clock.now();
    recorder.endPeriod({ time, loopTicked, safetyState: parts.supervisor?.state ?? '' });
    recorder.addStats(parts.loop.stats, time);
    recorder.drain();
    thread.flush('due');
    if (!this.#opened) {
      this.#opened = true;
      return thread.ready;
    }
    if (this.#options.target.keepS !== undefined && this.#stopSave.due(time)) return this.#saveAfterStop();
    return thread.settle();
  }

  /** Saves what is kept in memory. @throws {InputError} when the file exists or cannot be written */
  async save(reason: string): Promise<WrittenFile | undefined> {
    if (!this.#running || this.#options.target.keepS === undefined) return undefined;
    this.#stopSave.clear();
    const path = this.#saved++ === 0 ? this.path : this.path.replace(/(\.mcap)?$/, `-${this.#saved}.mcap`);
    const { thread } = this.#running;
    const order = { path, existing: this.#options.target.existing };
    const written = await thread.save(order, [resultMetadata({ kept: reason, ...this.#counts() })]);
    this.#options.onRemark(`saved the last ${this.#options.target.keepS} s: ${path} (${reason})`);
    return written;
  }

  /**
   * Ends the recording. Call it also for an episode that was cut off.
   * @param result facts of the episode's end
   * @returns the file; undefined if there is none, because nothing was to be saved or the recording ended early
   */
  async finish(result: Readonly<Record<string, string>> = {}): Promise<WrittenFile | undefined> {
    const running = this.#running;
    if (!running) return undefined;
    this.#running = undefined;
    const { recorder, thread, disconnect } = running;
    disconnect();
    try {
      await thread.ready;
    } catch {
      // The first period of the episode has thrown it.
      return undefined;
    }
    recorder.drain();
    if (this.#stopSave.pending) {
      this.#running = running;
      await this.#saveAfterStop();
      this.#running = undefined;
    }
    const counts = sampleCounts(recorder);
    if (counts.dropped !== '0') this.#options.onRemark(`${this.path}: ${counts.dropped} samples were not recorded`);
    return thread.finish([resultMetadata({ ...result, ...counts })]);
  }

  async #saveAfterStop(): Promise<void> {
    await this.save('a stop latched');
  }

  #counts(): Readonly<Record<string, string>> {
    return this.#running ? sampleCounts(this.#running.recorder) : {};
  }
}
