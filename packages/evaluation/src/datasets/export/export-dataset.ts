import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { firstLine, InputError } from '@praxis/core';
import {
  type DatasetFeatures,
  type DatasetReader,
  DatasetWriter,
  FRAME_FEATURES,
  featuresDifference,
} from '@praxis/wire/lerobot';
import { NO_PROGRESS, type StartProgress } from '../../workers/progress.ts';
import { openDatasetFolder, StagedDataset } from '../folder.ts';
import { type CameraAudit, joinCameraAudits, type StoredEpisodeAudit } from './audit.ts';
import { demonstrationCount, demonstrationEpisodes } from './demonstrations.ts';
import type { SourceEpisode } from './episode-source.ts';
import { cameraAudits, pictureStore, withVideoFacts } from './picture-store.ts';
import { PICTURE_FORMATS, type PictureFormat, type PictureStore } from './pictures.ts';
import { recordedEpisode } from './recorded-episode.ts';

/** Options of {@link exportDataset}. */
export interface ExportOptions {
  /** Recordings (.mcap), or folders that `praxis demos` wrote. */
  readonly sources: readonly string[];
  /** Folder of the dataset. */
  readonly out: string;
  /** What happens to a dataset that is there: it is refused, or gets more episodes. Default: refuse. */
  readonly existing?: 'refuse' | 'append';
  /** Frames per second of recordings. Default: those of the dataset, or the rate of the slowest camera, or 10. */
  readonly fps?: number;
  /** Streams of recordings to leave out. Default: none. */
  readonly leaveOut?: readonly string[];
  /** Episodes to keep. Default: all. */
  readonly keep?: 'all' | 'successes';
  /** Where pictures go. Default: where the dataset has them that gets more episodes, else the table. */
  readonly pictures?: PictureStore;
  /** Ends the export early; the episodes that are complete are written. */
  readonly signal?: AbortSignal;
  readonly startProgress?: StartProgress;
}

/** What an export wrote. */
export interface ExportReport {
  readonly out: string;
  readonly robot: string;
  readonly fps: number;
  /** Episodes and frames that were added. */
  readonly episodes: number;
  readonly frames: number;
  /** Episodes of the whole dataset. */
  readonly totalEpisodes: number;
  /** Episodes that were left out because they did not reach their goal. */
  readonly failures: number;
  /** Features of a frame. */
  readonly features: readonly string[];
  /** Codec and size of the pictures that were added, by camera. */
  readonly cameras: readonly CameraAudit[];
  readonly audits: readonly StoredEpisodeAudit[];
  readonly partial?: true;
}

/** File of a dataset with the audits of its episodes, beside LeRobot's own. */
export const AUDIT_PATH = 'meta/praxis_audit.json';

/**
 * Writes recordings or demonstrations as a LeRobotDataset v3, or adds them to one. The dataset appears at its place once it is complete.
 * @throws {InputError} for sources of several robots, another structure or other pictures than the dataset's, and a folder that exists
 * @throws {McapError} with the offset for a damaged recording
 */
export async function exportDataset(options: ExportOptions): Promise<ExportReport> {
  const { out, sources, existing = 'refuse' } = options;
  if (sources.length === 0)
    throw new InputError('nothing to export, expected recordings or a folder of demonstrations');
  const dataset = existing === 'append' && existsSync(out) ? await openDatasetFolder(out) : undefined;
  if (!dataset && existsSync(out)) throw new InputError(`${out}: exists already, expected a new folder or --append`);
  const staged = dataset ? await StagedDataset.extend(out) : await StagedDataset.create(out);
  return staged.complete(() => new DatasetExport(options, staged, dataset).run());
}

/** One export, which knows after its first episode what all others have to be like. */
class DatasetExport {
  readonly #options: ExportOptions;
  readonly #staged: StagedDataset;
  readonly #dataset: DatasetReader | undefined;
  readonly #pictures: PictureFormat;
  readonly #audits: StoredEpisodeAudit[] = [];
  #writer: DatasetWriter | undefined;
  #like:
    | { readonly source: string; readonly robot: string; readonly fps: number; readonly features: DatasetFeatures }
    | undefined;
  #failures = 0;

  constructor(options: ExportOptions, staged: StagedDataset, dataset: DatasetReader | undefined) {
    this.#options = options;
    this.#staged = staged;
    this.#dataset = dataset;
    this.#pictures = PICTURE_FORMATS[pictureStore(options.pictures, options.out, dataset)];
    if (dataset) {
      this.#writer = DatasetWriter.append(staged, dataset);
      const { name: source, info } = dataset;
      const own = Object.entries(info.features).filter(([name]) => !(name in FRAME_FEATURES));
      this.#like = { source, robot: info.robot_type ?? '', fps: info.fps, features: Object.fromEntries(own) };
    }
  }

  async run(): Promise<ExportReport> {
    const { sources, signal, keep = 'all', startProgress = NO_PROGRESS } = this.#options;
    const total = sources.reduce((sum, source) => sum + (isFolder(source) ? demonstrationCount(source) : 1), 0);
    const bar = startProgress('export', total, 0);
    try {
      for (const source of sources) {
        for await (const episode of this.#episodes(source)) {
          if (signal?.aborted) break;
          if (keep === 'all' || episode.episode.facts.success === true) this.#add(source, episode);
          else this.#failures++;
          bar.step(`${this.#audits.length} written`);
        }
        if (signal?.aborted) break;
      }
    } finally {
      bar.stop();
    }
    if (!this.#writer || this.#audits.length === 0)
      throw new InputError(
        `${this.#options.out}: no episode to write${this.#failures > 0 ? `: ${this.#failures} did not reach their goal` : ''}`,
      );
    return this.#finish(this.#writer);
  }

  async *#episodes(source: string): AsyncGenerator<SourceEpisode> {
    const { fps = this.#dataset?.info.fps, leaveOut } = this.#options;
    if (isFolder(source)) yield* demonstrationEpisodes(source, this.#pictures);
    else yield await recordedEpisode(source, { fps, leaveOut, pictures: this.#pictures });
  }

  #add(source: string, { robot, features, episode, audit }: SourceEpisode): void {
    this.#like ??= { source, robot, fps: audit.fps, features };
    const like = this.#like;
    if (robot !== like.robot)
      throw new InputError(
        `${source}: robot ${robot}, but ${like.source} has ${like.robot || 'none'}: a dataset holds one robot, since state and action have its joints`,
      );
    if (audit.fps !== like.fps)
      throw new InputError(`${source}: ${audit.fps} frames per second, but ${like.source} has ${like.fps}`);
    const difference = featuresDifference(like.features, features);
    if (difference !== undefined)
      throw new InputError(`${source}: has another structure than ${like.source}: ${difference}`);
    this.#writer ??= DatasetWriter.create(this.#staged, {
      fps: like.fps,
      features: withVideoFacts(features, like.fps),
      robotType: robot,
    });
    this.#writer.addEpisode(episode);
    this.#audits.push({ ...audit, cameras: cameraAudits(features, episode, this.#pictures) });
  }

  #finish(writer: DatasetWriter): ExportReport {
    const { out, signal } = this.#options;
    const info = writer.finish();
    const sink = this.#staged.create(AUDIT_PATH);
    const audits = [...(this.#dataset ? readAudits(out) : []), ...this.#audits];
    sink.write(new TextEncoder().encode(`${JSON.stringify(audits, undefined, 1)}\n`));
    sink.close();
    return {
      ...{ out, robot: info.robot_type ?? '', fps: info.fps, episodes: this.#audits.length },
      frames: this.#audits.reduce((sum, { frames }) => sum + frames, 0),
      ...{ totalEpisodes: info.total_episodes, failures: this.#failures, features: Object.keys(info.features) },
      ...{ cameras: joinCameraAudits(this.#audits), audits: this.#audits },
      ...(signal?.aborted ? { partial: true } : {}),
    };
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** The audits of a dataset that is there; a dataset of another program has none. */
function readAudits(out: string): readonly StoredEpisodeAudit[] {
  const path = join(out, AUDIT_PATH);
  if (!existsSync(path)) return [];
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new InputError(`${path}: is not JSON: ${firstLine(cause)}`, { cause });
  }
}
