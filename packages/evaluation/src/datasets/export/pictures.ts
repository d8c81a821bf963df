import type { ImageFrame } from '@praxis/core';
import { encodeJpeg } from '@praxis/wire/bridge';
import type { DatasetFeature } from '@praxis/wire/lerobot';
import { encodePng } from '../../files/png.ts';

/** Where a dataset has its pictures: as PNG in the tables, without loss, or as JPEG in MP4 files (Motion JPEG). */
export const PICTURE_STORES = ['table', 'mp4'] as const;
/** One of the places of pictures. */
export type PictureStore = (typeof PICTURE_STORES)[number];

/** Quality of the pictures of a video, 1..100. */
const VIDEO_QUALITY = 95;

/** How a dataset stores its pictures. */
export interface PictureFormat {
  /** Type of the features of cameras, see `DatasetFeature.dtype`. */
  readonly dtype: 'image' | 'video';
  /** Codec, as FFmpeg names it. */
  readonly codec: 'png' | 'mjpeg';
  /** Makes a file of a picture. */
  encode(picture: ImageFrame): Uint8Array;
}

/** The formats by the place of the pictures. */
export const PICTURE_FORMATS: Readonly<Record<PictureStore, PictureFormat>> = {
  table: { dtype: 'image', codec: 'png', encode: ({ data, width, height }) => encodePng(data, width, height) },
  mp4: { dtype: 'video', codec: 'mjpeg', encode: (picture) => encodeJpeg(picture, VIDEO_QUALITY) },
};

/** The feature of a camera. */
export const cameraFeature = ({ dtype }: PictureFormat, height: number, width: number): DatasetFeature => ({
  dtype,
  shape: [height, width, 3],
  names: ['height', 'width', 'channels'],
});
