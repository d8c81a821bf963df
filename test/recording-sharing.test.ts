import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '@praxis/core';
import {
  compressRecording,
  pruneRecordings,
  type RedactionRules,
  recordingsIn,
  redactRecording,
} from '@praxis/evaluation';
import { messageCodec } from '@praxis/wire';
import { bytesSource, McapFile, McapFileWriter } from '@praxis/wire/mcap';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { runMain } from './run-main.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-sharing-'));
afterAll(() => rmSync(folder, { recursive: true }));
const original = fileURLToPath(new URL('./recordings/corpus/zstd.mcap', import.meta.url));
const NOTHING: RedactionRules = { blur: [], cut: [], drop: [], dropWords: false };
const images = messageCodec('sensor_msgs/msg/Image');
/** Topics whose checksums of samples are taken out. */
const WITH_DIGESTS: readonly string[] = ['/praxis/period', '/praxis/observation'];

async function read(path: string) {
  const file = await McapFile.open(bytesSource(path, readFileSync(path)));
  const messages = [];
  for await (const message of file.messages()) {
    messages.push({ topic: file.channels.get(message.channelId)!.topic, ...message });
  }
  return { file, messages };
}

let count = 0;
async function redacted(rules: Partial<RedactionRules>) {
  const out = join(folder, `out${count++}.mcap`);
  const report = await redactRecording(original, out, { ...NOTHING, ...rules });
  return { report, out, ...(await read(out)) };
}

const before = await read(original);
const topics = [...before.file.channels.values()];
const picture = topics.find(({ type }) => type === 'sensor_msgs/msg/Image')!.topic;

describe('a redacted recording', () => {
  it('has black in the regions that are cut and every other byte of the original', async () => {
    const [x, y, width, height] = [1, 1, 2, 2];
    const { messages, report, file } = await redacted({ cut: [{ topic: picture, x, y, width, height }] });
    expect(messages).toHaveLength(before.messages.length);
    expect(report).toMatchObject({ dropped: 0, messages: messages.length });
    let changed = 0;
    for (const [i, { topic, data, logTime, publishTime }] of messages.entries()) {
      const was = before.messages[i];
      expect({ topic, logTime, publishTime }).toEqual({
        topic: was.topic,
        logTime: was.logTime,
        publishTime: was.publishTime,
      });
      if (topic !== picture) {
        if (!WITH_DIGESTS.includes(topic)) expect(Buffer.compare(data, was.data)).toBe(0);
        continue;
      }
      changed++;
      const [now, then] = [images.read(data), images.read(was.data)];
      for (let row = 0; row < now.height; row++) {
        for (let column = 0; column < now.width; column++) {
          const inside = column >= x && column < x + width && row >= y && row < y + height;
          const at = row * now.step + 3 * column;
          const expected = inside ? [0, 0, 0] : [...then.data.subarray(at, at + 3)];
          expect([...now.data.subarray(at, at + 3)]).toEqual(expected);
        }
      }
    }
    expect(changed).toBe(report.pictures);
    expect(changed).toBeGreaterThan(0);
    expect(file.facts('praxis_redaction')).toEqual({
      blurred: '',
      cut: `${picture}:1,1,2,2`,
      dropped_topics: '',
      dropped_words: 'false',
    });
  });

  it('has no checksum of a sample, by which a text could be guessed, and is not replayed', async () => {
    const { messages, out } = await redacted({ dropWords: true });
    const digestsOf = (list: typeof messages) =>
      list.flatMap(({ topic, data }) =>
        topic === '/praxis/period'
          ? [...messageCodec('praxis_msgs/msg/Period').read(data).digests]
          : topic === '/praxis/observation'
            ? [...messageCodec('praxis_msgs/msg/Observation').read(data).digests]
            : [],
      );
    expect(digestsOf(before.messages).some((digest) => digest !== 0)).toBe(true);
    expect(new Set(digestsOf(messages))).toEqual(new Set([0]));
    const { status, err } = await runMain(['replay', out]);
    expect(err).toMatch(/: is redacted, expected the recording that it was made of\n$/);
    expect(status).toBe(2);
  });

  it('has no words and no topic that was dropped, neither as messages nor in the index', async () => {
    const { file, messages, report } = await redacted({ dropWords: true, drop: [picture] });
    const left = [...file.channels.values()];
    expect(left.map(({ topic }) => topic)).not.toContain(picture);
    expect(left.map(({ type }) => type)).not.toContain('std_msgs/msg/String');
    expect(messages.length + report.dropped).toBe(before.messages.length);
    for (const { values } of file.metadata) expect(Object.keys(values)).not.toContain('instruction');
  });

  it('blurs a region to few colours', async () => {
    const first = images.read(before.messages.find(({ topic }) => topic === picture)!.data);
    const { messages } = await redacted({
      blur: [{ topic: picture, x: 0, y: 0, width: first.width, height: first.height }],
    });
    const { data } = images.read(messages.find(({ topic }) => topic === picture)!.data);
    const colours = new Set(Array.from({ length: data.length / 3 }, (_, i) => data.subarray(3 * i, 3 * i + 3).join()));
    expect(colours.size).toBeLessThanOrEqual(16);
  });

  it.each([
    [{ drop: ['/nothing'] }, /no topic \/nothing, expected one of \//],
    [{ cut: [{ topic: '/wrench', x: 0, y: 0, width: 1, height: 1 }] }, /no pictures in \/wrench, expected one of \//],
    [
      { blur: [{ topic: picture, x: 0, y: 0, width: 9999, height: 1 }] },
      /region .*:0,0,9999,1 is outside of a picture of \d+ x \d+/,
    ],
  ] as const)('is not written for a rule that does not fit: %j', async (rules, line) => {
    const out = join(folder, 'refused.mcap');
    const tried = redactRecording(original, out, { ...NOTHING, ...rules });
    await expect(tried).rejects.toThrow(InputError);
    await expect(tried).rejects.toThrow(line);
    expect(readdirSync(folder).filter((name) => name.startsWith('refused'))).toEqual([]);
  });

  it('overwrites no file unasked', async () => {
    const out = join(folder, 'mine.mcap');
    writeFileSync(out, 'mine');
    const { status, err } = await runMain(['redact', original, '--out', out, '--drop-words']);
    expect(err).toMatch(/mine\.mcap: exists already, expected a new file or --overwrite\n$/);
    expect([status, readFileSync(out, 'utf8')]).toEqual([2, 'mine']);
  });

  it.each([
    [[], /^praxis redact: nothing to take out, expected --blur, --cut, --drop or --drop-words\n$/],
    [['--cut', 'front:1,2'], /^praxis redact: --cut front:1,2: expected TOPIC:X,Y,WIDTH,HEIGHT in pixels/],
  ])('wants rules that say something: %j', async (args, line) => {
    const { status, err } = await runMain(['redact', original, '--out', join(folder, 'none.mcap'), ...args]);
    expect(err).toMatch(line);
    expect(status).toBe(2);
  });
});

describe('the retention of recordings', () => {
  const write = (name: string, facts: Record<string, string>): string => {
    const parts: Uint8Array[] = [];
    const metadata = [{ name: 'praxis', values: facts }];
    const sink = { write: (bytes: Uint8Array) => void parts.push(bytes.slice()) };
    new McapFileWriter(sink, { channels: [], metadata, library: 'test' }).end();
    const path = join(folder, name);
    writeFileSync(path, Buffer.concat(parts));
    return path;
  };

  it('deletes what is older than its days, and nothing else', async () => {
    const kept = mkdtempSync(join(folder, 'kept-'));
    const at = (name: string) => join(kept.slice(folder.length + 1), name);
    const started = '2026-01-01T00:00:00.000Z';
    const old = write(at('old.mcap'), { started, retain_days: '30' });
    write(at('young.mcap'), { started, retain_days: '60' });
    write(at('free.mcap'), { started });
    write(at('odd.mcap'), { started: 'yesterday', retain_days: '1' });
    write(at('nan.mcap'), { started, retain_days: 'soon' });
    writeFileSync(join(kept, 'broken.mcap'), 'no recording');
    const recordings = await recordingsIn(kept, new Date('2026-02-15T00:00:00.000Z'));
    expect(recordings.filter(({ expired }) => expired).map(({ path }) => path)).toEqual([old]);
    expect(recordings.find(({ path }) => path.endsWith('broken.mcap'))?.fault).toMatch(/no MCAP file/);
    expect(pruneRecordings(recordings)).toEqual([old]);
    expect(existsSync(old)).toBe(false);
    expect(readdirSync(kept)).toHaveLength(5);
  });

  it('a note is part of a recording only with one', async () => {
    const { status, err } = await runMain(['sim', '--retain', '3']);
    expect(err).toBe('praxis sim: --retain 3: expected --record with it\n');
    expect(status).toBe(2);
  });
});

describe('a copy with its pictures as JPEG', () => {
  it('has every picture at its times, which an independent decoder reads, and every other message as it was', async () => {
    const out = join(folder, 'jpeg.mcap');
    const report = await compressRecording(original, out, { pictures: 'jpeg' });
    const { file, messages } = await read(out);
    expect(file.facts('praxis_pictures')).toEqual({ coding: 'jpeg' });
    expect(messages).toHaveLength(before.messages.length);
    const codec = messageCodec('sensor_msgs/msg/CompressedImage');
    let pictures = 0;
    for (const [i, { topic, data, logTime, publishTime }] of messages.entries()) {
      const was = before.messages[i];
      expect({ logTime, publishTime }).toEqual({ logTime: was.logTime, publishTime: was.publishTime });
      if (topic !== `${picture}/compressed`) {
        expect(topic).toBe(was.topic);
        expect(Buffer.compare(data, was.data)).toBe(0);
        continue;
      }
      pictures++;
      const [now, then] = [codec.read(data), images.read(was.data)];
      expect(now.header).toEqual(then.header);
      const { width, height } = await sharp(now.data).metadata();
      expect([width, height]).toEqual([then.width, then.height]);
    }
    expect(report).toMatchObject({ pictures, dropped: 0, messages: messages.length });
    expect(pictures).toBeGreaterThan(3);
  });

  it('is made of no recording without raw pictures, and over no file that exists', async () => {
    const out = join(folder, 'jpeg.mcap');
    await expect(compressRecording(original, out, { pictures: 'jpeg' })).rejects.toThrow(`${out}: exists`);
    const again = join(folder, 'twice.mcap');
    await expect(compressRecording(out, again, { pictures: 'video' })).rejects.toThrow(
      `${out}: no raw pictures (sensor_msgs/msg/Image)`,
    );
    expect(existsSync(again)).toBe(false);
  });
});
