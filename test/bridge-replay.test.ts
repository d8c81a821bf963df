import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { McapWriter, TempBuffer } from '@mcap/core';
import { openBridge, playRecording } from '@praxis/evaluation';
import { messageCodec } from '@praxis/wire';
import { bytesSource, McapFile } from '@praxis/wire/mcap';
import { Ros, Topic } from 'roslib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from './live-world.ts';
import { runMain } from './run-main.ts';

const file = fileURLToPath(new URL('./recordings/corpus/zstd.mcap', import.meta.url));

describe('a recording that is played to a bridge', () => {
  it('reaches a client message by message, with its topics, types and facts', async () => {
    const bridge = await openBridge({ address: { port: 0 } });
    onTestFinished(() => bridge.close());
    const { signal } = new AbortController();
    const remarks: string[] = [];
    const onRemark = (line: string) => void remarks.push(line);
    const played = playRecording(file, { ...bridge, pacing: 'fast', begins: 'subscription', signal, onRemark });
    await eventually(() => bridge.hub.topics.length > 0);
    const ros = new Ros();
    onTestFinished(() => ros.close());
    await ros.connect(bridge.url!);
    const source = await McapFile.open(bytesSource(file, readFileSync(file)));
    const expected: [topic: string, logTime: bigint, data: Uint8Array][] = [];
    for await (const { channelId, logTime, data } of source.messages()) {
      expected.push([source.channels.get(channelId)!.topic, logTime, data.slice()]);
    }
    const received = new Map<string, Uint8Array[]>();
    for (const { topic, type } of bridge.hub.topics) {
      const messages: Uint8Array[] = [];
      received.set(topic, messages);
      new Topic<{ readonly bytes: Uint8Array }>({
        ros,
        name: topic,
        messageType: type,
        compression: 'cbor-raw',
        queue_length: 100,
      }).subscribe(({ bytes }) => void messages.push(new Uint8Array(bytes)));
    }
    const { messages } = await played;
    expect(messages).toBe(expected.length);
    await new Promise((resolve, reject) => ros.getTopics(resolve, reject));
    const topics = [...new Set(expected.map(([topic]) => topic))];
    expect(topics.length).toBeGreaterThan(2);
    for (const topic of topics) {
      const own = expected.filter(([name]) => name === topic).map(([, , data]) => data);
      expect([topic, received.get(topic)]).toEqual([topic, own]);
    }
    for (const { topic, type } of bridge.hub.topics) {
      for (const bytes of received.get(topic)!) messageCodec<string>(type).read(bytes);
    }
    expect(remarks).toEqual([]);
  });

  it('ends when it is told to, while it waits for a client', async () => {
    const bridge = await openBridge({ address: { port: 0 } });
    onTestFinished(() => bridge.close());
    const controller = new AbortController();
    const options = {
      pacing: 'realtime',
      begins: 'subscription',
      signal: controller.signal,
      onRemark: () => {},
    } as const;
    const played = playRecording(file, { ...bridge, ...options });
    controller.abort();
    expect(await played).toMatchObject({ messages: 0 });
  });

  it('is refused at once when none of its topics can be shown, which no client could ask for', async () => {
    const bytes = new TempBuffer();
    const writer = new McapWriter({ writable: bytes });
    await writer.start({ profile: '', library: 'test' });
    await writer.registerChannel({ schemaId: 0, topic: '/words', messageEncoding: 'json', metadata: new Map() });
    await writer.end();
    const foreign = join(mkdtempSync(join(tmpdir(), 'praxis-foreign-')), 'foreign.mcap');
    onTestFinished(() => rmSync(dirname(foreign), { recursive: true }));
    writeFileSync(foreign, bytes.get());
    const bridge = await openBridge({ address: { port: 0 } });
    onTestFinished(() => bridge.close());
    const { signal } = new AbortController();
    const options = { pacing: 'fast', begins: 'subscription', signal, onRemark: () => {} } as const;
    await expect(playRecording(foreign, { ...bridge, ...options })).rejects.toThrow(/no topic whose messages/);
  });

  it('is refused in one line when the file or the options are wrong', async () => {
    const refused = async (...args: string[]) => {
      const { status, err } = await runMain(['replay', ...args]);
      return [status, err.trim()];
    };
    const own = fileURLToPath(import.meta.url);
    expect(await refused(own, '--serve', '0')).toEqual([2, expect.stringContaining('no MCAP file')]);
    expect(await refused(file, '--serve', '0', '--policy', 'p')).toEqual([
      2,
      'praxis replay: --policy: cannot be used with --serve',
    ]);
    expect(await refused(file, '--allow-origin', 'https://a.example')).toEqual([
      2,
      'praxis replay: --allow-origin: expected --serve with it',
    ]);
    expect(await refused(file, '--serve', '0', '--host', '0.0.0.0')).toEqual([
      2,
      'praxis replay: host 0.0.0.0: other machines reach it, expected a token',
    ]);
  });
});
