/**
 * Recordings as MCAP files that ROS 2, Foxglove and Lichtblick open, in Node and in browsers.
 *
 * @example
 * import { messageCodec } from '@praxis/wire';
 * import { bytesSource, ChunkBuilder, loadZstd, McapFile, McapFileWriter } from '@praxis/wire/mcap';
 * await loadZstd();
 * const parts: Uint8Array[] = [];
 * const channels = [{ topic: '/instruction', type: 'std_msgs/msg/String' }];
 * const sink = { write: (bytes: Uint8Array) => parts.push(bytes.slice()) };
 * const writer = new McapFileWriter(sink, { channels, metadata: [], library: 'example' });
 * const builder = new ChunkBuilder();
 * const data = messageCodec('std_msgs/msg/String').write({ data: 'pick up the red cube' });
 * builder.add({ channel: 0, logTime: 1_000n, publishTime: 1_000n, data });
 * writer.addChunk(builder.finish()!);
 * writer.end();
 * const file = await McapFile.open(bytesSource('memory', Buffer.concat(parts)));
 * for await (const { logTime } of file.messages()) console.log(logTime); // 1000n
 */
export { loadZstd } from '../zstd/zstd.ts';
export { BufferedSource, type ByteSource, bytesSource } from './byte-source.ts';
export { type McapChannel, ROS2_PROFILE } from './channel.ts';
export { CHUNK_LIMITS, ChunkBuilder, type ChunkLimits, type McapChunk, type McapMessage } from './chunk-builder.ts';
export type { Compression } from './compression.ts';
export { McapError } from './error.ts';
export { type ByteSink, McapFileWriter, type McapHead, type McapMetadata } from './file-writer.ts';
export { type FileCut, McapFile, type ReadChannel } from './reader.ts';
export type { ChunkPlace, ReadMessage } from './records.ts';
export { ChunkRing, type RingLimits } from './ring.ts';
export { joinDefinitions, schemaText } from './schema-text.ts';
