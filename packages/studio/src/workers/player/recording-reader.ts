import { firstLine, InputError, PraxisError, type RobotSpec } from '@praxis/core';
import { FACTS, RESULT } from '@praxis/evaluation/recording';
import { imageFrameOf, messageCodec } from '@praxis/wire';
import { type ByteSource, McapFile, type ReadChannel, type ReadMessage } from '@praxis/wire/mcap';
import type { CameraImage } from '../../protocol/protocol.ts';
import type { PlotData, ReadingProgress, RecordingMark, RecordingSummary } from '../../protocol/recording.ts';
import { BoundedCache } from './bounded-cache.ts';
import { BucketGrid } from './bucket-grid.ts';
import { type MarkReader, markReader } from './mark-reader.ts';
import { type ChunkSpan, chunksBetween, type FoundMessage, newestAt } from './seek.ts';
import { type AddValue, PlotTable, type SignalReader, signalReader, streamOf } from './signal-layout.ts';

const IMAGE = 'sensor_msgs/msg/Image';
/** Facts that are programs' business alone. */
const UNSHOWN_FACTS = new Set(['robot_spec']);
/** A picture may be so much older than the time that is shown (s). */
const PICTURE_AGE_S = 5;
/** Most memory for whole chunks with their pictures, and for signals without (bytes). */
const CHUNK_CACHE_BYTES = 64 * 1024 ** 2;
const SIGNAL_CACHE_BYTES = 64 * 1024 ** 2;
/** Buckets of the whole recording and of a part of it. */
const OVERVIEW_BUCKETS = 1500;
const SPAN_BUCKETS = 1500;
/** Most marks that are listed. */
const MAX_MARKS = 5000;
/** Bytes of a sample in memory: its time and its value. */
const SAMPLE_BYTES = 16;

/** A chunk with its messages. */
interface LoadedChunk {
  readonly messages: readonly ReadMessage[];
  /** By camera, its pictures and their times (s), ascending. */
  readonly pictures: ReadonlyMap<string, { readonly times: number[]; readonly messages: ReadMessage[] }>;
}

/** Samples of one curve in one chunk. */
interface CurveSamples {
  readonly times: number[];
  readonly values: number[];
}

/** What a channel is to the reader. */
interface UsedChannel {
  readonly channel: ReadChannel;
  /** Name of the camera; undefined for other channels. */
  readonly camera: string | undefined;
  readonly signals: SignalReader | undefined;
  readonly marks: MarkReader | undefined;
}

/**
 * Reads a recording at any time of it, chunk by chunk: never more of it is in memory than the limits above, however large the file is.
 * Calls may overlap.
 */
export class RecordingReader {
  readonly summary: RecordingSummary;
  readonly #file: McapFile;
  readonly #spans: readonly ChunkSpan[];
  readonly #robot: Pick<RobotSpec, 'commands'> | undefined;
  readonly #used = new Map<number, UsedChannel>();
  readonly #chunks = new BoundedCache<number, LoadedChunk>(CHUNK_CACHE_BYTES);
  readonly #signals = new BoundedCache<number, ReadonlyMap<string, CurveSamples>>(SIGNAL_CACHE_BYTES);
  readonly #table = new PlotTable();
  readonly #overview: BucketGrid;
  /** The end of the reading that was asked for last: a file takes one at a time. */
  #reading: Promise<unknown> = Promise.resolve();
  #damages = 0;
  #firstDamage: string | undefined;

  /**
   * Reads the heads of a recording.
   * @throws {McapError} with the offset for an empty, foreign or damaged file
   * @throws {InputError} for a file without anything to show
   */
  static async open(source: ByteSource): Promise<RecordingReader> {
    const file = await McapFile.open(source);
    if (file.chunks.length === 0) {
      for await (const _ of file.messages())
        throw new InputError(`${file.name}: its messages stand outside chunks, expected a recording with chunks`);
      throw new InputError(
        file.cut
          ? `${file.name}: cut off at byte ${file.cut.offset}, before the first whole chunk of messages`
          : `${file.name}: holds no messages`,
      );
    }
    // Other recorders define a channel within the chunk that first uses it, and may lack an index.
    if (![...file.channels.values()].some(isShown)) for await (const _ of file.messages([file.chunks[0]]));
    if (![...file.channels.values()].some(isShown)) throw foreign(file);
    return new RecordingReader(file);
  }

  private constructor(file: McapFile) {
    this.#file = file;
    let [{ startTime: startNs }] = file.chunks;
    for (const { startTime } of file.chunks) if (startTime < startNs) startNs = startTime;
    const seconds = (time: bigint): number => Number(time - startNs) / 1e9;
    this.#spans = file.chunks.map(({ startTime, endTime }) => ({ from: seconds(startTime), to: seconds(endTime) }));
    const duration = Math.max(...this.#spans.map(({ to }) => to));
    const all: Record<string, string> = Object.assign({}, ...[FACTS, RESULT].map((name) => file.facts(name)));
    this.#robot = robotOf(all.robot_spec);
    const cameras = [...file.channels.values()].filter(isCamera).map(cameraOf);
    this.#overview = new BucketGrid(0, duration, OVERVIEW_BUCKETS);
    this.summary = {
      ...{ name: file.name, duration, startNs, cameras },
      facts: Object.fromEntries(Object.entries(all).filter(([name]) => !UNSHOWN_FACTS.has(name))),
      cut: file.cut && cutLine(file.cut),
    };
  }

  /** The newest picture of each camera at a time (s); none of one whose newest is older than 5 s or damaged. */
  async picturesAt(time: number): Promise<readonly CameraImage[]> {
    const timesIn = async (chunk: number): Promise<ReadonlyMap<string, readonly number[]>> => {
      const { pictures } = await this.#load(chunk);
      return new Map([...pictures].map(([camera, { times }]) => [camera, times]));
    };
    const names = this.summary.cameras;
    const found = await newestAt(this.#spans, time, { lookBack: PICTURE_AGE_S, names, timesIn });
    const images: CameraImage[] = [];
    for (const [camera, place] of found) {
      const image = await this.#picture(camera, place);
      if (image) images.push(image);
    }
    return images;
  }

  /** The signals between two times (s). */
  async signals(from: number, to: number): Promise<PlotData> {
    const grid = new BucketGrid(from, to, SPAN_BUCKETS);
    for (const chunk of chunksBetween(this.#spans, from, to)) {
      for (const [key, { times, values }] of await this.#signalsOf(chunk))
        for (let i = 0; i < times.length; i++) grid.add(key, times[i], values[i]);
    }
    return this.#plotData(grid);
  }

  /** The signals of the whole recording, as far as {@link readAll} has come. */
  overview(): PlotData {
    return this.#plotData(this.#overview);
  }

  /** Reads the whole recording once, chunk by chunk: for the overview, and for the marks. A damaged chunk is left out. */
  async *readAll(): AsyncGenerator<ReadingProgress> {
    const { length } = this.#spans;
    let listed = 0;
    for (let chunk = 0; chunk < length; chunk++) {
      const marks: RecordingMark[] = [];
      try {
        const messages = await this.#read(chunk);
        const report = (error: unknown): void => this.#report(error);
        this.#decodeMarks(messages, marks, report);
        const signals = this.#decodeSignals(messages, report);
        this.#keepSignals(chunk, signals);
        for (const [key, { times, values }] of signals)
          for (let i = 0; i < times.length; i++) this.#overview.add(key, times[i], values[i]);
      } catch (error) {
        this.#report(error);
      }
      const shown = marks.slice(0, Math.max(0, MAX_MARKS - listed));
      listed += marks.length;
      yield {
        fraction: (chunk + 1) / length,
        marks: shown,
        unlistedMarks: Math.max(0, listed - MAX_MARKS),
        damage: this.#damage,
      };
    }
  }

  get #damage(): string | undefined {
    if (this.#firstDamage === undefined) return undefined;
    const more = this.#damages - 1;
    return more > 0 ? `${this.#firstDamage}; ${more} more are damaged` : this.#firstDamage;
  }

  /** Notes a damaged chunk or message once, which is then left out. @throws what is no damage */
  #report(error: unknown): void {
    if (!(error instanceof PraxisError)) throw error;
    this.#damages++;
    this.#firstDamage ??= firstLine(error);
  }

  async #picture(camera: string, { chunk, at, time }: FoundMessage): Promise<CameraImage | undefined> {
    const { pictures } = await this.#load(chunk);
    const message = pictures.get(camera)?.messages[at];
    if (!message) return undefined;
    try {
      const { width, height, data } = imageFrameOf(messageCodec(IMAGE).read(message.data));
      return { camera, width, height, data, stamp: time - Number(message.logTime - message.publishTime) * 1e-9 };
    } catch (error) {
      if (!(error instanceof PraxisError)) throw error;
      return undefined;
    }
  }

  /** A chunk with its messages; one that is damaged has none, which {@link readAll} reports. */
  async #load(chunk: number): Promise<LoadedChunk> {
    const known = this.#chunks.get(chunk);
    if (known) return known;
    let loaded: LoadedChunk = { messages: [], pictures: new Map() };
    try {
      loaded = this.#loadedOf(await this.#read(chunk));
    } catch (error) {
      if (!(error instanceof PraxisError)) throw error;
    }
    this.#chunks.set(chunk, loaded, this.#file.chunks[chunk].uncompressedSize);
    return loaded;
  }

  #loadedOf(messages: readonly ReadMessage[]): LoadedChunk {
    const pictures = new Map<string, { times: number[]; messages: ReadMessage[] }>();
    const inOrder = messages
      .filter(({ channelId }) => this.#usedChannel(channelId)?.camera !== undefined)
      .sort((a, b) => (a.logTime < b.logTime ? -1 : a.logTime > b.logTime ? 1 : 0));
    for (const message of inOrder) {
      const camera = this.#usedChannel(message.channelId)!.camera!;
      const own = pictures.get(camera) ?? { times: [], messages: [] };
      own.times.push(this.#seconds(message.logTime));
      own.messages.push(message);
      pictures.set(camera, own);
    }
    return { messages, pictures };
  }

  async #signalsOf(chunk: number): Promise<ReadonlyMap<string, CurveSamples>> {
    const known = this.#signals.get(chunk);
    if (known) return known;
    const signals = this.#decodeSignals((await this.#load(chunk)).messages, () => {});
    this.#keepSignals(chunk, signals);
    return signals;
  }

  #keepSignals(chunk: number, signals: ReadonlyMap<string, CurveSamples>): void {
    let samples = 0;
    for (const { times } of signals.values()) samples += times.length;
    this.#signals.set(chunk, signals, samples * SAMPLE_BYTES);
  }

  #decodeMarks(messages: readonly ReadMessage[], marks: RecordingMark[], report: (error: unknown) => void): void {
    for (const { channelId, logTime, data } of messages) {
      const used = this.#usedChannel(channelId);
      if (!used?.marks) continue;
      const read = used.marks;
      this.#guarded(used, () => marks.push({ time: this.#seconds(logTime), ...read(data) }), report);
    }
  }

  #decodeSignals(
    messages: readonly ReadMessage[],
    report: (error: unknown) => void,
  ): ReadonlyMap<string, CurveSamples> {
    const curves = new Map<string, { times: number[]; values: number[] }>();
    for (const { channelId, logTime, data } of messages) {
      const used = this.#usedChannel(channelId);
      if (!used?.signals) continue;
      const time = this.#seconds(logTime);
      const read = used.signals;
      const add: AddValue = (plot, curve, value) => {
        const key = this.#table.keyOf(plot, curve);
        const own = curves.get(key) ?? { times: [], values: [] };
        own.times.push(time);
        own.values.push(value);
        curves.set(key, own);
      };
      this.#guarded(used, () => read(data, add), report);
    }
    return curves;
  }

  /** Reads the messages of a chunk. @throws {McapError} when it is damaged */
  #read(chunk: number): Promise<readonly ReadMessage[]> {
    const reading = this.#reading.then(async () => {
      const messages: ReadMessage[] = [];
      for await (const message of this.#file.messages([this.#file.chunks[chunk]])) messages.push(message);
      return messages;
    });
    this.#reading = reading.catch(() => {});
    return reading;
  }

  /** Reads a message; one that is damaged is left out and reported with its topic. */
  #guarded({ channel }: UsedChannel, read: () => void, report: (error: unknown) => void): void {
    try {
      read();
    } catch (error) {
      if (!(error instanceof PraxisError)) throw error;
      report(new InputError(`${this.summary.name}: ${channel.topic}: ${firstLine(error)}`, { cause: error }));
    }
  }

  #usedChannel(id: number): UsedChannel | undefined {
    const known = this.#used.get(id);
    if (known) return known;
    const channel = this.#file.channels.get(id);
    if (!channel || !isShown(channel)) return undefined;
    const used: UsedChannel = {
      channel,
      camera: isCamera(channel) ? cameraOf(channel) : undefined,
      signals: signalReader(channel, this.#robot),
      marks: markReader(channel),
    };
    this.#used.set(id, used);
    return used;
  }

  #seconds(time: bigint): number {
    return Number(time - this.summary.startNs) / 1e9;
  }

  #plotData(grid: BucketGrid): PlotData {
    const { plots } = this.#table;
    return {
      ...{ from: grid.from, to: grid.to, times: grid.times },
      plots: plots.map(({ layout }) => layout),
      curves: plots.flatMap(({ keys }) => keys.map((key) => grid.values(key))),
    };
  }
}

const isCamera = ({ type }: ReadChannel): boolean => type === IMAGE;
const cameraOf = (channel: ReadChannel): string =>
  streamOf(channel)
    .replace(/^images\./, '')
    .replace(/^\/(?:camera_)?/, '')
    .replace(/\/image_raw$/, '');

/** True for a channel of which the page shows something. */
const isShown = (channel: ReadChannel): boolean =>
  channel.encoding === 'cdr' &&
  (isCamera(channel) || signalReader(channel, undefined) !== undefined || markReader(channel) !== undefined);

function foreign({ name, library, channels }: McapFile): InputError {
  const topics = [...channels.values()].slice(0, 3).map(({ topic, type }) => `${topic} (${type || 'no type'})`);
  const has = topics.length > 0 ? topics.join(', ') : 'no topics';
  return new InputError(
    `${name}: no topic to show, expected pictures, joints, wrenches or others of a recording of Praxis; it has ${has}, written by ${library || 'an unnamed program'}`,
  );
}

/** The robot of a recording; undefined where the fact is missing or is not what Praxis writes. */
function robotOf(text: string | undefined): Pick<RobotSpec, 'commands'> | undefined {
  try {
    const spec = JSON.parse(text ?? 'null') as RobotSpec | null;
    return Array.isArray(spec?.commands) ? spec : undefined;
  } catch {
    return undefined;
  }
}

const cutLine = ({ offset, lostBytes, reason }: NonNullable<McapFile['cut']>): string =>
  `cut off at byte ${offset}: ${reason}. What stands before it is shown${lostBytes > 0 ? `; ${lostBytes} bytes are lost` : ''}.`;
