import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@praxis/core';
import {
  Episode,
  type EpisodeResult,
  type ModalityDefinition,
  outcomeInWords,
  type Perturbations,
  type RobotSetup,
  setupOf,
  type Task,
} from '@praxis/sim';
import { wordingsOf } from '@praxis/sim/seeds';
import { encodeJpeg } from '@praxis/wire/bridge';
import type { Driver } from '../episodes/driver.ts';
import { checkWritable, writeAtomically } from '../files/write.ts';
import { robotChoice } from '../project/robot.ts';
import { type ExistingFile, existsError } from '../recording/thread/file-sink.ts';
import { NO_PROGRESS, type StartProgress } from '../workers/progress.ts';
import { filmEpisode, QUALITY } from './film-episode.ts';
import { FilmView } from './film-view.ts';
import { pictureStrip, spreadOver } from './picture-strip.ts';
import { StagedFile } from './staged-file.ts';

/** Options of {@link filmEpisodes}. */
export interface FilmOptions {
  readonly driver: Driver;
  /** Tasks, one episode each. */
  readonly tasks: readonly Task[];
  readonly seed: number;
  /** Folder of the robot. Default: the Praxis arm. */
  readonly robot?: string;
  /** Name of the arm that does the tasks, of a robot with several. Default: the first. */
  readonly arm?: string;
  /** Name of a robot that the policy may drive although it was not trained for it. Default: none. */
  readonly acceptRobot?: string;
  /** Sensors beside those of the robot. Default: none. */
  readonly modalities?: readonly ModalityDefinition[];
  /** What differs from the cell that policies are trained in. Default: nothing. */
  readonly perturbations?: Perturbations;
  /** Folder of the films. */
  readonly out: string;
  /** What happens to films that are there. */
  readonly existing: ExistingFile;
  /** Width and height of a film (pixels). */
  readonly size: readonly [width: number, height: number];
  /** Number of pictures of a strip, at least 2. */
  readonly stripPictures: number;
  /** Cuts the current episode off, of which nothing is written, and starts no other. */
  readonly signal: AbortSignal;
  readonly startProgress?: StartProgress;
}

/** A film of an episode and its strip of pictures. */
export interface EpisodeFilm
  extends Pick<EpisodeResult, 'task' | 'seed' | 'success' | 'outcome' | 'failure' | 'instruction' | 'timeS'> {
  /** Paths of film and strip. */
  readonly film: string;
  readonly strip: string;
  /** Number of pictures and bytes of the film. */
  readonly pictures: number;
  readonly bytes: number;
}

const filmPath = ({ out, seed }: FilmOptions, { name }: Task): string => join(out, `${name}-${seed}.mp4`);
const stripPath = ({ out, seed }: FilmOptions, { name }: Task): string => join(out, `${name}-${seed}.jpg`);

/**
 * Runs an episode of each task and yields its film (MP4 of Motion JPEG) and strip (JPEG) once both are in the folder, as `TASK-SEED.mp4` and
 * `TASK-SEED.jpg`. Both show robot and ground from a place of their own; the policy sees what its cameras see.
 * @throws {InputError} before the first episode when a film exists and may not be overwritten, or cannot be written
 * @throws {BindError} when the policy does not fit the robot
 */
export async function* filmEpisodes(options: FilmOptions): AsyncGenerator<EpisodeFilm> {
  const { tasks, out, existing, stripPictures, signal } = options;
  if (!(Number.isInteger(stripPictures) && stripPictures >= 2))
    throw new InputError(`strip of ${stripPictures} pictures, expected at least 2`);
  for (const path of tasks.flatMap((task) => [filmPath(options, task), stripPath(options, task)])) {
    if (existing === 'refuse' && existsSync(path)) throw existsError(path);
    checkWritable(path, `--out ${out}`);
  }
  const setup = setupOf(await robotChoice(options.robot, options.arm));
  for (const task of tasks) {
    if (signal.aborted) return;
    const film = await filmTask(task, setup, options);
    if (film) yield film;
  }
}

/** Films one episode; undefined when the signal cut it off, of which nothing is then written. */
async function filmTask(task: Task, setup: RobotSetup, options: FilmOptions): Promise<EpisodeFilm | undefined> {
  const { driver, seed, acceptRobot, modalities, perturbations, signal, startProgress = NO_PROGRESS } = options;
  const [film, strip] = [filmPath(options, task), stripPath(options, task)];
  const [width, height] = options.size;
  const view = new FilmView(setup, task, [width, height]);
  const stripView = new FilmView(setup, task, [Math.ceil(width / 2), Math.ceil(height / 2)]);
  const staged = new StagedFile(film);
  let episode: Episode | undefined;
  try {
    const { policy, scheduler } = driver;
    episode = await Episode.create({
      ...(await robotChoice(options.robot, options.arm)),
      ...{ task, seed, policy, scheduler, acceptRobot, modalities, perturbations, wordings: wordingsOf(seed) },
    });
    const progress = startProgress(`film ${task.name}`, Math.ceil(episode.instance.timeLimit));
    const shown = await filmEpisode(episode, { sink: staged, view, signal, progress });
    if (!shown) return undefined;
    const { success, outcome, failure, instruction, timeS } = episode.result();
    const verdict = outcomeInWords({ outcome, failure });
    const caption = `${task.name}: "${instruction}", ${verdict} after ${timeS.toFixed(1)} s`;
    const chosen = spreadOver(shown.pictures, options.stripPictures);
    const picture = pictureStrip(
      chosen.map((i) => shown.redraw(i, stripView)),
      caption,
    );
    writeAtomically(strip, encodeJpeg(picture, QUALITY));
    return {
      ...{ task: task.name, seed, success, outcome, instruction, timeS },
      ...(failure === undefined ? {} : { failure }),
      ...{ film, strip, pictures: shown.pictures, bytes: staged.commit() },
    };
  } finally {
    staged.discard();
    await episode?.close();
  }
}
