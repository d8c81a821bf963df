import { errorMessage, type ImageFrame, InputError } from '@praxis/core';
import { type Image, imageFrameOf, messageCodec } from '@praxis/wire';
import { encodeJpeg } from '@praxis/wire/bridge';
import type { McapFile, ReadChannel } from '@praxis/wire/mcap';
import { type RewriteReport, type RewrittenChannel, rewriteRecording, sameChannel } from '../rewrite-recording.ts';
import { PICTURES } from '../start-facts.ts';
import type { ExistingFile } from '../thread/file-sink.ts';
import { H264Video } from './h264-video.ts';

/** How a copy has its pictures: each as a JPEG picture, or as one of an H.264 video. */
export type PictureCoding = 'jpeg' | 'video';

/** Options of {@link compressRecording}. */
export interface CompressOptions {
  readonly pictures: PictureCoding;
  /** What happens to a file that exists. Default: `refuse`. */
  readonly existing?: ExistingFile;
}

/** What a compression did. */
export interface CompressionReport extends RewriteReport {
  readonly pictures: number;
  /** Bytes of the pictures before and after. */
  readonly rawBytes: number;
  readonly codedBytes: number;
}

const IMAGE = 'sensor_msgs/msg/Image';
const images = messageCodec(IMAGE);
const jpegs = messageCodec('sensor_msgs/msg/CompressedImage');
const videos = messageCodec('foxglove_msgs/msg/CompressedVideo');

/**
 * Copies a recording with its pictures as JPEG (`TOPIC/compressed`, `sensor_msgs/CompressedImage`) or as H.264 video (`TOPIC/video`,
 * `foxglove_msgs/CompressedVideo`). Both lose detail: the copy says so in its metadata `praxis_pictures`, and cannot be replayed.
 * @throws {InputError} for a recording without raw pictures, pictures that cannot be encoded, and a file that exists
 */
export async function compressRecording(
  path: string,
  out: string,
  { pictures: coding, existing = 'refuse' }: CompressOptions,
): Promise<CompressionReport> {
  const sum = { pictures: 0, rawBytes: 0, codedBytes: 0 };
  const count = (raw: Uint8Array, coded: Uint8Array): Uint8Array => {
    sum.pictures++;
    sum.rawBytes += raw.length;
    sum.codedBytes += coded.length;
    return coded;
  };
  const report = await rewriteRecording(path, out, existing, async (file) => {
    const all = [...file.channels.values()];
    const cameras = all.filter(({ type }) => type === IMAGE);
    if (cameras.length === 0) throw new InputError(`${file.name}: no raw pictures (${IMAGE})`);
    const units = coding === 'video' ? await encodeVideos(file, cameras) : undefined;
    const channels = all.map((channel): readonly [number, RewrittenChannel] => {
      if (channel.type !== IMAGE) return [channel.id, sameChannel(channel)];
      const own = units?.get(channel.id);
      return [channel.id, own ? asVideo(channel, own, count) : asJpeg(file.name, channel, count)];
    });
    const facts = { name: PICTURES, values: { coding: coding === 'video' ? 'h264' : 'jpeg' } };
    return { channels: new Map(channels), metadata: [...file.metadata, facts] };
  });
  return { ...report, ...sum };
}

type Count = (raw: Uint8Array, coded: Uint8Array) => Uint8Array;

function asJpeg(name: string, { topic, metadata }: ReadChannel, count: Count): RewrittenChannel {
  return {
    ...{ topic: `${topic}/compressed`, type: 'sensor_msgs/msg/CompressedImage', metadata },
    rewrite(raw) {
      const image = images.read(raw);
      const data = encodeJpeg(frameOf(name, topic, image));
      return count(raw, jpegs.write({ header: image.header, format: 'rgb8; jpeg compressed bgr8', data }));
    },
  };
}

/** @param units the access units of the channel's pictures, in their order */
function asVideo({ topic, metadata }: ReadChannel, units: readonly Uint8Array[], count: Count): RewrittenChannel {
  let next = 0;
  return {
    ...{ topic: `${topic}/video`, type: 'foxglove_msgs/msg/CompressedVideo', metadata },
    rewrite(raw) {
      const { stamp: timestamp, frame_id } = images.read(raw).header;
      return count(raw, videos.write({ timestamp, frame_id, data: units[next++], format: 'h264' }));
    },
  };
}

/** Encodes the pictures of each camera. @returns their access units by the id of the channel */
async function encodeVideos(
  file: McapFile,
  cameras: readonly ReadChannel[],
): Promise<ReadonlyMap<number, readonly Uint8Array[]>> {
  const encoders = new Map<number, { readonly topic: string; readonly video: H264Video }>();
  for (const { id, topic } of cameras) encoders.set(id, { topic, video: await H264Video.open() });
  for await (const { channelId, data } of file.messages()) {
    const camera = encoders.get(channelId);
    if (!camera) continue;
    const frame = frameOf(file.name, camera.topic, images.read(data));
    try {
      camera.video.addPicture(frame);
    } catch (cause) {
      throw new InputError(`${file.name}: ${camera.topic}: ${errorMessage(cause)}`, { cause });
    }
  }
  return new Map([...encoders].map(([id, { video }]) => [id, video.finish()]));
}

/** @throws {InputError} for an encoding of more than 8 bits, and sizes that do not fit */
function frameOf(name: string, topic: string, image: Image): ImageFrame {
  try {
    return imageFrameOf(image);
  } catch (cause) {
    throw new InputError(`${name}: ${topic}: ${errorMessage(cause)}`, { cause });
  }
}
