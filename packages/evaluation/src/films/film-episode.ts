import { type ImageFrame, POSE_SIZE } from '@praxis/core';
import type { Episode } from '@praxis/sim';
import { encodeJpeg } from '@praxis/wire/bridge';
import type { ByteSink } from '@praxis/wire/mcap';
import { MotionJpegWriter } from '@praxis/wire/mp4';
import type { Progress } from '../workers/progress.ts';
import type { FilmView } from './film-view.ts';

/** Options of {@link filmEpisode}. */
export interface FilmEpisodeOptions {
  /** Takes the film, an MP4 file of Motion JPEG. */
  readonly sink: ByteSink;
  readonly view: FilmView;
  /** Cuts the episode off. */
  readonly signal: AbortSignal;
  /** Counts seconds of simulated time, up to the task's time limit. */
  readonly progress: Progress;
}

/** What a film showed. */
export interface FilmedEpisode {
  /** Number of pictures. */
  readonly pictures: number;
  /** Draws a moment of the film again in another view. @param picture its number, from 0 */
  redraw(picture: number, view: FilmView): ImageFrame;
}

/** Pictures in a second of simulated time; the film plays in real time. */
const FPS = 25;
/** Quality of pictures, 1..100. */
export const QUALITY = 85;
/** The period of control is no divisor of the period of pictures to the last bit (s). */
const TIME_TOLERANCE_S = 1e-6;

/**
 * Runs an episode to its verdict and films it. Memory holds the poses of the bodies in each picture, not the pictures.
 * @param episode at its start; the caller closes it
 * @returns undefined when the signal cut it off; the film then has no end
 */
export async function filmEpisode(
  episode: Episode,
  { sink, view, signal, progress }: FilmEpisodeOptions,
): Promise<FilmedEpisode | undefined> {
  const { scene } = episode;
  const writer = new MotionJpegWriter(sink, { width: view.width, height: view.height, fps: FPS });
  const moments: Float32Array[] = [];
  let seconds = 0;
  try {
    do {
      if (signal.aborted) return undefined;
      if (episode.time >= moments.length / FPS - TIME_TOLERANCE_S) {
        const poses = new Float32Array(POSE_SIZE * scene.bodies.length);
        // Places the bodies of the scene, too.
        episode.bodyPoses(poses);
        moments.push(poses);
        writer.addPicture(encodeJpeg(view.draw(scene), QUALITY));
      }
      for (; seconds + 1 <= episode.time; seconds++) progress.step('');
    } while (await episode.step());
  } finally {
    progress.stop();
  }
  writer.finish();
  return {
    pictures: moments.length,
    redraw(picture, other) {
      scene.bodies.forEach((name, i) => {
        const at = POSE_SIZE * i;
        const pose = moments[picture].subarray(at, at + POSE_SIZE);
        scene.setPose(name, pose, pose.subarray(3));
      });
      return other.draw(scene);
    },
  };
}
