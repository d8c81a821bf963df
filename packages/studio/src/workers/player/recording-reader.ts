import { firstLine, PraxisError, type RobotSpec } from '@praxis/core';
import { FACTS, RESULT } from '@praxis/evaluation/recording';
import { imageFrameOf, messageCodec } from '@praxis/wire';
import type { ByteSource, McapFile, ReadMessage } from '@praxis/wire/mcap';
import type { CameraImage } from '../../protocol/protocol.ts';
import type { PlotData, ReadingProgress, RecordingMark, RecordingSummary } from '../../protocol/recording.ts';
import { BoundedCache } from './bounded-cache.ts';
import { BucketGrid } from './bucket-grid.ts';
import { ChunkDecoder, type ChunkPictures, type CurveSamples } from './chunk-contents.ts';
import { cutLine, openFile } from './open-file.ts';
import { type ChunkSpan, chunksBetween, type FoundMessage, newestAt } from './seek.ts';
import { IMAGE, ShownChannels } from './shown-channels.ts';
import { PlotTable } from './signal-layout.ts';

/** Facts that are programs' business alone. */
const UNSHOWN_FACTS = new Set(['robot_spec']);
/** A picture may be so much older than the time that is shown (s). */
const PICTURE_AGE_S = 5;
/** Most memory for whole chunks with their pictures, and for signals without (bytes). */
const CHUNK_CACHE_BYTES = 64 * 1024 ** 2;
const SIGNAL_CACHE_BYTES = 64 * 1024 ** 2;
/** What a message takes in memory beside its data, and what a sample takes: its time and its value (bytes). */
const MESSAGE_BYTES = 200;
const SAMPLE_BYTES = 24;
/** Buckets of the whole recording and of a part of it. */
const BUCKETS = 1500;
/** Most marks that are listed. */
const MAX_MARKS = 5000;

/** A chunk with its messages. */
interface LoadedChunk {
  readonly messages: readonly ReadMessage[];
  /** By camera. */
  readonly pictures: ReadonlyMap<string, ChunkPictures>;
}

/**
 * Reads a recording at any time of it, chunk by chunk: of all but one chunk never more is in memory than the limits above, however large
 * the file is. Calls may overlap.
 */
export class RecordingReader {
  readonly summary: RecordingSummary;
  readonly #file: McapFile;
  readonly #spans: readonly ChunkSpan[];
  readonly #decoder: ChunkDecoder;
  readonly #table = new PlotTable();
  readonly #chunks = new BoundedCache<number, LoadedChunk>(CHUNK_CACHE_BYTES);
  readonly #signals = new BoundedCache<number, ReadonlyMap<string, CurveSamples>>(SIGNAL_CACHE_BYTES);
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
    return new RecordingReader(await openFile(source));
  }

  private constructor(file: McapFile) {
    this.#file = file;
    let [{ startTime: startNs }] = file.chunks;
    for (const { startTime } of file.chunks) if (startTime < startNs) startNs = startTime;
    const secondsOf = (time: bigint): number => Number(time - startNs) / 1e9;
    this.#spans = file.chunks.map(({ startTime, endTime }) => ({ from: secondsOf(startTime), to: secondsOf(endTime) }));
    const duration = this.#spans.reduce((latest, { to }) => Math.max(latest, to), 0);
    const all: Record<string, string> = Object.assign({}, ...[FACTS, RESULT].map((name) => file.facts(name)));
    const channels = new ShownChannels(file, robotOf(all.robot_spec));
    this.#decoder = new ChunkDecoder({ channels, table: this.#table, secondsOf });
    this.#overview = new BucketGrid(0, duration, BUCKETS);
    this.summary = {
      ...{ name: file.name, duration, startNs, cameras: channels.cameras },
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
    const grid = new BucketGrid(from, to, BUCKETS);
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
      let marks: readonly RecordingMark[] = [];
      try {
        const messages = await this.#read(chunk);
        const report = (error: unknown): void => this.#report(error);
        marks = this.#decoder.marks(messages, report);
        const signals = this.#decoder.signals(messages, report);
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
    const line = firstLine(error);
    const { name } = this.summary;
    this.#firstDamage ??= line.startsWith(name) ? line : `${name}: ${line}`;
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
    let messages: readonly ReadMessage[] = [];
    try {
      messages = await this.#read(chunk);
    } catch (error) {
      if (!(error instanceof PraxisError)) throw error;
    }
    const loaded = { messages, pictures: this.#decoder.pictures(messages) };
    this.#chunks.set(chunk, loaded, this.#file.chunks[chunk].uncompressedSize + messages.length * MESSAGE_BYTES);
    return loaded;
  }

  async #signalsOf(chunk: number): Promise<ReadonlyMap<string, CurveSamples>> {
    const known = this.#signals.get(chunk);
    if (known) return known;
    const signals = this.#decoder.signals((await this.#load(chunk)).messages, () => {});
    this.#keepSignals(chunk, signals);
    return signals;
  }

  #keepSignals(chunk: number, signals: ReadonlyMap<string, CurveSamples>): void {
    let samples = 0;
    for (const { times } of signals.values()) samples += times.length;
    this.#signals.set(chunk, signals, samples * SAMPLE_BYTES);
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

  #plotData(grid: BucketGrid): PlotData {
    const { plots } = this.#table;
    return {
      ...{ from: grid.from, to: grid.to, times: grid.times },
      plots: plots.map(({ layout }) => layout),
      curves: plots.flatMap(({ keys }) => keys.map((key) => grid.values(key))),
    };
  }
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
