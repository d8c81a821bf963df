/**
 * LeRobotDataset: datasets of episodes as parquet tables through ports for files, in Node and in browsers. Version 3 is read and written,
 * 2.1 and 2.0 are read.
 *
 * @example
 * import { DatasetReader, DatasetWriter, type DatasetFiles, type DatasetTarget } from '@praxis/wire/lerobot';
 * import { bytesSource } from '@praxis/wire/mcap';
 * const files = new Map<string, Uint8Array[]>();
 * const target: DatasetTarget = {
 *   create(path) {
 *     const parts: Uint8Array[] = [];
 *     files.set(path, parts);
 *     return { write: (bytes) => parts.push(bytes.slice()), close: () => {} };
 *   },
 * };
 * const features = { action: { dtype: 'float32', shape: [2], names: ['x', 'y'] } };
 * const writer = DatasetWriter.create(target, { fps: 10, features, robotType: null });
 * const columns = new Map([['action', [Float64Array.of(0, 1), Float64Array.of(2, 3)]]]);
 * writer.addEpisode({ tasks: ['push', 'push'], columns, statistics: {}, facts: { success: true } });
 * writer.finish();
 * const stored: DatasetFiles = {
 *   name: 'memory',
 *   list: async (folder) => [...files.keys()].filter((path) => path.startsWith(folder)),
 *   open: async (path) => bytesSource(path, Buffer.concat(files.get(path) ?? [])),
 * };
 * const dataset = await DatasetReader.open(stored);
 * const frames = await dataset.read(dataset.episodes[0], ['action']);
 * console.log(frames.get('action')?.[1]); // Float64Array [2, 3]
 */
export { DatasetReader } from './dataset-reader.ts';
export { DatasetWriter, type NewDataset, type NewEpisode } from './dataset-writer.ts';
export type { EpisodeFact, EpisodeFacts, EpisodeRow, FactTypes, VideoPart } from './episodes.ts';
export { DatasetError } from './format/error.ts';
export {
  type DatasetFeature,
  type DatasetFeatures,
  elementCount,
  elementNames,
  type FeatureValue,
  FRAME_FEATURES,
  featuresDifference,
  isCamera,
  isNumeric,
} from './format/features.ts';
export type { DatasetFiles, DatasetSink, DatasetTarget } from './format/files.ts';
export { type DatasetInfo, type FilePlace, nextPlace, VIDEO_PATH, videoPath } from './format/info.ts';
export { type DatasetStatistics, type FeatureStatistics, ImageStatistics } from './format/statistics.ts';
export { motionJpegFeature, videoCodec } from './video-files.ts';
