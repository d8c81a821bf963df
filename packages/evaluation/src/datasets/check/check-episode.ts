import { createHash } from 'node:crypto';
import {
  type DatasetReader,
  type EpisodeRow,
  elementNames,
  type FeatureValue,
  isCamera,
  isNumeric,
} from '@praxis/wire/lerobot';
import type { Finding } from './finding.ts';
import { findJumps, findNotFinite, findSaturations, longestRun, type Motion, moves } from './motion.ts';
import { type ElementRange, isUniform } from './ranges.ts';

/** Measured state and commanded action, which tell what an episode is. */
export const STATE = 'observation.state';
export const ACTION = 'action';
/** Feature with the source's time stamps, in datasets of `praxis export`. */
const STAMPS = 'stamps';

/** A camera is dead when its picture stays the same for so long (s) while the state moves. */
const DEAD_CAMERA_S = 1;
/** A frame is late when it comes so many periods after the one before. */
const GAP_PERIODS = 1.5;
/** Tolerance of time stamps (s); they are float32. */
const TIMESTAMP_TOLERANCE_S = 1e-3;
/** A stream is stale when its newest sample is the same for so long (s). */
const STALE_S = 0.5;

/** What a check of one episode finds, and a digest of what it did. */
export interface EpisodeCheck {
  readonly findings: readonly Finding[];
  /** Digest of state and action: equal for a copy. */
  readonly digest: string;
}

/** Values of an episode by feature. */
type Columns = ReadonlyMap<string, readonly FeatureValue[]>;

/** The rows of numbers of a feature, with their names; undefined where the dataset lacks it. */
export function motionOf(
  { info: { features } }: DatasetReader,
  columns: Columns,
  feature: string,
  ranges: readonly ElementRange[],
): Motion | undefined {
  const values = columns.get(feature);
  if (!values || !isNumeric(features[feature])) return undefined;
  const rows = values.map((value) => (typeof value === 'number' ? [value] : (value as ArrayLike<number>)));
  return { feature, rows, names: elementNames(features[feature]), ranges };
}

/** Checks the values of one episode. @param ranges ranges of state and action over the dataset */
export function checkEpisode(
  dataset: DatasetReader,
  episode: EpisodeRow,
  columns: Columns,
  ranges: Readonly<Record<string, readonly ElementRange[]>>,
): EpisodeCheck {
  const { fps } = dataset.info;
  const motions = Object.keys(ranges).flatMap((name) => motionOf(dataset, columns, name, ranges[name]) ?? []);
  const state = motions.find(({ feature }) => feature === STATE);
  const faulty = motions.flatMap(findNotFinite);
  const findings: Finding[] = [
    ...(episode.length < fps ? [short(episode, fps)] : []),
    ...gaps(columns.get('timestamp') ?? [], fps),
    ...stale(dataset, columns),
    ...faulty,
    ...(state && faulty.length === 0 ? findJumps(state) : []),
    ...(faulty.length === 0 ? motions.flatMap(findSaturations) : []),
    ...deadCameras(dataset, episode, columns, state),
    ...language(dataset, columns, state),
  ];
  const hash = createHash('sha256');
  for (const { rows } of motions) for (const row of rows) hash.update(Float64Array.from(row));
  return { findings: findings.map((each) => ({ ...each, episode: episode.index })), digest: hash.digest('hex') };
}

const short = ({ length }: EpisodeRow, fps: number): Finding => ({
  kind: 'short',
  message: `${length} frames, less than a second at ${fps} Hz`,
});

function gaps(timestamps: readonly FeatureValue[], fps: number): readonly Finding[] {
  for (let k = 1; k < timestamps.length; k++) {
    const step = Number(timestamps[k]) - Number(timestamps[k - 1]);
    if (step <= GAP_PERIODS / fps && step >= 1 / fps / GAP_PERIODS - TIMESTAMP_TOLERANCE_S) continue;
    return [
      {
        kind: 'gap',
        frame: k,
        message: `${step.toFixed(3)} s after the frame before, expected ${(1 / fps).toFixed(3)} s`,
      },
    ];
  }
  return [];
}

/** Streams whose newest sample stays the same, by the time stamps of their sources. */
function stale(dataset: DatasetReader, columns: Columns): readonly Finding[] {
  const stamps = motionOf(dataset, columns, STAMPS, []);
  if (!stamps) return [];
  const limit = Math.max(2, Math.ceil(STALE_S * dataset.info.fps));
  return stamps.names.flatMap((name, i): Finding[] => {
    const run = longestRun(stamps.rows.length, (k) => stamps.rows[k][i] === stamps.rows[k - 1][i]);
    if (run.length < limit) return [];
    const seconds = (run.length / dataset.info.fps).toFixed(2);
    return [{ kind: 'stale', frame: run.from, message: `no new sample of ${name} for ${seconds} s` }];
  });
}

function deadCameras(
  dataset: DatasetReader,
  { statistics }: EpisodeRow,
  columns: Columns,
  state: Motion | undefined,
): readonly Finding[] {
  const { features, fps } = dataset.info;
  return Object.keys(features).flatMap((camera): Finding[] => {
    if (!isCamera(features[camera])) return [];
    const measured = statistics[camera];
    if (measured && isUniform(measured))
      return [{ kind: 'dead camera', message: `${camera} has one colour in all pictures` }];
    const pictures = columns.get(camera) as readonly Uint8Array[] | undefined;
    if (!pictures) return [];
    const run = longestRun(pictures.length, (k) => Buffer.compare(pictures[k], pictures[k - 1]) === 0);
    const during = state && { ...state, rows: state.rows.slice(run.from, run.from + run.length + 1) };
    if (run.length < DEAD_CAMERA_S * fps || (during && !moves(during))) return [];
    const message = `${camera} shows one picture for ${(run.length / fps).toFixed(2)} s while the robot moves`;
    return [{ kind: 'dead camera', frame: run.from, message }];
  });
}

function language(dataset: DatasetReader, columns: Columns, state: Motion | undefined): readonly Finding[] {
  const [task] = dataset.tasksOf((columns.get('task_index') ?? []).slice(0, 1));
  if (task === undefined || task.trim() === '') return [{ kind: 'no language', message: 'its task has no words' }];
  if (!state || moves(state)) return [];
  return [{ kind: 'language without motion', message: `"${task}", but the state stays where it is` }];
}
