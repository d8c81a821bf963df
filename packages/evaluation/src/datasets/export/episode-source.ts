import type { DatasetFeatures, NewEpisode } from '@praxis/wire/lerobot';
import type { EpisodeAudit } from './audit.ts';

/** An episode on its way into a dataset. */
export interface SourceEpisode {
  /** Name of the robot. */
  readonly robot: string;
  readonly features: DatasetFeatures;
  readonly episode: NewEpisode;
  readonly audit: EpisodeAudit;
}

/** Features of the end of an episode, in LeRobot's words. */
export const END_FEATURES: DatasetFeatures = {
  'next.done': { dtype: 'bool', shape: [1], names: null },
  'next.success': { dtype: 'bool', shape: [1], names: null },
};

/** Values of {@link END_FEATURES} for an episode of so many frames. */
export const endColumns = (length: number, success: boolean): readonly (readonly [string, readonly boolean[]])[] => {
  const last = (value: boolean) => Array.from({ length }, (_, i) => value && i === length - 1);
  return [
    ['next.done', last(true)],
    ['next.success', last(success)],
  ];
};

/** A feature of named numbers. */
export const vectorFeature = (names: readonly string[], dtype: 'float32' | 'float64' = 'float32') => ({
  dtype,
  shape: [names.length],
  names,
});
