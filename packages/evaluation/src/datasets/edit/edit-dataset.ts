import { existsSync } from 'node:fs';
import { InputError } from '@praxis/core';
import {
  type DatasetReader,
  DatasetWriter,
  type EpisodeRow,
  type FilePlace,
  FRAME_FEATURES,
  featuresDifference,
  nextPlace,
  VIDEO_PATH,
  type VideoPart,
  videoPath,
} from '@praxis/wire/lerobot';
import { openDatasetFolder, StagedDataset } from '../folder.ts';
import { copyEpisode } from './copy-episode.ts';
import { checkSelection, isSelected, type Selection } from './selection.ts';

/** A change of some episodes, by their numbers in the source. */
export interface EpisodeEdit {
  readonly episodes: Selection;
  /** The new task, or the reason of the flag. */
  readonly text: string;
}

/** A part of a split. */
export interface SplitPart {
  /** Name of its folder. */
  readonly name: string;
  /** Share of the episodes, 0..1. */
  readonly share: number;
}

/** Options of {@link editDataset}. */
export interface EditOptions {
  readonly source: string;
  /** Folder of the new dataset, or of those of a split. */
  readonly out: string;
  /** Episodes of the source to leave out. Default: none. */
  readonly drop?: Selection;
  readonly relabel?: readonly EpisodeEdit[];
  readonly flag?: readonly EpisodeEdit[];
  /** Datasets of the same structure whose episodes follow. Default: none. */
  readonly merge?: readonly string[];
  /** Parts, each of which becomes a dataset of its own, in the order of the episodes. Default: one dataset. */
  readonly split?: readonly SplitPart[];
  readonly signal?: AbortSignal;
}

/** A dataset that an edit wrote. */
export interface EditedDataset {
  readonly folder: string;
  readonly episodes: number;
  readonly frames: number;
}

/**
 * Writes a changed copy of a dataset to a new folder, as version 3; the source stays as it is.
 * @throws {InputError} for an episode that does not exist, datasets of another structure, and a folder that exists
 * @throws {DatasetError} for a dataset that cannot be read
 */
export async function editDataset(options: EditOptions): Promise<readonly EditedDataset[]> {
  const { source, out, drop, relabel = [], flag = [], merge = [], split } = options;
  const first = await openDatasetFolder(source);
  const count = first.episodes.length;
  checkSelection('--drop', drop, count);
  for (const { episodes } of relabel) checkSelection('--relabel', episodes, count);
  for (const { episodes } of flag) checkSelection('--flag', episodes, count);
  const others = [];
  for (const folder of merge) others.push(await mergeable(first, folder));
  const kept = [first, ...others].flatMap((dataset) =>
    dataset.episodes
      .filter(({ index }) => dataset !== first || !isSelected(drop, index))
      .map((episode) => ({ dataset, episode })),
  );
  if (kept.length === 0) throw new InputError(`${source}: no episode is left`);
  const staged = await StagedDataset.create(out);
  const write = async (folder: string, episodes: typeof kept): Promise<EditedDataset> => {
    const copy = new DatasetCopy(staged, folder, first);
    for (const { dataset, episode } of episodes) {
      if (options.signal?.aborted) throw new InputError(`${out}: interrupted, nothing is written`);
      const of = (edits: readonly EpisodeEdit[]) =>
        dataset === first
          ? edits.findLast(({ episodes: chosen }) => isSelected(chosen, episode.index))?.text
          : undefined;
      await copy.add(dataset, episode, { task: of(relabel), flag: of(flag) });
    }
    return { folder: folder === '' ? out : `${out}/${folder}`, ...copy.finish() };
  };
  return staged.complete(async () => {
    if (!split) return [await write('', kept)];
    const parts = splitEpisodes(kept, split);
    const written: EditedDataset[] = [];
    for (const [i, { name }] of split.entries()) written.push(await write(name, parts[i]));
    return written;
  });
}

/** Opens a dataset to merge. @throws {InputError} for another robot, rate or structure than the first one's */
async function mergeable(first: DatasetReader, folder: string): Promise<DatasetReader> {
  const dataset = await openDatasetFolder(folder);
  const [ours, theirs] = [first.info, dataset.info];
  if (ours.robot_type !== theirs.robot_type)
    throw new InputError(
      `${folder}: robot ${theirs.robot_type}, but ${first.name} has ${ours.robot_type}: a dataset holds one robot`,
    );
  if (ours.fps !== theirs.fps)
    throw new InputError(`${folder}: ${theirs.fps} frames per second, but ${first.name} has ${ours.fps}`);
  const difference = featuresDifference(ours.features, theirs.features);
  if (difference !== undefined)
    throw new InputError(`${folder}: has another structure than ${first.name}: ${difference}`);
  return dataset;
}

/** Splits a list by shares, which add up to 1. @throws {InputError} when a part gets nothing */
function splitEpisodes<T>(episodes: readonly T[], parts: readonly SplitPart[]): T[][] {
  let [share, from] = [0, 0];
  return parts.map((part) => {
    share += part.share;
    const to = Math.round(share * episodes.length);
    const chosen = episodes.slice(from, to);
    if (chosen.length === 0)
      throw new InputError(`--split: ${part.name} gets none of ${episodes.length} episodes, expected at least one`);
    from = to;
    return chosen;
  });
}

/** One dataset that is made of the episodes of others. */
class DatasetCopy {
  readonly #staged: StagedDataset;
  readonly #folder: string;
  readonly #writer: DatasetWriter;
  readonly #like: DatasetReader;
  /** New places of the video files that were taken over, by their old paths. */
  readonly #videos = new Map<string, FilePlace>();
  readonly #last = new Map<string, FilePlace>();
  /** Template of the new paths; null without videos. */
  readonly #videoPath: string | null;

  constructor(staged: StagedDataset, folder: string, like: DatasetReader) {
    const { info } = like;
    this.#staged = staged;
    this.#folder = folder === '' ? '' : `${folder}/`;
    this.#like = like;
    this.#videoPath = Object.values(info.features).some(({ dtype }) => dtype === 'video') ? VIDEO_PATH : null;
    const own = Object.entries(info.features).filter(([name]) => !(name in FRAME_FEATURES));
    this.#writer = DatasetWriter.create(
      { create: (path) => staged.create(this.#folder + path) },
      { fps: info.fps, features: Object.fromEntries(own), robotType: info.robot_type, videoPath: this.#videoPath },
    );
  }

  async add(dataset: DatasetReader, episode: EpisodeRow, changes: { readonly task?: string; readonly flag?: string }) {
    const videos: Record<string, VideoPart> = {};
    for (const [camera, part] of Object.entries(episode.videos)) {
      videos[camera] = { ...part, ...(await this.#takeVideo(dataset, camera, part)) };
    }
    this.#writer.addEpisode(await copyEpisode(dataset, episode, { ...changes, videos }));
  }

  finish(): Omit<EditedDataset, 'folder'> {
    const info = this.#writer.finish();
    return { episodes: info.total_episodes, frames: info.total_frames };
  }

  /** Takes a whole video file over once; several episodes may be in it. @returns its new place */
  async #takeVideo(dataset: DatasetReader, camera: string, part: FilePlace): Promise<FilePlace> {
    const path = videoPath(dataset.name, dataset.info, camera, part);
    const known = this.#videos.get(`${dataset.name}/${path}`);
    if (known) return known;
    const last = this.#last.get(camera);
    const place = last ? nextPlace(last, this.#like.info.chunks_size) : { chunk: 0, file: 0 };
    if (!existsSync(`${dataset.name}/${path}`)) throw new InputError(`${dataset.name}/${path}: is missing`);
    await this.#staged.adopt(
      dataset.name,
      [path],
      () => this.#folder + videoPath(dataset.name, { video_path: this.#videoPath }, camera, place),
    );
    this.#videos.set(`${dataset.name}/${path}`, place);
    this.#last.set(camera, place);
    return place;
  }
}
