import type { Command, OptionValues } from '@commander-js/extra-typings';
import { InputError } from '@praxis/core';
import type { NamedEpisode, RecordTarget } from '@praxis/evaluation';
import { numberIn } from './parsers.ts';

const RECORD_HELP = 'record as MCAP: a file *.mcap for one episode, or a folder that gets one file an episode';

const KEEP_HELP = 'with --record: keep only the last seconds, in memory, and write them when a stop latches';

/** Parses `--keep` (s). */
const keepSeconds = numberIn('--keep', 1, 3600);

const OVERWRITE_HELP = 'with --record: overwrite files that exist';

const RETAIN_HELP = 'with --record: days for which the recordings may be kept, which recordings prune obeys';

/** Parses `--retain` (days). */
const retainDays = numberIn('--retain', 0, 36_500);

/**
 * Adds the options of recording to a command.
 * @param saves what saves what `--keep` keeps, besides a stop. Default: nothing
 */
export const addRecordOptions = <A extends unknown[], O extends OptionValues>(command: Command<A, O>, saves = '') =>
  command
    .option('--record <path>', RECORD_HELP)
    .option('--keep <s>', `${KEEP_HELP}${saves}`, keepSeconds)
    .option('--retain <days>', RETAIN_HELP, retainDays)
    .option('--overwrite', OVERWRITE_HELP);

/** The values of the options of recording. */
export interface RecordOptions {
  readonly record?: string;
  readonly keep?: number;
  readonly overwrite?: true;
  readonly retain?: number;
}

/**
 * Where the options say that episodes are recorded; undefined if they are not.
 * @throws {InputError} when a file would be overwritten, and for an option without `--record`
 */
export async function recordTarget(
  { record, keep, overwrite, retain }: RecordOptions,
  episodes: readonly NamedEpisode[],
): Promise<RecordTarget | undefined> {
  if (record === undefined) {
    const [other] = [
      ...(keep === undefined ? [] : [`--keep ${keep}`]),
      ...(retain === undefined ? [] : [`--retain ${retain}`]),
      ...(overwrite ? ['--overwrite'] : []),
    ];
    if (other !== undefined) throw new InputError(`${other}: expected --record with it`);
    return undefined;
  }
  const { checkRecordTarget } = await import('@praxis/evaluation');
  const existing = overwrite ? 'overwrite' : 'refuse';
  const target: RecordTarget = { path: record, existing, keepS: keep, retainDays: retain };
  checkRecordTarget(target, episodes);
  return target;
}
