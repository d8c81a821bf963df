import type { Command } from '@commander-js/extra-typings';
import { InputError } from '@praxis/core';
import { note } from '../../terminal/output.ts';

export function addJudge(recordings: Command): void {
  recordings
    .command('judge')
    .description('write into a recording whether its episode succeeded, as a person saw it, or a note')
    .argument('<file>', 'recording (.mcap) of a loop')
    .option('--success', 'the episode reached its goal')
    .option('--failure', 'it did not')
    .option('--note <text>', 'one line; an empty one takes the note away')
    .addHelpText(
      'after',
      `
What a person says counts before the judgement of the task, which the recording keeps. Everything else in it stays as it is.

Examples:
  $ npx praxis recordings judge demos/pick-2000000.mcap --success
  $ npx praxis recordings judge demos/pick-2000001.mcap --failure --note "dropped the cube"`,
    )
    .action(async (file, { success, failure, note: text }) => {
      if (success && failure) throw new InputError('--success: cannot be used with --failure');
      if (!success && !failure && text === undefined)
        throw new InputError('nothing to write, expected --success, --failure or --note');
      const { checkedNote, judgementWords, judgeRecording } = await import('@praxis/evaluation');
      const judged = await judgeRecording(file, {
        ...(success ? { outcome: 'success' } : failure ? { outcome: 'failure' } : {}),
        ...(text === undefined ? {} : { note: checkedNote(text) }),
      });
      note(`${file}: ${judgementWords(judged) || 'no judgement'}`);
    });
}
