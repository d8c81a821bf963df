import { type Command, Option } from '@commander-js/extra-typings';
import { InputError } from '@praxis/core';
import { commandLine, seed, wholeNumber } from '../../options/parsers.ts';
import { print, printJson } from '../../terminal/output.ts';

/** Held-out voices: no network was trained with them. */
const DEFAULT_VOICES = 'festival k';

export function addVoiceStops(voice: Command): void {
  voice
    .command('stops')
    .description('count missed stop words and false stops at several thresholds')
    .addOption(
      new Option('--thresholds <list>', 'scores above which a detection stops the arm at once, separated by commas')
        .argParser(thresholds)
        .default([0.85, 0.96], '0.85,0.96'),
    )
    .option('--quiet <s>', 'seconds of motor sound, and of silence', wholeNumber('--quiet', 1, 36_000), 300)
    .option('--seed <s>', 'seed of speeds and noises', seed, 1)
    .option('--voices <names>', 'parts of voice names, separated by commas', DEFAULT_VOICES)
    .option('--resume <file>', 'file of intermediate results; a later run continues from it')
    .option('--out <file>', 'write the table as Markdown to this file')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Needs PocketSphinx (apt-get install libpocketsphinx3 pocketsphinx-en-us). Stop words are detected on two paths: by the spotter during
the word, and by the grammar at the end of the utterance.

Examples:
  $ npx praxis voice stops --out docs/reports/voice-stops.md
  $ npx praxis voice stops --voices "festival ked" --thresholds 0.9 --json`,
    )
    .action(async ({ thresholds, quiet, seed, voices, resume, out, json }) => {
      const { checkWritable, testVoicesNamed, stopPage, stopTable, studyStops, writeAtomically } = await import(
        '@praxis/evaluation'
      );
      const { progress } = await import('../../terminal/progress.ts');
      if (out !== undefined) checkWritable(out, `--out ${out}`);
      const testVoices = await testVoicesNamed(voices);
      const report = await studyStops({
        voices: testVoices,
        thresholds,
        backgroundS: quiet,
        seed,
        resume,
        startProgress: progress,
      });
      const command = commandLine('voice stops', { thresholds: thresholds.join(), quiet, seed, voices, out });
      if (out !== undefined) writeAtomically(out, stopPage(report, testVoices, command));
      if (json) printJson({ seed, voices: testVoices.map(({ name }) => name), ...report });
      else print(stopTable(report));
    });
}

/** Parses numbers between 0 and 1, separated by commas. */
const thresholds = (text: string): readonly number[] =>
  text.split(',').map((part) => {
    const value = Number(part);
    if (part.trim() !== '' && value > 0 && value < 1) return value;
    throw new InputError(`--thresholds ${part}: expected numbers between 0 and 1, separated by commas`);
  });
