import { type DatasetReader, isCamera, isNumeric } from '@praxis/wire/lerobot';
import { openDatasetFolder } from '../folder.ts';
import { ACTION, checkEpisode, motionOf, STATE } from './check-episode.ts';
import type { Finding } from './finding.ts';
import { RangeGatherer, sizeOf } from './ranges.ts';
import { VideoCheck } from './video-check.ts';

/** What a check of a dataset says. */
export interface DatasetCheck {
  readonly dataset: string;
  readonly robot: string | null;
  readonly fps: number;
  /** Episodes that were checked. */
  readonly episodes: number;
  readonly frames: number;
  readonly cameras: readonly string[];
  readonly findings: readonly Finding[];
  readonly partial?: true;
}

/**
 * Looks for faults of a dataset that spoil a training: gaps, stale streams, jumps, saturations, dead cameras, duplicated episodes, language
 * without motion. Pictures inside tables are compared; of videos only the length is read.
 * @throws {DatasetError} in one line for a folder that is no LeRobotDataset, or is damaged
 */
export async function checkDataset(folder: string, signal?: AbortSignal): Promise<DatasetCheck> {
  const dataset = await openDatasetFolder(folder);
  const { info, episodes } = dataset;
  const ranges = await rangesOf(dataset);
  const findings = [...wholeFindings(dataset)];
  const first = new Map<string, number>();
  const videos = new VideoCheck(dataset);
  let checked = 0;
  for (const episode of episodes) {
    if (signal?.aborted) break;
    const columns = await dataset.read(episode);
    const { findings: found, digest } = checkEpisode(dataset, episode, columns, ranges);
    findings.push(...found, ...(await videos.check(episode)));
    const same = first.get(digest);
    if (same === undefined) first.set(digest, episode.index);
    else
      findings.push({
        kind: 'duplicate',
        episode: episode.index,
        message: `has the states and actions of episode ${same}`,
      });
    checked++;
  }
  return {
    ...{ dataset: folder, robot: info.robot_type, fps: info.fps, episodes: checked, frames: info.total_frames },
    cameras: Object.keys(info.features).filter((name) => isCamera(info.features[name])),
    findings,
    ...(checked < episodes.length ? { partial: true } : {}),
  };
}

/** Ranges of state and action over the dataset, as far as it has them. */
async function rangesOf(dataset: DatasetReader) {
  const names = [STATE, ACTION].filter((name) => sizeOf(dataset, name) > 0);
  const gatherers = names.map((name) => new RangeGatherer(sizeOf(dataset, name)));
  for (const episode of dataset.episodes) {
    const columns = await dataset.read(episode, names);
    for (const [i, name] of names.entries()) gatherers[i].add(motionOf(dataset, columns, name, [])?.rows ?? []);
  }
  return Object.fromEntries(names.map((name, i) => [name, gatherers[i].finish()]));
}

function wholeFindings({ info, statistics, statisticsPath, episodes }: DatasetReader): readonly Finding[] {
  const frames = episodes.reduce((sum, { length }) => sum + length, 0);
  const structure = (message: string): Finding => ({ kind: 'structure', message });
  const without = Object.keys(info.features).filter(
    (name) => !statistics[name] && (isNumeric(info.features[name]) || isCamera(info.features[name])),
  );
  return [
    ...(frames === info.total_frames
      ? []
      : [structure(`episodes of ${frames} frames, but meta/info.json says ${info.total_frames}`)]),
    ...[STATE, ACTION].flatMap((name) => (info.features[name] ? [] : [structure(`has no feature ${name}`)])),
    ...(without.length === 0
      ? []
      : [{ kind: 'statistics' as const, message: `${statisticsPath} lacks ${without.join(', ')}` }]),
  ];
}
