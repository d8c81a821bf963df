import { existsSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { firstLine, InputError } from '@praxis/core';
import { type DatasetFeatures, type FeatureValue, ImageStatistics } from '@praxis/wire/lerobot';
import type { RecordedEpisode, ShardInfo } from '../../demonstrations/dataset.ts';
import { JOINT_ACTIONS } from '../../demonstrations/record-format.ts';
import { END_FEATURES, endColumns, type SourceEpisode, vectorFeature } from './episode-source.ts';
import { ACTION, STATE } from './frame-layout.ts';
import { cameraFeature, type PictureFormat } from './pictures.ts';

const MANIFEST = 'dataset.json';
const FORMAT = 'praxis-demos/1';
/** Records of demonstrations follow each other at the rate of the expert's inferences. */
const RECORDS_PER_SECOND = 10;
/** Row of the chunk that holds the expert's target one record later: rows are 0.05 s apart, and the first is 0.05 s after the record. */
const ACTION_ROW = 1;
const WRENCH_NAMES = ['fx', 'fy', 'fz', 'tx', 'ty', 'tz'];

interface StoredField {
  readonly name: string;
  readonly dtype: 'u1' | 'f4' | 'i4';
  readonly shape: readonly number[];
  readonly offset: number;
}

/** What `dataset.json` says of demonstrations. */
interface DemonstrationManifest {
  readonly format: string;
  readonly recordBytes: number;
  readonly fields: readonly StoredField[];
  readonly inputs: readonly { readonly field: string; readonly names?: readonly string[] }[];
  readonly actions: Readonly<Record<string, readonly { readonly space: string; readonly names: readonly string[] }[]>>;
  readonly robot?: { readonly name?: string };
  readonly recording?: { readonly policy?: string };
  readonly shards: readonly ShardInfo[];
}

/** Number of episodes in a folder of demonstrations. @throws {InputError} for a folder without them */
export const demonstrationCount = (folder: string): number =>
  readManifest(folder).shards.reduce((sum, { episodes }) => sum + episodes.length, 0);

/**
 * The episodes of a folder that `praxis demos` wrote: the positions of the joints as state, the expert's target one frame later as action.
 * @param pictures how pictures are stored
 * @throws {InputError} for a folder without demonstrations, and for files that are missing or too short
 */
export async function* demonstrationEpisodes(folder: string, pictures: PictureFormat): AsyncGenerator<SourceEpisode> {
  const manifest = readManifest(folder);
  const layout = layoutOf(folder, manifest, pictures);
  for (const shard of manifest.shards) {
    const path = join(folder, shard.file);
    const file = await open(path, 'r').catch((cause) => {
      throw new InputError(`${path}: cannot be read: ${firstLine(cause)}`, { cause });
    });
    try {
      for (const episode of shard.episodes) {
        if (episode.count < 2) continue;
        const bytes = new Uint8Array(episode.count * manifest.recordBytes);
        const { bytesRead } = await file.read(bytes, 0, bytes.length, episode.first * manifest.recordBytes);
        if (bytesRead !== bytes.length)
          throw new InputError(
            `${path}: ends within the episode of seed ${episode.seed}, expected ${bytes.length} bytes of it`,
          );
        yield episodeOf({
          source: `${shard.file}#${episode.seed}`,
          task: shard.task,
          episode,
          bytes,
          layout,
          manifest,
        });
      }
    } finally {
      await file.close();
    }
  }
}

function readManifest(folder: string): DemonstrationManifest {
  const path = join(folder, MANIFEST);
  if (!existsSync(path)) {
    const hint = existsSync(join(folder, 'meta/info.json')) ? '; it is a LeRobotDataset already' : '';
    throw new InputError(
      `${folder}: holds no demonstrations (${MANIFEST})${hint}, expected recordings or a folder of \`praxis demos\``,
    );
  }
  let manifest: DemonstrationManifest;
  try {
    manifest = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new InputError(`${path}: is not JSON: ${firstLine(cause)}`, { cause });
  }
  if (manifest?.format !== FORMAT) throw new InputError(`${path}: format ${manifest?.format}, expected ${FORMAT}`);
  return manifest;
}

/** The fields that frames are made of. */
interface Layout {
  readonly robot: string;
  readonly joints: StoredField;
  readonly actions: StoredField;
  readonly wrench: StoredField | undefined;
  readonly cameras: ReadonlyMap<string, StoredField>;
  readonly pictures: PictureFormat;
  readonly features: DatasetFeatures;
}

function layoutOf(
  folder: string,
  { fields, inputs, actions, robot }: DemonstrationManifest,
  pictures: PictureFormat,
): Layout {
  const find = (name: string) => fields.find((field) => field.name === name);
  const [joints, chunk, wrench] = [find('joints'), find(JOINT_ACTIONS), find('wrench')];
  const names = inputs.find(({ field }) => field === 'joints')?.names;
  const blocks = actions[JOINT_ACTIONS];
  if (!joints || !chunk || !names || !blocks)
    throw new InputError(
      `${folder}/${MANIFEST}: has no positions of joints, expected demonstrations of a newer \`praxis demos\``,
    );
  const actionNames = blocks.flatMap((block) => (block.space === 'gripper' ? ['gripper'] : block.names));
  const cameras = new Map(
    fields.filter(({ name }) => name.startsWith('images.')).map((field) => [`observation.${field.name}`, field]),
  );
  return {
    ...{ robot: robot?.name ?? '', joints, actions: chunk, wrench, cameras, pictures },
    features: {
      [STATE]: vectorFeature(names),
      [ACTION]: vectorFeature(actionNames),
      ...Object.fromEntries(
        [...cameras].map(([feature, { shape }]) => [feature, cameraFeature(pictures, shape[0], shape[1])]),
      ),
      ...(wrench ? { 'observation.wrench': vectorFeature(WRENCH_NAMES) } : {}),
      ...END_FEATURES,
    },
  };
}

interface StoredEpisode {
  readonly source: string;
  readonly task: string;
  readonly episode: RecordedEpisode;
  readonly bytes: Uint8Array;
  readonly layout: Layout;
  readonly manifest: DemonstrationManifest;
}

function episodeOf({ source, task, episode, bytes, layout, manifest }: StoredEpisode): SourceEpisode {
  const { count, success, instruction, seed, goal } = episode;
  const records = Array.from({ length: count }, (_, i) =>
    bytes.subarray(i * manifest.recordBytes, (i + 1) * manifest.recordBytes),
  );
  const rows = (field: StoredField, size: number, row: number): readonly FeatureValue[] =>
    records.map((record) => floats(record, field.offset + 4 * size * row, size));
  const columns = new Map<string, readonly FeatureValue[]>([
    [STATE, rows(layout.joints, layout.joints.shape[0], 0)],
    [ACTION, rows(layout.actions, layout.actions.shape[1], ACTION_ROW)],
    ...endColumns(count, success),
  ]);
  // The newest sample of the window.
  const { wrench } = layout;
  if (wrench) columns.set('observation.wrench', rows(wrench, WRENCH_NAMES.length, wrench.shape[0] - 1));
  const statistics = Object.fromEntries(
    [...layout.cameras].map(([feature, { offset, shape }]) => {
      const [height, width, channels] = shape;
      const gathered = new ImageStatistics(channels);
      const pixels = records.map((record) => record.subarray(offset, offset + height * width * channels));
      for (const picture of pixels) gathered.add(picture);
      columns.set(
        feature,
        pixels.map((data) => layout.pictures.encode({ width, height, data })),
      );
      return [feature, gathered.finish()];
    }),
  );
  return {
    ...{ robot: layout.robot, features: layout.features },
    episode: {
      tasks: records.map(() => instruction),
      ...{ columns, statistics },
      facts: {
        ...{ source: basename(source), task_name: task, goal, outcome: success ? 'success' : 'failure', success },
        ...{ policy: manifest.recording?.policy ?? '', seed: String(seed), flag: '' },
      },
    },
    audit: {
      ...{ source, frames: count, fps: RECORDS_PER_SECOND, startS: 0, skippedS: 0, droppedByRecorder: 0, streams: [] },
    },
  };
}

/** Little-endian float32 numbers. */
function floats(record: Uint8Array, offset: number, count: number): Float64Array {
  const view = new DataView(record.buffer, record.byteOffset + offset, 4 * count);
  return Float64Array.from({ length: count }, (_, i) => view.getFloat32(4 * i, true));
}
