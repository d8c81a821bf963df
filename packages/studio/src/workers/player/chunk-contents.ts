import { firstLine, InputError, PraxisError } from '@praxis/core';
import type { ReadMessage } from '@praxis/wire/mcap';
import type { RecordingMark } from '../../protocol/recording.ts';
import type { ShownChannel, ShownChannels } from './shown-channels.ts';
import type { AddValue, PlotTable } from './signal-layout.ts';

/** Pictures of one camera in a chunk, and the times of their receipt (s), ascending. */
export interface ChunkPictures {
  readonly times: number[];
  readonly messages: ReadMessage[];
}

/** Samples of one curve in a chunk. */
export interface CurveSamples {
  readonly times: number[];
  readonly values: number[];
}

/** Options of {@link ChunkDecoder}. */
export interface ChunkDecoderOptions {
  readonly channels: ShownChannels;
  /** Gets to know the curves. */
  readonly table: PlotTable;
  /** Seconds since the first message of the file. */
  readonly secondsOf: (time: bigint) => number;
}

/** Gets what is damaged in a message, which is then left out. */
type Report = (error: InputError) => void;

/** Decodes the messages of chunks. */
export class ChunkDecoder {
  readonly #channels: ShownChannels;
  readonly #table: PlotTable;
  readonly #secondsOf: (time: bigint) => number;

  constructor({ channels, table, secondsOf }: ChunkDecoderOptions) {
    this.#channels = channels;
    this.#table = table;
    this.#secondsOf = secondsOf;
  }

  /** Finds the pictures of each camera. They are not decoded. */
  pictures(messages: readonly ReadMessage[]): ReadonlyMap<string, ChunkPictures> {
    const pictures = new Map<string, ChunkPictures>();
    const inOrder = messages
      .filter(({ channelId }) => this.#channels.get(channelId)?.camera !== undefined)
      .sort((a, b) => (a.logTime < b.logTime ? -1 : a.logTime > b.logTime ? 1 : 0));
    for (const message of inOrder) {
      const camera = this.#channels.get(message.channelId)!.camera!;
      const own = pictures.get(camera) ?? { times: [], messages: [] };
      own.times.push(this.#secondsOf(message.logTime));
      own.messages.push(message);
      pictures.set(camera, own);
    }
    return pictures;
  }

  marks(messages: readonly ReadMessage[], report: Report): readonly RecordingMark[] {
    const marks: RecordingMark[] = [];
    for (const { channelId, logTime, data } of messages) {
      const channel = this.#channels.get(channelId);
      const read = channel?.marks;
      if (read) guarded(channel, () => marks.push({ time: this.#secondsOf(logTime), ...read(data) }), report);
    }
    return marks;
  }

  /** Samples by the keys of their curves. */
  signals(messages: readonly ReadMessage[], report: Report): ReadonlyMap<string, CurveSamples> {
    const curves = new Map<string, CurveSamples>();
    for (const { channelId, logTime, data } of messages) {
      const channel = this.#channels.get(channelId);
      const read = channel?.signals;
      if (!read) continue;
      const time = this.#secondsOf(logTime);
      const add: AddValue = (plot, curve, value) => {
        const key = this.#table.keyOf(plot, curve);
        const own = curves.get(key) ?? { times: [], values: [] };
        own.times.push(time);
        own.values.push(value);
        curves.set(key, own);
      };
      guarded(channel, () => read(data, add), report);
    }
    return curves;
  }
}

/** Reads a message; one that is damaged is reported with its topic. */
function guarded({ channel }: ShownChannel, read: () => void, report: Report): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof PraxisError)) throw error;
    report(new InputError(`${channel.topic}: ${firstLine(error)}`, { cause: error }));
  }
}
