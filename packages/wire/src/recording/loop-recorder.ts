import {
  type ActionChunk,
  errorMessage,
  type LoopEvent,
  type LoopStats,
  type Observation,
  type RobotCommand,
  type RobotSpec,
  type SignalSpec,
  type Stamped,
  type StreamValue,
} from '@praxis/core';
import { messageCodec } from '../cdr/codec.ts';
import type { MessageOf, MessageType } from '../messages/messages.ts';
import { RECORD_TOPIC_NAMES, RECORD_TOPICS, type RecordTopic } from './channels.ts';
import { SampleDigests } from './digest.ts';
import { EncodingPace, LARGE_BYTES } from './encoding-pace.ts';
import { chunkMessage, commandMessage, diagnosticsMessage, gatesMessage, observationMessage } from './loop-messages.ts';
import type { RecordingOutput } from './output.ts';
import { type Driver, type PeriodFacts, PeriodRecord } from './period-record.ts';
import { headerOf, nanosecondsOf } from './stamps.ts';
import { type StreamMessages, streamMessages } from './stream-messages.ts';

/** An event of a supervisor, as `@praxis/safety` makes it. */
export interface RecordedSafetyEvent {
  readonly time: number;
  readonly from: string;
  readonly to: string;
  readonly cause: string;
  readonly message: string;
  readonly data: object;
}

/** Options of a {@link LoopRecorder}. */
export interface LoopRecorderOptions {
  readonly robot: Pick<RobotSpec, 'streams'>;
  readonly output: RecordingOutput;
  /** Samples are dropped, and counted, while more bytes than this wait to be written. Default 256 MiB. */
  readonly maximumBacklogBytes?: number;
}

/** What became of the samples of one stream. */
export interface StreamRecord {
  readonly stream: string;
  readonly recorded: number;
  /** Samples that were left out because the output did not keep up. */
  readonly dropped: number;
  /** Samples whose value does not fit the stream's message type. */
  readonly unfit: number;
}

const DEFAULT_BACKLOG_BYTES = 256 * 1024 * 1024;
/** Estimate for a message without an image (bytes). */
const SMALL_MESSAGE_BYTES = 256;
/** Room for all of an image message but its pixels (bytes). */
const HEADER_BYTES = 1024;
/** Time between two messages of diagnostics (s). */
const DIAGNOSTICS_PERIOD_S = 1;
/** Largest time between two messages on who drives (s), so that a recording of the newest seconds has one. */
const DRIVER_PERIOD_S = 1;

interface Counter {
  readonly spec: SignalSpec;
  readonly messages: StreamMessages;
  recorded: number;
  dropped: number;
  unfit: number;
}

/** A record that waits to be encoded. */
interface Waiting {
  readonly bytes: number;
  encode(): void;
}

/**
 * Records a control loop: samples, observations, chunks, gates, commands, events and timings. What it is given is encoded later, in
 * {@link drain}, between two periods of the loop. Only commands are copied at once: their buffers are used again, while a robot never
 * writes to a published sample.
 */
export class LoopRecorder {
  readonly #streams: readonly Counter[];
  readonly #output: RecordingOutput;
  readonly #maximumBacklog: number;
  readonly #digests = new SampleDigests();
  readonly #period = new PeriodRecord();
  readonly #pace = new EncodingPace();
  #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #nextDiagnostics = Number.NEGATIVE_INFINITY;
  #driver: Driver | undefined;
  #nextDriver = Number.NEGATIVE_INFINITY;

  constructor({ robot, output, maximumBacklogBytes = DEFAULT_BACKLOG_BYTES }: LoopRecorderOptions) {
    this.#streams = robot.streams.map((spec) => {
      return { spec, messages: streamMessages(spec), recorded: 0, dropped: 0, unfit: 0 };
    });
    this.#output = output;
    this.#maximumBacklog = maximumBacklogBytes;
  }

  /** What became of the samples of each stream. */
  get streams(): readonly StreamRecord[] {
    return this.#streams.map(({ spec, recorded, dropped, unfit }) => ({ stream: spec.name, recorded, dropped, unfit }));
  }

  /** Bytes that wait to be encoded or to be written. */
  get backlogBytes(): number {
    return this.#waitingBytes + this.#output.backlogBytes;
  }

  /** Records a sample of the i-th stream of the robot's spec. */
  addSample(i: number, sample: Stamped<StreamValue>): void {
    if (!this.#wants(i) && !this.#wantsTopic('period')) return;
    const stream = this.#streams[i];
    const bytes = sizeOf(sample.value);
    if (this.backlogBytes + bytes > this.#maximumBacklog) {
      stream.dropped++;
      this.#enqueue(0, () => this.#period.dropped++);
      return;
    }
    this.#enqueue(bytes, () => this.#encodeSample(i, stream, sample));
  }

  /** Records a command, of the loop or of the supervisor, and copies it. */
  addCommand(
    topic: 'loopCommand' | 'robotCommand',
    group: string,
    { value, stamp, received }: Stamped<RobotCommand>,
  ): void {
    if (!this.#wantsTopic(topic)) return;
    const message = commandMessage(group, value, headerOf(stamp, ''));
    this.#add(topic, received, stamp, () => message);
  }

  addObservation(observation: Observation): void {
    const { stamp } = observation;
    this.#add('observation', stamp, stamp, () => observationMessage(observation, this.#digests));
  }

  /** Records a chunk at the time at which the loop accepted it (s). @param computeMs duration of its inference; NaN if not known */
  addChunk(chunk: ActionChunk, accepted: number, computeMs = Number.NaN): void {
    this.#add('chunk', accepted, chunk.stamp, () => chunkMessage(chunk, accepted, computeMs));
    this.#add('gates', accepted, chunk.stamp, () => gatesMessage(chunk));
  }

  addLoopEvent({ time, kind, data }: LoopEvent): void {
    // A thrown value stands in the event's message already.
    const text = JSON.stringify({ ...data, error: undefined });
    this.#add('loopEvent', time, time, () => ({ header: headerOf(time, ''), kind, data: text }));
  }

  addSafetyEvent({ time, from, to, cause, message, data }: RecordedSafetyEvent): void {
    const text = JSON.stringify(data);
    this.#add('safetyEvent', time, time, () => {
      return { header: headerOf(time, ''), from_state: from, to_state: to, cause, message, data: text };
    });
  }

  /** Records what a person did: `request`, `driver`, `text`, or another kind. */
  addOperatorInput(kind: string, text: string, time: number): void {
    this.#add('operatorInput', time, time, () => ({ header: headerOf(time, ''), kind, text }));
  }

  /** Ends a control period: everything since the last end belongs to it. */
  endPeriod(facts: PeriodFacts): void {
    this.#addDriver(facts);
    this.#add('period', facts.time, facts.time, () => this.#period.finish(facts));
  }

  /** Records who drives when that has changed, and again after a while. */
  #addDriver({ time, driver }: PeriodFacts): void {
    if (driver === undefined || (driver === this.#driver && time < this.#nextDriver)) return;
    this.#driver = driver;
    this.#nextDriver = time + DRIVER_PERIOD_S;
    this.#add('driver', time, time, () => ({ header: headerOf(time, ''), driver }));
  }

  /** Records the loop's counters, once a second. @param time time of the period (s) */
  addStats(stats: LoopStats, time: number): void {
    if (time < this.#nextDiagnostics) return;
    this.#nextDiagnostics = time + DIAGNOSTICS_PERIOD_S;
    const dropped = this.#streams.reduce((sum, each) => sum + each.dropped, 0);
    const message = diagnosticsMessage(stats, dropped, headerOf(time, ''));
    this.#add('diagnostics', time, time, () => message);
  }

  /**
   * Encodes what waits and hands it to the output, oldest first.
   * @param budgetMs time that there is (ms): no record is begun that is expected to take longer than what is left of it. Default: encodes
   * everything
   */
  drain(budgetMs = Number.POSITIVE_INFINITY): void {
    let done = 0;
    let now = performance.now();
    const end = now + budgetMs;
    while (done < this.#waiting.length) {
      const { bytes, encode } = this.#waiting[done];
      if (now + this.#pace.expectedMs(bytes) > end) {
        this.#pace.putOff();
        break;
      }
      done++;
      this.#waitingBytes -= bytes;
      encode();
      const before = now;
      now = performance.now();
      this.#pace.measured(bytes, now - before);
    }
    if (done > 0) this.#waiting = this.#waiting.slice(done);
  }

  #encodeSample(i: number, stream: Counter, { value, stamp, received }: Stamped<StreamValue>): void {
    const { spec, messages } = stream;
    let data: Uint8Array;
    try {
      const bytes = sizeOf(value);
      const buffer = bytes < LARGE_BYTES ? undefined : this.#output.bufferFor?.(bytes + HEADER_BYTES);
      data = codecOf(messages.type).write(messages.write(value, headerOf(stamp, spec.frame)), buffer);
    } catch (error) {
      // A sample of a faulty sensor that fits no message; the loop reports it as a bad sample.
      if (stream.unfit++ === 0) this.#note(spec.name, errorMessage(error), received);
      this.#period.dropped++;
      return;
    }
    stream.recorded++;
    if (this.#wantsTopic('period')) this.#period.add(i, stamp, received, this.#digests.of(value));
    if (!this.#wants(i)) return;
    this.#output.write({
      channel: i,
      logTime: nanosecondsOf(received),
      publishTime: nanosecondsOf(stamp),
      data,
    });
  }

  #note(stream: string, message: string, time: number): void {
    const data = JSON.stringify({ stream, message });
    this.#write('loopEvent', time, time, { header: headerOf(time, ''), kind: 'sample_not_recorded', data });
  }

  #add<T extends RecordTopic>(topic: T, time: number, source: number, message: () => MessageOfTopic<T>): void {
    if (!this.#wantsTopic(topic)) return;
    this.#enqueue(SMALL_MESSAGE_BYTES, () => this.#write(topic, time, source, message()));
  }

  #wants(channel: number): boolean {
    return this.#output.wants?.(channel) ?? true;
  }

  #wantsTopic(topic: RecordTopic): boolean {
    return this.#wants(this.#streams.length + RECORD_TOPIC_NAMES.indexOf(topic));
  }

  #write<T extends RecordTopic>(topic: T, time: number, source: number, message: MessageOfTopic<T>): void {
    this.#output.write({
      channel: this.#streams.length + RECORD_TOPIC_NAMES.indexOf(topic),
      logTime: nanosecondsOf(time),
      publishTime: nanosecondsOf(source),
      data: codecOf(RECORD_TOPICS[topic][1]).write(message),
    });
  }

  #enqueue(bytes: number, encode: () => void): void {
    this.#waitingBytes += bytes;
    this.#waiting.push({ bytes, encode });
  }
}

type MessageOfTopic<T extends RecordTopic> = MessageOf[(typeof RECORD_TOPICS)[T][1]];

const codecOf = (type: MessageType) => messageCodec<string>(type);

const sizeOf = (value: StreamValue): number =>
  typeof value === 'object' && value !== null && 'data' in value ? value.data.length : SMALL_MESSAGE_BYTES;
