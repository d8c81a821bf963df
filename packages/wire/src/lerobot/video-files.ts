import { InputError } from '@praxis/core';
import { FILM_CODEC, MotionJpegWriter } from '../mp4/motion-jpeg-writer.ts';
import type { VideoPart } from './episodes.ts';
import { DatasetError } from './format/error.ts';
import type { DatasetFeature, FeatureValue } from './format/features.ts';
import type { DatasetSink, DatasetTarget } from './format/files.ts';
import { type DatasetInfo, type FilePlace, nextPlace, videoPath } from './format/info.ts';

const BYTES_PER_MB = 1024 ** 2;

/** How FFmpeg names the pixels of JPEG with chrominance at half resolution and all levels in use. */
const PIXEL_FORMAT = 'yuvj420p';

/**
 * The feature of a camera whose pictures a {@link DatasetWriter} writes as Motion JPEG, with the facts that LeRobot has of a video.
 * @param fps frames per second
 */
export function motionJpegFeature({ shape, names }: DatasetFeature, fps: number): DatasetFeature {
  const [height, width, channels] = shape;
  return {
    ...{ dtype: 'video', shape, names },
    info: {
      'video.height': height,
      'video.width': width,
      'video.codec': FILM_CODEC,
      'video.pix_fmt': PIXEL_FORMAT,
      is_depth_map: false,
      'video.fps': fps,
      'video.channels': channels,
      has_audio: false,
    },
  };
}

/** Codec of a video, as its feature says; undefined for one that does not say it. */
export function videoCodec({ info }: DatasetFeature): string | undefined {
  const codec = (info as Readonly<Record<string, unknown>> | undefined)?.['video.codec'];
  return typeof codec === 'string' ? codec : undefined;
}

/** A file that takes the episodes of one camera. */
interface OpenVideo {
  readonly place: FilePlace;
  readonly sink: DatasetSink;
  readonly writer: MotionJpegWriter;
}

/** The MP4 files of a dataset that is written: for each camera one after the other, with whole episodes each. */
export class VideoFiles {
  readonly #target: DatasetTarget;
  readonly #info: DatasetInfo;
  /** Place of the next file of each camera. */
  readonly #next: Map<string, FilePlace>;
  readonly #open = new Map<string, OpenVideo>();

  /** @param next place of the next file of each camera. Default: the first one */
  constructor(target: DatasetTarget, info: DatasetInfo, next: ReadonlyMap<string, FilePlace>) {
    this.#target = target;
    this.#info = info;
    this.#next = new Map(next);
  }

  /**
   * Appends the pictures of an episode to the file of their camera.
   * @param pictures a JPEG file for each frame
   * @returns where they are
   * @throws {DatasetError} for what is no JPEG file of the feature's size
   */
  add(camera: string, pictures: readonly FeatureValue[]): VideoPart {
    const { fps, video_files_size_in_mb } = this.#info;
    const video = this.#open.get(camera) ?? this.#begin(camera);
    const { place, writer } = video;
    const from = writer.pictureCount / fps;
    for (const [frame, picture] of pictures.entries()) {
      try {
        if (!(picture instanceof Uint8Array)) throw new InputError('expected a JPEG file');
        writer.addPicture(picture);
      } catch (cause) {
        if (!(cause instanceof InputError)) throw cause;
        throw new DatasetError(`feature ${camera}: frame ${frame}: ${cause.message}`, { cause });
      }
    }
    const part = { ...place, from, to: writer.pictureCount / fps };
    if (writer.size >= video_files_size_in_mb * BYTES_PER_MB) this.#end(camera, video);
    return part;
  }

  /** Ends the files that are open. */
  finish(): void {
    for (const [camera, video] of this.#open) this.#end(camera, video);
  }

  #begin(camera: string): OpenVideo {
    const info = this.#info;
    const place = this.#next.get(camera) ?? { chunk: 0, file: 0 };
    const [height, width] = info.features[camera].shape;
    const sink = this.#target.create(videoPath('dataset', info, camera, place));
    const video = { place, sink, writer: new MotionJpegWriter(sink, { width, height, fps: info.fps }) };
    this.#open.set(camera, video);
    return video;
  }

  #end(camera: string, { place, sink, writer }: OpenVideo): void {
    writer.finish();
    sink.close();
    this.#open.delete(camera);
    this.#next.set(camera, nextPlace(place, this.#info.chunks_size));
  }
}
