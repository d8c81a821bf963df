import { type Command, Option } from '@commander-js/extra-typings';
import { InputError } from '@praxis/core';
import { oneOf, seed, wholeNumber } from '../../options/parsers.ts';
import { endWithoutReport, interruptible } from '../../terminal/interrupt.ts';
import { print, printJson } from '../../terminal/output.ts';

export function addVoiceExamples(voice: Command): void {
  voice
    .command('examples')
    .description('generate training examples for the networks of stop words and command words')
    .requiredOption('--out <dir>', 'directory of the dataset')
    .option(
      '--shards <n>',
      'number of shards of 60 examples, about four minutes of sound each',
      wholeNumber('--shards', 1, 10_000),
      128,
    )
    .option('--seed <s>', 'seed of the examples', seed, 1)
    .addOption(
      new Option('--part <k/n>', 'generate only part k of n, to run n processes in parallel')
        .argParser(partOf)
        .default(partOf('1/1'), '1/1'),
    )
    .option(
      '--recordings <dir>',
      'directory of WAV files of people, without stop words',
      '/usr/share/asterisk/sounds/en_US_f_Allison',
    )
    .option(
      '--mix <name>',
      'everything, or commands (mainly commands and words that resemble stop words)',
      oneOf('--mix', ['everything', 'commands']),
      'everything',
    )
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Synthetic voices speak stop words, commands and other speech in rooms with noise; the dataset holds the inputs of the networks.
Needs espeak-ng, pico2wave (libttspico-utils, non-free), PocketSphinx's dictionary and recordings (asterisk-core-sounds-en-wav).
Continue with python -m stopwords.train and python -m words.train (training/README.md). An interrupted run continues when the same
command runs again.

Examples:
  $ npx praxis voice examples --out data/stop-words
  $ npx praxis voice examples --out data/commands --shards 22 --seed 2 --mix commands
  $ npx praxis voice examples --out data/stop-words --part 1/2 & npx praxis voice examples --out data/stop-words --part 2/2`,
    )
    .action(async ({ out, json, ...options }) => {
      const { generateDataset } = await import('@praxis/voice-training');
      const { progress } = await import('../../terminal/progress.ts');
      const { shards, made, partial } = await interruptible(
        (signal) => generateDataset({ ...options, out, signal, startProgress: progress }),
        'complete shards are kept',
      );
      if (partial) {
        endWithoutReport('voice examples', { json });
      } else if (json) printJson({ out, shards, made, seed: options.seed });
      else print(`${shards} shards in ${out}`);
    });
}

function partOf(text: string): readonly [part: number, parts: number] {
  const [part, parts, ...rest] = text.split('/').map(Number);
  if (rest.length === 0 && Number.isInteger(part) && Number.isInteger(parts) && part >= 1 && part <= parts) {
    return [part, parts];
  }
  throw new InputError(`--part ${text}: expected k/n with k from 1 to n`);
}
