/**
 * Films as MP4 files of JPEG pictures (Motion JPEG), read picture by picture and written without an encoder of video, in Node and in browsers.
 *
 * @example
 * import { encodeJpeg } from '@praxis/wire/bridge';
 * import { MotionJpegWriter } from '@praxis/wire/mp4';
 * const parts: Uint8Array[] = [];
 * const film = new MotionJpegWriter({ write: (bytes) => parts.push(bytes.slice()) }, { width: 16, height: 16, fps: 25 });
 * for (let level = 0; level < 25; level++) {
 *   film.addPicture(encodeJpeg({ width: 16, height: 16, data: new Uint8Array(3 * 16 * 16).fill(10 * level) }));
 * }
 * film.finish();
 * console.log(parts.reduce((sum, { length }) => sum + length, 0)); // bytes of a film of one second
 */
export { filmDuration } from './film-duration.ts';
export { MotionJpegReader } from './motion-jpeg-reader.ts';
export { FILM_CODEC, type FilmFormat, MotionJpegWriter } from './motion-jpeg-writer.ts';
