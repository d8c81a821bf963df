import { InputError } from '@praxis/core';
import {
  type DatasetFeatures,
  type DatasetReader,
  isCamera,
  motionJpegFeature,
  type NewEpisode,
  videoCodec,
} from '@praxis/wire/lerobot';
import type { CameraAudit } from './audit.ts';
import { PICTURE_FORMATS, type PictureFormat, type PictureStore } from './pictures.ts';

/**
 * Where the pictures of an export go.
 * @param pictures as asked for. Default: where the dataset has them that gets more episodes, else the table
 * @param out names the dataset in messages
 * @param dataset that gets more episodes
 * @throws {InputError} when the dataset that gets more episodes has them elsewhere, or as videos of another codec
 */
export function pictureStore(
  pictures: PictureStore | undefined,
  out: string,
  dataset: DatasetReader | undefined,
): PictureStore {
  const [name, camera] = Object.entries(dataset?.info.features ?? {}).find(([, feature]) => isCamera(feature)) ?? [];
  if (!camera) return pictures ?? 'table';
  const store: PictureStore = camera.dtype === 'video' ? 'mp4' : 'table';
  if (pictures !== undefined && pictures !== store)
    throw new InputError(`--pictures ${pictures}: ${out} has its pictures in ${PLACES[store]}, expected ${store}`);
  const { codec } = PICTURE_FORMATS.mp4;
  if (store === 'mp4' && videoCodec(camera) !== codec)
    throw new InputError(
      `${out}: ${name} is a video of codec ${videoCodec(camera) ?? 'unknown'}, to which ${codec} cannot be added, expected another folder`,
    );
  return store;
}

const PLACES: Readonly<Record<PictureStore, string>> = { table: 'its tables', mp4: 'MP4 files' };

/** Features whose videos say what they are. */
export const withVideoFacts = (features: DatasetFeatures, fps: number): DatasetFeatures =>
  Object.fromEntries(
    Object.entries(features).map(([name, feature]) => [
      name,
      feature.dtype === 'video' ? motionJpegFeature(feature, fps) : feature,
    ]),
  );

/** What the pictures of an episode take. */
export const cameraAudits = (
  features: DatasetFeatures,
  { columns }: NewEpisode,
  { codec }: PictureFormat,
): readonly CameraAudit[] =>
  Object.entries(features)
    .filter(([, feature]) => isCamera(feature))
    .map(([camera, { shape }]) => {
      const files = (columns.get(camera) ?? []) as readonly Uint8Array[];
      const bytes = files.reduce((sum, { length }) => sum + length, 0);
      return { camera, codec, width: shape[1], height: shape[0], pictures: files.length, bytes };
    });
