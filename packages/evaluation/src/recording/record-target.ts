import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@praxis/core';
import { type ExistingFile, existsError } from './thread/file-sink.ts';

/** Where recordings go, as `--record`, `--keep` and `--overwrite` say. */
export interface RecordTarget {
  /** A file `*.mcap` for one episode, or a folder that gets one file an episode. */
  readonly path: string;
  readonly existing: ExistingFile;
  /** Only so much is kept, in memory (s), and written at a stop. Default: everything is written as it comes. */
  readonly keepS?: number;
  /** Days for which a recording may be kept, as a note in it that `praxis recordings prune` obeys. Default: no note. */
  readonly retainDays?: number;
}

const SUFFIX = '.mcap';

/** An episode's name, for its file. */
export interface NamedEpisode {
  readonly task: string;
  readonly seed: number;
}

/** The file of an episode. */
export const recordingPath = ({ path }: RecordTarget, { task, seed }: NamedEpisode): string =>
  path.endsWith(SUFFIX) ? path : join(path, `${task}-${seed}${SUFFIX}`);

/**
 * Checks before the first episode that no recording overwrites a file or another one.
 * @throws {InputError} that names the file
 */
export function checkRecordTarget(target: RecordTarget, episodes: readonly NamedEpisode[]): void {
  if (target.path.endsWith(SUFFIX) && episodes.length > 1) {
    throw new InputError(
      `--record ${target.path}: ${episodes.length} episodes, expected a folder, which gets one file each`,
    );
  }
  if (target.existing === 'overwrite') return;
  for (const episode of episodes) {
    const path = recordingPath(target, episode);
    if (existsSync(path)) throw existsError(path);
  }
}
