import { type Command, Option } from '@commander-js/extra-typings';
import { InputError } from '@praxis/core';
import { commandLine, seed, wholeNumber } from '../../options/parsers.ts';
import { print, printJson } from '../../terminal/output.ts';

/** Voices that no network was trained with. */
const DEFAULT_VOICES = 'festival k';

export function addVoiceStops(voice: Command): void {
  voice
    .command('stops')
    .description('how many stop words are missed, and how many heard where none is, at several thresholds')
    .addOption(
      new Option('--thresholds <list>', 'how sure the networks have to be for a stop at once')
        .argParser(thresholds)
        .default([0.85, 0.96], '0.85,0.96'),
    )
    .option('--quiet <s>', 'seconds of a motor, and of silence', wholeNumber('--quiet', 1, 36_000), 300)
    .option('--seed <s>', 'which speeds and noises', seed, 1)
    .option('--voices <names>', 'voices whose names hold one of these, separated by commas', DEFAULT_VOICES)
    .option('--resume <file>', 'keeps what was counted there, and goes on from it')
    .option('--out <file>', 'writes the table as Markdown')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Stop words are heard on two paths: spotted while they are said, and by the grammar when the utterance is over.

Examples:
  $ npx praxis voice stops --out docs/voice-stops.md
  $ npx praxis voice stops --voices "festival ked" --thresholds 0.9 --json`,
    )
    .action(async ({ thresholds, quiet, seed, voices, resume, out, json }) => {
      const { testVoicesNamed, stopPage, stopTable, studyStops, writeAtomically } = await import('@praxis/evaluation');
      const { progress } = await import('../../terminal/progress.ts');
      const speakers = await testVoicesNamed(voices);
      const report = await studyStops({ voices: speakers, thresholds, backgroundS: quiet, seed, resume, startProgress: progress });
      const command = commandLine('voice stops', { thresholds: thresholds.join(), quiet, seed, voices, out });
      if (out !== undefined) writeAtomically(out, stopPage(report, speakers, command));
      if (json) printJson({ seed, speakers: speakers.map(({ name }) => name), ...report });
      else print(stopTable(report));
    });
}

/** Numbers between 0 and 1, separated by commas. */
const thresholds = (text: string): readonly number[] =>
  text.split(',').map((part) => {
    const value = Number(part);
    if (part.trim() !== '' && value > 0 && value < 1) return value;
    throw new InputError(`--thresholds ${part}: expected numbers between 0 and 1, separated by commas`);
  });
