/** A feature of a LeRobotDataset: one value in each frame. */
export interface DatasetFeature {
  /** Type of an element, such as `float32`; `image` for PNG or JPEG in the table, `video` for MP4 beside it. */
  readonly dtype: string;
  /** Dimensions of a value: height, width and channels of a picture, `[1]` for a single number. */
  readonly shape: readonly number[];
  /** Names of the elements, as datasets have them: a list, or lists by a name. Null without names. */
  readonly names: unknown;
  /** Facts on a video, as LeRobot writes them. */
  readonly info?: unknown;
}

/** Features of a dataset by their names. */
export type DatasetFeatures = Readonly<Record<string, DatasetFeature>>;

/** Features that every dataset has and that a writer fills in by itself. The time stamp is `frame_index / fps` (s). */
export const FRAME_FEATURES: DatasetFeatures = {
  timestamp: { dtype: 'float32', shape: [1], names: null },
  frame_index: { dtype: 'int64', shape: [1], names: null },
  episode_index: { dtype: 'int64', shape: [1], names: null },
  index: { dtype: 'int64', shape: [1], names: null },
  task_index: { dtype: 'int64', shape: [1], names: null },
};

/**
 * A value of a feature: numbers in row-major order for a shape of several elements, the bytes of a PNG or JPEG file for a picture,
 * undefined for one that is missing.
 */
export type FeatureValue = number | boolean | string | Uint8Array | ArrayLike<number> | undefined;

/** True for a feature that holds pictures, in the table or as video. */
export const isCamera = ({ dtype }: DatasetFeature): boolean => dtype === 'image' || dtype === 'video';

/** True for a feature of numbers or truth values, for which there are statistics by element. */
export const isNumeric = (feature: DatasetFeature): boolean =>
  !isCamera(feature) && /^(u?int|float|bool)/.test(feature.dtype);

/** Number of elements of a value. */
export const elementCount = ({ shape }: Pick<DatasetFeature, 'shape'>): number =>
  shape.reduce((product, n) => product * n, 1);

/** Names of the elements of a feature, for messages: the dataset's own, or their numbers. */
export function elementNames(feature: DatasetFeature): readonly string[] {
  const count = elementCount(feature);
  const { names } = feature;
  const lists = typeof names === 'object' && names !== null && !Array.isArray(names) ? Object.values(names) : [names];
  const flat = lists.flat().filter((name) => typeof name === 'string');
  return flat.length === count ? flat : Array.from({ length: count }, (_, i) => String(i));
}

/** One line on the first difference between the structures of two datasets; undefined without one. */
export function featuresDifference(ours: DatasetFeatures, theirs: DatasetFeatures): string | undefined {
  for (const name of Object.keys(theirs)) if (!(name in ours)) return `${name} is not among its features`;
  for (const [name, feature] of Object.entries(ours)) {
    const other = theirs[name];
    if (!other) return `${name} is missing`;
    if (other.dtype !== feature.dtype) return `${name} has dtype ${other.dtype}, expected ${feature.dtype}`;
    if (other.shape.join() !== feature.shape.join())
      return `${name} has shape ${other.shape.join(' x ')}, expected ${feature.shape.join(' x ')}`;
    if (!isCamera(feature) && elementNames(other).join() !== elementNames(feature).join())
      return `${name} has elements ${elementNames(other).join(', ')}, expected ${elementNames(feature).join(', ')}`;
  }
  return undefined;
}
