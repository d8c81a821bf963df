import { errorMessage, InputError } from '@praxis/core';
import {
  BUILD,
  factsMetadata,
  KEEP_BYTES,
  LIBRARY,
  RecordingThread,
  ROS_WORLD,
  resultMetadata,
  StopSave,
  type WrittenFile,
} from '@praxis/evaluation';
import type { SafetyState } from '@praxis/safety';
import type { McapMetadata } from '@praxis/wire/mcap';
import { nanosecondsOf } from '@praxis/wire/recording';
import { ERROR, OK, type Report, WARN } from '../../diagnostics/diagnostics.ts';
import { onStampClock } from './message-times.ts';
import { newRecordingPath } from './recording-path.ts';
import { channelsOf, type DefinedTopic, TopicRecorder, type TopicRecorderOptions } from './topic-recorder.ts';

/** What a recording of the node is like. */
export interface NodeRecorderOptions extends Omit<TopicRecorderOptions, 'topics' | 'output'> {
  /** Finds the topics at the start of each recording. */
  readonly findTopics: () => Promise<readonly DefinedTopic[]>;
  /** A file `*.mcap`, or a folder. */
  readonly output: string;
  /** Name of the robot, for the names of files. */
  readonly robot: string;
  /** Facts of the robot and of the clock. */
  readonly facts: Readonly<Record<string, string>>;
  /** Only so much is kept, in memory (s). Undefined: everything is written as it comes. */
  readonly keepS: number | undefined;
  readonly retainDays: number | undefined;
  /** Called when a recording has ended early or could not be saved; {@link NodeRecorder.report} has the reason. */
  readonly onFault: () => void;
}

/** A recording that runs. */
interface Running {
  readonly thread: RecordingThread;
  readonly topics: TopicRecorder;
  /** File that is written; undefined while the newest seconds are kept in memory. */
  readonly path: string | undefined;
}

/** Messages by what became of them. */
interface Counts {
  readonly recorded: number;
  readonly dropped: number;
  readonly unfit: number;
}

/** Starts, saves and ends recordings of topics, one at a time. */
export class NodeRecorder {
  readonly #options: NodeRecorderOptions;
  readonly #stopSave = new StopSave();
  #running: Running | undefined;
  /** Why the newest recording has ended early, or could not be saved; empty when it has not. */
  #fault = '';
  #state: SafetyState | undefined;
  /** The request before the next one: they run one after the other. */
  #turn: Promise<unknown> = Promise.resolve();
  #reportedDrops = 0;

  constructor(options: NodeRecorderOptions) {
    this.#options = options;
  }

  /**
   * Starts a recording.
   * @returns where it goes, for the operator
   * @throws {InputError} when a topic cannot be recorded or the file cannot be made; {Error} when one runs
   */
  start(): Promise<string> {
    return this.#next(async () => {
      if (this.#running) throw new Error(`a recording runs already: ${this.#place(this.#running)}`);
      this.#running = await this.#open();
      this.#fault = '';
      this.#reportedDrops = 0;
      return this.#place(this.#running);
    });
  }

  /**
   * Ends the recording. What is kept in memory is saved if a stop has latched just before, and dropped otherwise.
   * @returns what was written, for the operator
   * @throws {Error} when none runs, {InputError} when the file cannot be written
   */
  stop(): Promise<string> {
    return this.#next(async () => {
      const running = this.#needRunning();
      const saved = this.#stopSave.pending ? await this.#save(running, 'a stop latched') : undefined;
      this.#running = undefined;
      running.topics.close();
      const written = await running.thread.finish([resultMetadata(this.#result(running))]);
      if (written) return textOf(written);
      if (running.thread.failure !== undefined) throw new InputError(running.thread.failure);
      return saved === undefined ? 'nothing was written' : textOf(saved);
    });
  }

  /**
   * Saves what is kept in memory; the recording goes on.
   * @param reason why, for the facts of the file
   * @throws {Error} when no recording runs or nothing is kept, {InputError} when the file cannot be written
   */
  save(reason: string): Promise<string> {
    return this.#next(async () => textOf(await this.#save(this.#needRunning(), reason)));
  }

  /** Takes the supervisor's state: a stop saves what is kept, a second later. */
  observeState(state: SafetyState): void {
    if (this.#state !== undefined) this.#stopSave.change(this.#state, state, this.#options.clock.now());
    this.#state = state;
  }

  /** Hands messages over, and saves after a stop when it is time. Call it every few milliseconds. */
  tick(): void {
    this.#running?.thread.flush('due');
    if (!this.#running || !this.#stopSave.due(this.#options.clock.now())) return;
    this.#stopSave.clear();
    this.save('a stop latched').then(
      (line) => this.#log.info(`a stop latched: ${line}`),
      (error: unknown) => this.#setFault(errorMessage(error)),
    );
  }

  /** Whether a recording runs, and how many messages it has, for the diagnostics. */
  report(): Report {
    const running = this.#running;
    if (!running) return { level: this.#fault === '' ? OK : ERROR, message: this.#fault || 'no recording' };
    const { recorded, dropped, unfit } = countsOf(running);
    const more = dropped - this.#reportedDrops;
    this.#reportedDrops = dropped;
    const perTopic = running.topics.records
      .filter((each) => each.recorded + each.dropped + each.unfit > 0)
      .map((each) => [each.topic, `${each.recorded} recorded, ${each.dropped} dropped, ${each.unfit} unfit`]);
    const values = {
      ...{ recorded, dropped, unfit, 'waiting (bytes)': running.thread.backlogBytes },
      ...Object.fromEntries(perTopic),
    };
    if (this.#fault !== '') return { level: ERROR, message: this.#fault, values };
    if (more > 0)
      return { level: WARN, message: `${more} messages dropped: the disk is slower than the topics`, values };
    return { level: OK, message: this.#place(running), values };
  }

  /** Ends the recording, if one runs. */
  async close(): Promise<void> {
    await this.#turn;
    if (this.#running) this.#log.info(await this.stop());
  }

  get #log() {
    return this.#options.node.getLogger();
  }

  /** Runs requests one after the other. */
  #next<T>(request: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(request);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  #needRunning(): Running {
    if (!this.#running) throw new Error(`no recording runs${this.#fault === '' ? '' : `: ${this.#fault}`}`);
    return this.#running;
  }

  #place({ path }: Running): string {
    return path === undefined ? `keeps the last ${this.#options.keepS} s in memory` : `records to ${path}`;
  }

  #newPath(): string {
    const { output, robot } = this.#options;
    return newRecordingPath(output, robot, new Date());
  }

  async #open(): Promise<Running> {
    const { findTopics, facts, keepS, retainDays } = this.#options;
    const topics = await findTopics();
    const path = keepS === undefined ? this.#newPath() : undefined;
    const head = {
      channels: channelsOf(topics),
      metadata: [factsMetadata({ world: ROS_WORLD, ...facts }, { build: BUILD, started: new Date(), retainDays })],
      library: LIBRARY,
    };
    const target =
      path === undefined
        ? ({ kind: 'ring', seconds: keepS ?? 0, bytes: KEEP_BYTES } as const)
        : ({ kind: 'file', path, existing: 'refuse' } as const);
    const thread = new RecordingThread({ head, target }, (message) => this.#fail(thread, message));
    await thread.ready;
    try {
      return { thread, path, topics: new TopicRecorder({ ...this.#options, topics, output: thread }) };
    } catch (error) {
      await thread.close();
      throw error;
    }
  }

  async #save(running: Running, reason: string): Promise<WrittenFile> {
    const { keepS, clock, stampClock } = this.#options;
    if (keepS === undefined)
      throw new Error(`nothing is kept in memory, because the parameter keep is 0: it ${this.#place(running)}`);
    this.#stopSave.clear();
    const begin = onStampClock(stampClock, nanosecondsOf(clock.now() - keepS));
    if (begin !== undefined) running.topics.repeatLatched(begin);
    const metadata: McapMetadata[] = [resultMetadata({ kept: reason, ...this.#result(running) })];
    const written = await running.thread.save({ path: this.#newPath(), existing: 'refuse' }, metadata);
    this.#fault = '';
    return written;
  }

  /** The file takes no more, as on a full disk: the recording ends, and the node goes on. */
  #fail(thread: RecordingThread, message: string): void {
    if (this.#running?.thread === thread) {
      this.#running.topics.close();
      this.#running = undefined;
      void thread.close();
    }
    this.#setFault(`the recording has ended early: ${message}`);
  }

  #setFault(fault: string): void {
    this.#fault = fault;
    this.#options.onFault();
  }

  #result(running: Running): Readonly<Record<string, string>> {
    const { recorded, dropped, unfit } = countsOf(running);
    const lost = running.topics.records.filter((each) => each.dropped + each.unfit > 0);
    return {
      recorded: String(recorded),
      dropped: String(dropped + unfit),
      dropped_by_stream: lost.map((each) => `${each.topic} ${each.dropped + each.unfit}`).join(', '),
    };
  }
}

const textOf = ({ path, messages, bytes }: WrittenFile): string =>
  `wrote ${path}: ${messages} messages, ${(bytes / 1e6).toFixed(1)} MB`;

/** The messages of all topics together. */
function countsOf({ topics: { records } }: Running): Counts {
  const sum = (key: keyof Counts): number => records.reduce((total, each) => total + each[key], 0);
  return { recorded: sum('recorded'), dropped: sum('dropped'), unfit: sum('unfit') };
}
