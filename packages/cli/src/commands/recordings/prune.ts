import type { Command } from '@commander-js/extra-typings';
import type { judgementWords, KeptRecording } from '@praxis/evaluation';
import { note, print, printJson } from '../../terminal/output.ts';

export function addPrune(recordings: Command): void {
  recordings
    .command('prune')
    .description('list the recordings of a folder, and delete those whose days are over')
    .argument('<folder>', 'folder with recordings (*.mcap), also in folders below it')
    .option('--delete', 'delete them (default: only say which they are)')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
A recording says with --retain how many days it may be kept. One without such a note, and a file that cannot be read, are never deleted.

Examples:
  $ npx praxis sim --task pick --record runs --retain 30
  $ npx praxis recordings prune runs
  $ npx praxis recordings prune runs --delete`,
    )
    .action(async (folder, { delete: deletes, json }) => {
      const { judgementWords, pruneRecordings, recordingsIn } = await import('@praxis/evaluation');
      const recordings = await recordingsIn(folder, new Date());
      const deleted = deletes ? pruneRecordings(recordings) : [];
      if (json) return printJson({ recordings, deleted });
      for (const each of recordings)
        print([each.path, stateOf(each, deletes === true), ...judgements(each, judgementWords)].join('  '));
      const expired = recordings.filter((each) => each.expired).length;
      const what = deletes
        ? `${deleted.length} deleted`
        : `${expired} whose days are over${expired > 0 ? ', --delete deletes them' : ''}`;
      note(`${recordings.length} recordings, ${what}`);
    });
}

/** How an episode was judged, by the task and by a person; nothing where neither did. */
function judgements({ outcome, judgement }: KeptRecording, words: typeof judgementWords): readonly string[] {
  const said = words(judgement);
  return [...(outcome === undefined ? [] : [outcome]), ...(said ? [`(operator: ${said})`] : [])];
}

function stateOf({ expired, retainDays, started, fault }: KeptRecording, deletes: boolean): string {
  if (fault !== undefined) return `cannot be read: ${fault}`;
  if (retainDays === undefined) return 'no retention note';
  const from = started?.toISOString().slice(0, 10);
  if (!expired) return `${retainDays} days from ${from}`;
  return deletes ? 'deleted' : `${retainDays} days from ${from} are over`;
}
