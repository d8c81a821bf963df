import type { ImageFrame, SignalSpec, StreamValue } from '@praxis/core';
import { isStop, type SafetyState } from '@praxis/safety';
import type { CommandMessage } from '@praxis/wire';
import { type FeatureValue, ImageStatistics } from '@praxis/wire/lerobot';
import { type StreamAudit, StreamCounter } from './audit.ts';
import { ACTION, commandNumbers, type FrameLayout, INTERVENTION, numbersOf, STATE } from './frame-layout.ts';
import type { RecordedEvent } from './recorded-streams.ts';

/** The newest sample of a stream. */
interface Newest {
  readonly value: StreamValue;
  readonly stamp: number;
  readonly received: number;
  /** Number of the sample in its stream. */
  readonly number: number;
}

/** Weights of modalities by their names. */
type Gates = Readonly<Record<string, number>>;

/** The frames of an episode. */
export interface SampledFrames {
  readonly columns: Map<string, FeatureValue[]>;
  /** Newest instruction of each frame; empty before the first one. */
  readonly instructions: readonly string[];
  /** Newest gates of each frame. */
  readonly gates: readonly Gates[];
  readonly images: ReadonlyMap<string, ImageStatistics>;
  /** Time of the first frame and of the recording's first period (s). */
  readonly start: number;
  readonly firstPeriod: number;
  readonly dropped: number;
  readonly audit: readonly StreamAudit[];
}

/** Tolerance of the times of frames (s): those of a recording are whole nanoseconds. */
const TIME_TOLERANCE_S = 1e-6;

/**
 * Takes frames at a fixed rate from the events of a recording. A frame holds the newest sample of each stream that was received by its time,
 * as a policy would have got it; nothing is interpolated. Its action is the last command before the next frame. The first frame is at the
 * time at which every stream and command has been there.
 */
export class FrameSampler {
  readonly #layout: FrameLayout;
  readonly #period: number;
  readonly #newest = new Map<string, Newest>();
  readonly #commands = new Map<string, CommandMessage>();
  readonly #counters = new Map<string, StreamCounter>();
  readonly #columns: Map<string, FeatureValue[]>;
  readonly #images: ReadonlyMap<string, ImageStatistics>;
  readonly #encoded = new Map<string, { readonly number: number; readonly file: Uint8Array }>();
  readonly #instructions: string[] = [];
  readonly #gates: Gates[] = [];
  #instruction = '';
  #driver: string | undefined;
  #safetyState = '';
  #weights: Gates = {};
  #firstPeriod = Number.NaN;
  #start = Number.NaN;
  #dropped = 0;

  /**
   * @param fps frames per second
   * @param driver who drives at the beginning. Default: the recording says it, and there is no frame before it does
   */
  constructor(layout: FrameLayout, fps: number, driver?: string) {
    this.#layout = layout;
    this.#driver = driver;
    this.#period = 1 / fps;
    this.#columns = new Map(Object.keys(layout.features).map((name) => [name, []]));
    this.#images = new Map([...layout.cameras].map(([feature, { shape }]) => [feature, new ImageStatistics(shape[2])]));
  }

  /** Takes the next event; they come in the order of the recording. */
  add(event: RecordedEvent): void {
    if (event.kind !== 'period') {
      this.#takeFrames(event.received);
      this.#keep(event);
      return;
    }
    if (Number.isNaN(this.#firstPeriod)) this.#firstPeriod = event.time;
    this.#dropped += event.dropped;
    this.#takeFrames(event.time);
    this.#safetyState = event.safetyState;
    if (Number.isNaN(this.#start) && this.missing() === undefined) this.#begin(event.time);
  }

  /** The first stream or command without a sample, or who drives; undefined if nothing is missing. */
  missing(): string | undefined {
    const { streams, commands } = this.#layout;
    const stream = streams.find(({ name }) => !this.#newest.has(name));
    if (stream) return `stream ${stream.name}`;
    const command = commands.find(({ name }) => !this.#commands.has(name));
    if (command) return `command ${command.name}`;
    return this.#driver === undefined ? 'who drives (/praxis/driver)' : undefined;
  }

  /** The frames so far. */
  finish(): SampledFrames {
    // The action of the last frame is the last command of the recording.
    if (this.#instructions.length > 0) this.#addAction();
    return {
      ...{ columns: this.#columns, instructions: this.#instructions, gates: this.#gates, images: this.#images },
      ...{ start: this.#start, firstPeriod: this.#firstPeriod, dropped: this.#dropped },
      audit: [...this.#counters.values()].map((counter) => counter.finish()),
    };
  }

  #keep(event: Exclude<RecordedEvent, { readonly kind: 'period' }>): void {
    if (event.kind === 'command') this.#commands.set(event.command.group, event.command);
    else if (event.kind === 'driver') this.#driver = event.driver;
    else if (event.kind === 'gates') {
      const { modalities, weights } = event.gates;
      this.#weights = Object.fromEntries(modalities.map((name, i) => [name, weights[i]]));
    } else if (typeof event.value === 'string') this.#instruction = event.value;
    else {
      const { name } = event.spec;
      this.#newest.set(name, { ...event, number: (this.#newest.get(name)?.number ?? -1) + 1 });
      this.#counters.get(name)?.addSample(event.stamp);
    }
  }

  #begin(time: number): void {
    this.#start = time;
    for (const { name } of this.#layout.streams) {
      const counter = new StreamCounter(name);
      counter.addSample(this.#newest.get(name)!.stamp);
      this.#counters.set(name, counter);
    }
    this.#addFrame(time);
  }

  /** Takes the frames that are due before an event at a time (s). */
  #takeFrames(time: number): void {
    for (;;) {
      const due = this.#start + this.#instructions.length * this.#period;
      if (!(due < time - TIME_TOLERANCE_S)) return;
      this.#addAction();
      this.#addFrame(due);
    }
  }

  #addFrame(time: number): void {
    const { streams, joints, cameras, vectors } = this.#layout;
    const newest = (spec: SignalSpec) => this.#newest.get(spec.name)!;
    this.#push(
      STATE,
      joints.flatMap((spec) => [...numbersOf(spec, newest(spec).value)]),
    );
    for (const [feature, spec] of vectors) this.#push(feature, numbersOf(spec, newest(spec).value));
    for (const [feature, spec] of cameras) this.#push(feature, this.#picture(feature, newest(spec)));
    this.#push(
      'stamps',
      streams.map((spec) => newest(spec).stamp),
    );
    this.#push(
      'received',
      streams.map((spec) => newest(spec).received),
    );
    for (const spec of streams) {
      const { number, stamp } = newest(spec);
      this.#counters.get(spec.name)!.addFrame(number, time - stamp);
    }
    this.#instructions.push(this.#instruction);
    this.#gates.push(this.#weights);
  }

  /** Adds what happens until the next frame: the action, and who gives it. */
  #addAction(): void {
    // After a stop, and after the hold that ends a drive, the supervisor keeps the arm still, not the person.
    const stopped = isStop(this.#safetyState as SafetyState);
    this.#push(INTERVENTION, this.#driver === 'operator' && !stopped);
    this.#push(
      ACTION,
      this.#layout.commands.flatMap((spec) => commandNumbers(spec, this.#commands.get(spec.name)!)),
    );
  }

  #picture(feature: string, { value, number }: Newest): Uint8Array {
    const picture = value as ImageFrame;
    this.#images.get(feature)!.add(picture.data);
    const last = this.#encoded.get(feature);
    if (last?.number === number) return last.file;
    const file = this.#layout.pictures.encode(picture);
    this.#encoded.set(feature, { number, file });
    return file;
  }

  #push(feature: string, value: FeatureValue): void {
    this.#columns.get(feature)!.push(value);
  }
}
