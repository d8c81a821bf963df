import type { MessageBatch } from '../../threads/message-batch.ts';

/** A picture on its way to the thread. */
export interface PostedPicture {
  readonly width: number;
  readonly height: number;
  /** One message, whose data are the picture's. */
  readonly batch: MessageBatch;
}

/** The service of the thread that encodes pictures. */
export interface JpegService {
  readonly methods: {
    /** The picture as JPEG. */
    encode(picture: PostedPicture): Uint8Array;
  };
}
