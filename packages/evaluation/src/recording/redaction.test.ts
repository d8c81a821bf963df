import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageCodec } from '@praxis/wire';
import { ChunkBuilder, loadZstd, McapFileWriter } from '@praxis/wire/mcap';
import { afterAll, expect, it } from 'vitest';
import { withMcapFile } from './file-source.ts';
import { redactRecording } from './redaction.ts';
import { FileSink } from './thread/file-sink.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-redaction-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('a copy without words has neither sound nor logs, and topics of types that only the file knows as they were', async () => {
  await loadZstd();
  const audio = messageCodec('audio_common_msgs/msg/AudioData').write({ data: Uint8Array.of(1, 2) });
  const foreign = Uint8Array.of(0, 1, 0, 0, 42);
  const channels = [
    { topic: '/grip', type: 'grip_msgs/msg/Fingers', schema: 'uint8 count' },
    { topic: '/audio', type: 'audio_common_msgs/msg/AudioData' },
    { topic: '/rosout', type: 'rcl_interfaces/msg/Log' },
  ];
  const path = join(folder, 'whole.mcap');
  const sink = new FileSink(path, 'refuse');
  const writer = new McapFileWriter(sink, { channels, metadata: [], library: 'test' });
  const builder = new ChunkBuilder();
  for (const [channel, data] of [foreign, audio, messageCodec('rcl_interfaces/msg/Log').write({} as never)].entries())
    builder.add({ channel, logTime: 7n, publishTime: 6n, data });
  writer.addChunk(builder.finish()!);
  writer.end();
  sink.close();

  const out = join(folder, 'shared.mcap');
  const report = await redactRecording(path, out, { blur: [], cut: [], drop: [], dropWords: true });
  expect(report).toEqual({ pictures: 0, dropped: 2, messages: 1 });
  await withMcapFile(out, async (file) => {
    expect([...file.channels.values()].map(({ topic, type, schema }) => [topic, type, schema.text])).toEqual([
      ['/grip', 'grip_msgs/msg/Fingers', 'uint8 count'],
    ]);
    for await (const { data } of file.messages()) expect([...data]).toEqual([...foreign]);
  });
});
