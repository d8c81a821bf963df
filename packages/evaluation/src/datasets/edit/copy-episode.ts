import {
  type DatasetReader,
  type EpisodeRow,
  type FeatureValue,
  FRAME_FEATURES,
  ImageStatistics,
  type NewEpisode,
  type VideoPart,
} from '@praxis/wire/lerobot';
import { decodePng } from '../../files/decode-png.ts';

/** What changes in a copy of an episode. */
export interface EpisodeChanges {
  /** Task of all its frames. Default: those that they have. */
  readonly task?: string;
  /** Why it is flagged. Default: as before. */
  readonly flag?: string;
  readonly videos: Readonly<Record<string, VideoPart>>;
}

/** An episode of a dataset for another one. Pictures keep their bytes. */
export async function copyEpisode(
  dataset: DatasetReader,
  episode: EpisodeRow,
  changes: EpisodeChanges,
): Promise<NewEpisode> {
  const columns = await dataset.read(episode);
  const { task, flag, videos } = changes;
  const tasks =
    task === undefined ? dataset.tasksOf(columns.get('task_index') ?? []) : columns.get('index')!.map(() => task);
  const own = [...columns].filter(([name]) => !(name in FRAME_FEATURES));
  return {
    ...{ tasks, columns: new Map(own), videos },
    statistics: { ...pictureStatistics(dataset, episode, columns), ...episode.statistics },
    facts: flag === undefined ? episode.facts : { ...episode.facts, flag },
  };
}

/** Statistics of pictures inside the table for which the dataset has none. */
function pictureStatistics(
  { name, info: { features } }: DatasetReader,
  { index, statistics }: EpisodeRow,
  columns: ReadonlyMap<string, readonly FeatureValue[]>,
) {
  const missing = Object.keys(features).filter((each) => features[each].dtype === 'image' && !statistics[each]);
  return Object.fromEntries(
    missing.map((camera) => {
      const gathered = new ImageStatistics();
      for (const [frame, picture] of (columns.get(camera) ?? []).entries())
        gathered.add(decodePng(picture as Uint8Array, `${name}: episode ${index} frame ${frame}: ${camera}`).rgb);
      return [camera, gathered.finish()];
    }),
  );
}
