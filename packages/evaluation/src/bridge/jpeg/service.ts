import type { ImageFrame } from '@praxis/core';

/** The service of the thread that encodes pictures. */
export interface JpegService {
  readonly methods: {
    /** The image as JPEG. */
    encode(image: ImageFrame): Uint8Array;
  };
}
