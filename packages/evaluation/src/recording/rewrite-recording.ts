import { existsSync, renameSync, rmSync } from 'node:fs';
import { InputError } from '@praxis/core';
import {
  ChunkBuilder,
  loadZstd,
  type McapChannel,
  type McapFile,
  McapFileWriter,
  type McapMetadata,
  type ReadChannel,
} from '@praxis/wire/mcap';
import { withMcapFile } from './file-source.ts';
import { type ExistingFile, existsError, FileSink } from './thread/file-sink.ts';

/** A channel of a copy. */
export interface RewrittenChannel extends McapChannel {
  /** Changes a message; called for each in the order of the file. Default: the messages stay as they are. */
  readonly rewrite?: (data: Uint8Array) => Uint8Array;
}

/** What a copy of a recording has. */
export interface RewritePlan {
  /** The channel that each channel becomes, by its id; channels that are missing are left out. */
  readonly channels: ReadonlyMap<number, RewrittenChannel>;
  readonly metadata: readonly McapMetadata[];
}

/** How many messages a copy has. */
export interface RewriteReport {
  readonly messages: number;
  /** Messages that were left out. */
  readonly dropped: number;
}

/** A channel as it is, for a copy. */
export const sameChannel = ({ topic, type, metadata, schema }: ReadChannel): McapChannel => ({
  ...{ topic, type, metadata, schema: schema.text },
});

/**
 * Copies a recording with other channels, messages or metadata. The copy is written beside its place and then renamed.
 * @throws {InputError} for a recording of other types, a file that exists, and what the plan throws
 */
export async function rewriteRecording(
  path: string,
  out: string,
  existing: ExistingFile,
  plan: (file: McapFile) => RewritePlan | Promise<RewritePlan>,
): Promise<RewriteReport> {
  if (existing === 'refuse' && existsSync(out)) throw existsError(out);
  await loadZstd();
  return withMcapFile(path, async (file) => {
    checkTypes(file);
    const planned = await plan(file);
    const part = `${out}.part`;
    const sink = new FileSink(part, 'overwrite');
    try {
      const report = await copy(file, sink, planned).finally(() => sink.close());
      renameSync(part, out);
      return report;
    } catch (error) {
      rmSync(part, { force: true });
      throw error;
    }
  });
}

function checkTypes(file: McapFile): void {
  const foreign = [...file.channels.values()].find(
    ({ encoding, schema }) => encoding !== 'cdr' || schema.encoding !== 'ros2msg',
  );
  if (!foreign) return;
  const { topic, encoding, schema } = foreign;
  throw new InputError(
    `${file.name}: topic ${topic} is in ${encoding || 'no encoding'} with a schema in ${schema.encoding || 'none'}, expected cdr and ros2msg`,
  );
}

async function copy(file: McapFile, sink: FileSink, { channels, metadata }: RewritePlan): Promise<RewriteReport> {
  const places = new Map([...channels.keys()].map((id, i) => [id, i]));
  const written = [...channels.values()];
  const writer = new McapFileWriter(sink, { channels: written, metadata: [...metadata], library: file.library });
  const builder = new ChunkBuilder();
  let [messages, dropped] = [0, 0];
  for await (const { channelId, logTime, publishTime, data } of file.messages()) {
    const channel = places.get(channelId);
    if (channel === undefined) {
      dropped++;
      continue;
    }
    messages++;
    const { rewrite } = written[channel];
    const chunk = builder.add({ channel, logTime, publishTime, data: rewrite ? rewrite(data) : data });
    if (chunk) writer.addChunk(chunk);
  }
  const last = builder.finish();
  if (last) writer.addChunk(last);
  writer.end();
  return { messages, dropped };
}
