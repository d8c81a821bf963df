import { InputError } from '@praxis/core';
import { messageCodec } from '@praxis/wire';
import type { McapFile, McapMetadata, ReadChannel } from '@praxis/wire/mcap';
import { NOTE } from './operator-judgement.ts';
import { type RewriteReport, rewriteRecording, sameChannel } from './rewrite-recording.ts';
import type { ExistingFile } from './thread/file-sink.ts';

/** A rectangle in the pictures of one topic (pixels from the upper left corner). */
export interface ImageRegion {
  readonly topic: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What {@link redactRecording} takes out. */
export interface RedactionRules {
  /** Regions that get the mean colour of each of 4 x 4 fields. */
  readonly blur: readonly ImageRegion[];
  /** Regions that become black. */
  readonly cut: readonly ImageRegion[];
  /** Topics that are left out. */
  readonly drop: readonly string[];
  /** True leaves out what people said and typed: instructions, requests, and the words in the facts of the recording. */
  readonly dropWords: boolean;
}

/** What a redaction did. */
export interface RedactionReport extends RewriteReport {
  /** Pictures that were changed. */
  readonly pictures: number;
}

const IMAGE = 'sensor_msgs/msg/Image';
/** Types of messages that hold words of people, written or as sound. */
const WORDS: readonly string[] = [
  'std_msgs/msg/String',
  'praxis_msgs/msg/OperatorInput',
  'hri_msgs/msg/LiveSpeech',
  'audio_common_msgs/msg/AudioData',
  'audio_common_msgs/msg/AudioDataStamped',
  // The nodes log what they hear and read.
  'rcl_interfaces/msg/Log',
];
/** Facts that hold words of people. */
const WORD_FACTS: readonly string[] = ['instruction', NOTE];
/** Types of messages with checksums of samples: from that of a short text the text can be guessed. */
const WITH_DIGESTS = ['praxis_msgs/msg/Period', 'praxis_msgs/msg/Observation'] as const;
/** Metadata record that says what was taken out. */
export const REDACTION = 'praxis_redaction';
/** Fields along each side of a blurred region. */
const BLUR_FIELDS = 4;
/** Bytes of a pixel, by encoding. */
const PIXEL_BYTES: Readonly<Record<string, number>> = { rgb8: 3, bgr8: 3, rgba8: 4, bgra8: 4, mono8: 1 };

/**
 * Copies a recording without what the rules name. The copy says in its metadata `praxis_redaction` what was taken out. It has no checksums of
 * samples, so that it cannot be replayed.
 * @throws {InputError} for a rule that fits no topic or picture, a recording of other types, and a file that exists
 */
export async function redactRecording(
  path: string,
  out: string,
  rules: RedactionRules,
  existing: ExistingFile = 'refuse',
): Promise<RedactionReport> {
  let pictures = 0;
  const report = await rewriteRecording(path, out, existing, (file) => {
    checkRules(file, rules);
    const kept = [...file.channels.values()].filter((channel) => !isDropped(channel, rules));
    const channels = kept.map((channel) => {
      const rewrite = rewriteOf(file.name, channel, rules);
      if (!rewrite || channel.type !== IMAGE) return { ...sameChannel(channel), rewrite };
      return {
        ...sameChannel(channel),
        rewrite(data: Uint8Array) {
          pictures++;
          return rewrite(data);
        },
      };
    });
    return {
      channels: new Map(kept.map(({ id }, i) => [id, channels[i]])),
      metadata: [...file.metadata.map((each) => withoutWords(each, rules)), factsOf(rules)],
    };
  });
  return { ...report, pictures };
}

const isDropped = ({ topic, type }: ReadChannel, { drop, dropWords }: RedactionRules): boolean =>
  drop.includes(topic) || (dropWords && WORDS.includes(type));

function checkRules(file: McapFile, { blur, cut, drop }: RedactionRules): void {
  const channels = [...file.channels.values()];
  const known = channels.map(({ topic }) => topic);
  const pictures = channels.filter(({ type }) => type === IMAGE).map(({ topic }) => topic);
  for (const topic of drop) {
    if (!known.includes(topic))
      throw new InputError(`${file.name}: no topic ${topic}, expected one of ${known.join(', ')}`);
  }
  for (const { topic } of [...blur, ...cut]) {
    if (!pictures.includes(topic))
      throw new InputError(`${file.name}: no pictures in ${topic}, expected one of ${pictures.join(', ') || 'none'}`);
  }
}

/** Makes what changes the messages of a channel; undefined where they stay as they are. */
function rewriteOf(
  name: string,
  { topic, type }: ReadChannel,
  { blur, cut }: RedactionRules,
): ((data: Uint8Array) => Uint8Array) | undefined {
  const withDigests = WITH_DIGESTS.find((each) => each === type);
  if (withDigests) {
    const codec = messageCodec(withDigests);
    return (data) => {
      const message = codec.read(data);
      return codec.write({ ...message, digests: new Uint32Array(message.digests.length) });
    };
  }
  const [blurred, black] = [blur, cut].map((regions) => regions.filter((each) => each.topic === topic));
  if (blurred.length + black.length === 0) return undefined;
  const images = messageCodec(IMAGE);
  return (data) => {
    const image = images.read(data);
    const pixels = { ...image, data: image.data.slice(), pixelBytes: pixelBytesOf(name, topic, image.encoding) };
    for (const region of blurred) fillRegion(name, pixels, region, BLUR_FIELDS);
    for (const region of black) fillRegion(name, pixels, region, 0);
    return images.write({ ...image, data: pixels.data });
  };
}

function withoutWords({ name, values }: McapMetadata, { dropWords }: RedactionRules): McapMetadata {
  if (!dropWords) return { name, values };
  return { name, values: Object.fromEntries(Object.entries(values).filter(([key]) => !WORD_FACTS.includes(key))) };
}

const regionText = ({ topic, x, y, width, height }: ImageRegion): string => `${topic}:${x},${y},${width},${height}`;

const factsOf = ({ blur, cut, drop, dropWords }: RedactionRules): McapMetadata => ({
  name: REDACTION,
  values: {
    blurred: blur.map(regionText).join(' '),
    cut: cut.map(regionText).join(' '),
    dropped_topics: drop.join(' '),
    dropped_words: String(dropWords),
  },
});

function pixelBytesOf(name: string, topic: string, encoding: string): number {
  const bytes = PIXEL_BYTES[encoding];
  if (bytes !== undefined) return bytes;
  throw new InputError(
    `${name}: ${topic} has pictures of encoding ${encoding}, expected one of ${Object.keys(PIXEL_BYTES).join(', ')}`,
  );
}

/** A picture whose bytes may be changed. */
interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Bytes of a row. */
  readonly step: number;
  readonly pixelBytes: number;
  readonly data: Uint8Array;
}

/**
 * Fills a region: with the mean colours of `fields` x `fields` parts, or with black for 0.
 * @throws {InputError} when the region is not inside the picture
 */
function fillRegion(
  name: string,
  { width, height, step, pixelBytes, data }: Pixels,
  region: ImageRegion,
  fields: number,
): void {
  const { x: left, y: top } = region;
  if (left + region.width > width || top + region.height > height) {
    throw new InputError(`${name}: region ${regionText(region)} is outside of a picture of ${width} x ${height}`);
  }
  const parts = Math.max(fields, 1);
  const edge = (from: number, length: number, k: number): number => from + Math.floor((length * k) / parts);
  for (let i = 0; i < parts; i++) {
    for (let j = 0; j < parts; j++) {
      const [x0, x1] = [edge(left, region.width, i), edge(left, region.width, i + 1)];
      const [y0, y1] = [edge(top, region.height, j), edge(top, region.height, j + 1)];
      for (let c = 0; c < pixelBytes; c++) {
        let sum = 0;
        for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) sum += data[y * step + x * pixelBytes + c];
        const mean = fields === 0 ? 0 : Math.round(sum / Math.max(1, (x1 - x0) * (y1 - y0)));
        for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) data[y * step + x * pixelBytes + c] = mean;
      }
    }
  }
}
