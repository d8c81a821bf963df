import { errorMessage, firstLine, InputError } from '@praxis/core';
import { type DatasetReader, type EpisodeRow, videoCodec } from '@praxis/wire/lerobot';
import { MotionJpegReader } from '@praxis/wire/mp4';
import type { Columns } from '../replay/frame-streams.ts';

/** How pictures of another shape get that of the robot's camera: cut to it around their centre, or squeezed. */
export const PICTURE_FITS = ['crop', 'squeeze'] as const;
/** One of the ways. */
export type PictureFit = (typeof PICTURE_FITS)[number];

/** Largest picture (pixels): a small file must not make the decoder allocate gigabytes. */
const MAX_PIXELS = 64e6;

/** Size of a picture (pixels). */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Reads the pictures of one camera of a dataset, out of its tables or of its MP4 files of JPEG pictures, in the size of the robot's camera. */
export class PictureReader {
  readonly #dataset: DatasetReader;
  readonly #feature: string;
  readonly #size: PictureSize;
  readonly #fit: PictureFit;
  /** The video of an episode that was read last. */
  #video: { readonly episode: number; readonly reader: MotionJpegReader } | undefined;

  /** @param feature of the camera, with dtype `image` or `video` */
  constructor(dataset: DatasetReader, feature: string, size: PictureSize, fit: PictureFit) {
    this.#dataset = dataset;
    this.#feature = feature;
    this.#size = size;
    this.#fit = fit;
  }

  /**
   * RGB pixels of a frame: `width * height * 3` bytes.
   * @param columns the episode's values that a table holds
   * @throws {InputError} in one line for a picture that cannot be decoded, and for a video of another codec
   */
  async read(episode: EpisodeRow, columns: Columns, frame: number): Promise<Uint8Array> {
    const stored = columns.get(this.#feature);
    const file = stored ? stored[frame] : await this.#videoPicture(episode, frame);
    const { width, height } = this.#size;
    // Its native library is loaded by those alone who import a dataset.
    const { default: sharp } = await import('sharp');
    try {
      const picture = sharp(file as Uint8Array, { failOn: 'truncated', limitInputPixels: MAX_PIXELS });
      const { data } = await picture
        .removeAlpha()
        .toColourspace('srgb')
        .resize(width, height, { fit: this.#fit === 'crop' ? 'cover' : 'fill' })
        .raw()
        .toBuffer({ resolveWithObject: true });
      return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    } catch (cause) {
      const where = `${this.#dataset.name}: episode ${episode.index} frame ${frame}: ${this.#feature}`;
      throw new InputError(`${where}: no PNG or JPEG that can be decoded: ${firstLine(cause)}`, { cause });
    }
  }

  async #videoPicture(episode: EpisodeRow, frame: number): Promise<Uint8Array> {
    const { name, info } = this.#dataset;
    const reader = this.#video?.episode === episode.index ? this.#video.reader : await this.#openVideo(episode);
    this.#video = { episode: episode.index, reader };
    // An MP4 file may have several episodes one after the other.
    const first = Math.round(episode.videos[this.#feature].from * info.fps);
    try {
      return await reader.read(first + frame);
    } catch (cause) {
      const codec = videoCodec(info.features[this.#feature]) ?? 'a codec that the dataset does not name';
      throw new InputError(
        `${name}: ${this.#feature} is a video of ${codec} (${errorMessage(cause)}); write each of its files anew with: ffmpeg -i OLD.mp4 -fps_mode passthrough -c:v mjpeg -pix_fmt yuvj420p -q:v 2 NEW.mp4`,
        { cause },
      );
    }
  }

  async #openVideo(episode: EpisodeRow): Promise<MotionJpegReader> {
    const source = await this.#dataset.openVideo(episode, this.#feature);
    if (!source)
      throw new InputError(
        `${this.#dataset.name}: the video of ${this.#feature} of episode ${episode.index} is missing`,
      );
    return MotionJpegReader.open(source);
  }
}
