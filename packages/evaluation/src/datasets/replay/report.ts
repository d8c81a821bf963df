import { fixed, percent, table } from '../../report/format.ts';

/** Mean absolute errors of one number of the actions, in its unit. */
export interface ActionError {
  readonly name: string;
  readonly unit: 'rad' | 'm';
  /** Null where no frame was compared. */
  readonly error: number | null;
  /** That of a robot which stays where it is: a policy that is worse than this has learned nothing of the data. */
  readonly standing: number | null;
}

/** Errors of one episode. */
export interface EpisodeErrors {
  readonly episode: number;
  readonly instruction: string;
  readonly frames: number;
  /** Frames whose actions were compared. */
  readonly compared: number;
  /** Frames in which the policy failed. */
  readonly failures: number;
  /** Mean absolute errors by the name of the number; null where no frame was compared. */
  readonly errors: Readonly<Record<string, number | null>>;
}

/** A frame in which the policy differs from the recording. */
export interface DifferingFrame {
  readonly episode: number;
  readonly frame: number;
  /** Time in the episode (s). */
  readonly time: number;
  /** The number that differs most, in multiples of its mean absolute error. */
  readonly name: string;
  readonly value: number;
  readonly recorded: number;
}

/** Result of a replay of a dataset through a policy. */
export interface DatasetReplay {
  readonly dataset: string;
  readonly policy: string;
  readonly robot: string;
  readonly fps: number;
  readonly frames: number;
  readonly compared: number;
  /** Frames without an observation that is complete, such as those before the wrist sensor has its zero. */
  readonly incomplete: number;
  readonly failures: number;
  /** Share of the frames with an observation in which the policy failed, 0..1; null without one. */
  readonly failure_rate: number | null;
  /** Reason of the first failure. */
  readonly failure?: string;
  readonly actions: readonly ActionError[];
  /** Actions of the policy that a dataset has not. */
  readonly left: readonly string[];
  readonly episodes: readonly EpisodeErrors[];
  /** The first frame that differs most; absent where none was compared. */
  readonly largest?: DifferingFrame;
  /** Samples that were refused, one line for each stream. */
  readonly remarks: readonly string[];
  readonly partial?: true;
}

const DIGITS = 4;

/** A replay of a dataset in words: the errors by action, then by episode, then the frame that differs most. */
export function datasetReplayText(replay: DatasetReplay): string {
  const { dataset, policy, robot, frames, compared, incomplete, failure_rate, failure, actions, left } = replay;
  const { episodes, largest, remarks, partial } = replay;
  const counts = `${episodes.length} episodes, ${compared} of ${frames} frames compared${incomplete > 0 ? `, ${incomplete} before the first complete observation` : ''}`;
  return [
    `${dataset}: policy ${policy}, robot ${robot}: ${counts}${partial ? ', PARTIAL' : ''}`,
    `the policy failed in ${percent(failure_rate)} of its observations${failure === undefined ? '' : `; first: ${failure}`}`,
    table(
      ['mean absolute error', 'policy', 'standing still', 'unit'],
      actions.map(({ name, error, standing, unit }) => [name, fixed(error, DIGITS), fixed(standing, DIGITS), unit]),
    ),
    ...(left.length > 0 ? [`not compared: ${left.join(', ')}`] : []),
    table(
      ['episode', 'frames', 'failures', ...actions.map(({ name, unit }) => `${name} (${unit})`)],
      episodes.map(({ episode, frames, failures, errors }) => [
        ...[String(episode), String(frames), String(failures)],
        ...actions.map(({ name }) => fixed(errors[name], DIGITS)),
      ]),
    ),
    ...(largest
      ? [
          `differs most: episode ${largest.episode} frame ${largest.frame} (${largest.time.toFixed(2)} s): ${largest.name} is ${largest.value.toFixed(DIGITS)}, recorded ${largest.recorded.toFixed(DIGITS)}`,
        ]
      : []),
    ...remarks,
  ].join('\n');
}
