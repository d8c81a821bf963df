import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from '@foxglove/rosmsg';
import { MessageReader } from '@foxglove/rosmsg2-serialization';
import { messageCodec } from '@praxis/wire';
import { bytesSource, McapFile } from '@praxis/wire/mcap';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runMain } from './run-main.ts';
import { startTestBrowser } from './studio-page.ts';

const policy = fileURLToPath(new URL('./recordings/streams-policy.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'praxis-video-'));
const [original, copy] = ['original.mcap', 'video.mcap'].map((name) => join(folder, name));
afterAll(() => rmSync(folder, { recursive: true }));

/** The messages of a topic, as bytes with the time of receipt (ns). */
async function messagesOf(path: string, topic: string) {
  const file = await McapFile.open(bytesSource(path, readFileSync(path)));
  const messages: { readonly data: Uint8Array; readonly logTime: bigint }[] = [];
  for await (const { channelId, data, logTime } of file.messages())
    if (file.channels.get(channelId)?.topic === topic) messages.push({ data, logTime });
  const channel = [...file.channels.values()].find((each) => each.topic === topic)!;
  return { messages, channel, file };
}

/** A message as Foxglove reads it, by the schema of the file. */
interface Video {
  readonly timestamp: { readonly sec: number; readonly nanosec: number };
  readonly frame_id: string;
  readonly format: string;
  readonly data: Uint8Array;
}

/** Types of the NAL units of an access unit in Annex B form. */
const nalTypes = (unit: Uint8Array): number[] =>
  [...unit.keys()]
    .filter((i) => unit[i] === 0 && unit[i + 1] === 0 && unit[i + 2] === 0 && unit[i + 3] === 1)
    .map((i) => unit[i + 4] & 0x1f);
const [SLICE, KEY_SLICE, SEQUENCE_SET, PICTURE_SET] = [1, 5, 7, 8];

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** Decodes in Chromium, as Foxglove and Lichtblick do. @returns the mean difference of each decoded picture from the raw one (0 to 255) */
async function differencesInBrowser(units: readonly Uint8Array[], raw: readonly Uint8Array[]): Promise<number[]> {
  const server = createServer((_, response) => response.end('<p>'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await startTestBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    return await page.evaluate(
      async ({ coded, pictures }) => {
        const bytes = (text: string) => Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
        const differences: number[] = [];
        const canvas = new OffscreenCanvas(96, 96).getContext('2d', { willReadFrequently: true })!;
        const decoder = new VideoDecoder({
          output(frame) {
            canvas.drawImage(frame, 0, 0);
            const wanted = bytes(pictures[differences.length]);
            frame.close();
            const { data } = canvas.getImageData(0, 0, 96, 96);
            let sum = 0;
            for (let i = 0; i < 96 * 96; i++)
              for (let c = 0; c < 3; c++) sum += Math.abs(data[4 * i + c] - wanted[3 * i + c]);
            differences.push(sum / wanted.length);
          },
          error(error) {
            throw error;
          },
        });
        decoder.configure({ codec: 'avc1.42000a', optimizeForLatency: true });
        for (const [i, { text, key }] of coded.entries())
          decoder.decode(new EncodedVideoChunk({ type: key ? 'key' : 'delta', timestamp: i, data: bytes(text) }));
        await decoder.flush();
        return differences;
      },
      {
        coded: units.map((unit) => ({ text: base64(unit), key: nalTypes(unit).includes(5) })),
        pictures: raw.map(base64),
      },
    );
  } finally {
    await browser.close();
    server.close();
  }
}

describe('a copy of a recording with its pictures as video', () => {
  beforeAll(async () => {
    const options = ['--task', 'interrupt', '--seed', '2000001', '--episodes', '1', '--policy', policy];
    expect((await runMain(['eval', ...options, '--record', original])).status).toBe(0);
    const { status, err } = await runMain(['recordings', 'compress', original, '--pictures', 'video', '--out', copy]);
    expect(status, err).toBe(0);
    expect(err).toContain('only the original can be replayed and exported');
  });

  it('has one access unit for each picture, at its times, with a key frame every 30 that can be decoded alone', async () => {
    const raw = await messagesOf(original, '/camera_front/image_raw');
    const { messages, channel, file } = await messagesOf(copy, '/camera_front/image_raw/video');
    expect(channel.type).toBe('foxglove_msgs/msg/CompressedVideo');
    expect(file.facts('praxis_pictures')).toEqual({ coding: 'h264' });
    expect(messages.map(({ logTime }) => logTime)).toEqual(raw.messages.map(({ logTime }) => logTime));
    expect(messages.length).toBeGreaterThan(60);
    const reader = new MessageReader<Video>(parse(channel.schema.text, { ros2: true }));
    const images = messageCodec('sensor_msgs/msg/Image');
    for (const [i, { data }] of messages.entries()) {
      const video = reader.readMessage(data);
      const { stamp, frame_id } = images.read(raw.messages[i].data).header;
      expect(video).toMatchObject({ format: 'h264', frame_id, timestamp: stamp });
      expect(nalTypes(video.data)).toEqual(i % 30 === 0 ? [SEQUENCE_SET, PICTURE_SET, KEY_SLICE] : [SLICE]);
    }
    const sizeOf = (all: typeof messages) => all.reduce((sum, { data }) => sum + data.length, 0);
    expect(sizeOf(messages)).toBeLessThan(sizeOf(raw.messages) / 20);
  });

  it("shows in a browser's decoder what was recorded", async () => {
    const images = messageCodec('sensor_msgs/msg/Image');
    const videos = messageCodec('foxglove_msgs/msg/CompressedVideo');
    for (const camera of ['front', 'wrist']) {
      const raw = await messagesOf(original, `/camera_${camera}/image_raw`);
      const coded = await messagesOf(copy, `/camera_${camera}/image_raw/video`);
      const differences = await differencesInBrowser(
        coded.messages.map(({ data }) => videos.read(data).data),
        raw.messages.map(({ data }) => images.read(data).data),
      );
      expect(differences).toHaveLength(raw.messages.length);
      expect(Math.max(...differences), camera).toBeLessThan(6);
    }
  });

  it('is refused by replay and export in one line', async () => {
    const reason = 'its pictures are h264, which lost detail, expected the recording that it was made of';
    expect(await runMain(['replay', copy])).toMatchObject({ status: 2, err: `praxis replay: ${copy}: ${reason}\n` });
    const exported = await runMain(['export', copy, '--to', 'lerobot', '--out', join(folder, 'dataset')]);
    expect(exported.status).toBe(2);
    expect(exported.err).toContain(`praxis export: ${copy}: ${reason}\n`);
  });
});
