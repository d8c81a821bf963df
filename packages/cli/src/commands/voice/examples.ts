import { type Command, Option } from '@commander-js/extra-typings';
import { InputError } from '@praxis/core';
import { oneOf, seed, wholeNumber } from '../../options/parsers.ts';
import { interruptSignal } from '../../terminal/interrupt.ts';
import { EXIT, note, print, printJson } from '../../terminal/output.ts';

export function addVoiceExamples(voice: Command): void {
  voice
    .command('examples')
    .description(
      'what the networks for stop words and for the words of commands are taught with; run it again to go on where it stopped',
    )
    .requiredOption('--out <dir>', 'directory of the lessons')
    .option(
      '--shards <n>',
      'how many; each holds 60 lessons, about four minutes of sound',
      wholeNumber('--shards', 1, 10_000),
      128,
    )
    .option('--seed <s>', 'which lessons', seed, 1)
    .addOption(
      new Option('--part <k/n>', 'makes only these of the shards, for n processes side by side')
        .argParser(partOf)
        .default(partOf('1/1'), '1/1'),
    )
    .option(
      '--recordings <dir>',
      'WAV files of people who say no stop word',
      '/usr/share/asterisk/sounds/en_US_f_Allison',
    )
    .option(
      '--mix <which>',
      'everything, or commands: most of them what must not be taken for stop words',
      oneOf('--mix', ['everything', 'commands']),
      'everything',
    )
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Speaks stop words, commands and other talk with synthetic voices in rooms and noises, and writes what the networks see of it.
Needs espeak-ng, pico2wave (libttspico-utils, non-free), PocketSphinx's dictionary and recordings (asterisk-core-sounds-en-wav).
Then: python -m stopwords.train, python -m words.train (see training/README.md).

Examples:
  $ npx praxis voice examples --out data/stop-words
  $ npx praxis voice examples --out data/commands --shards 22 --seed 2 --mix commands
  $ npx praxis voice examples --out data/stop-words --part 1/2 & npx praxis voice examples --out data/stop-words --part 2/2`,
    )
    .action(async ({ out, json, ...options }) => {
      const { generateDataset } = await import('@praxis/voice-training');
      const { progress } = await import('../../terminal/progress.ts');
      const { signal, release } = interruptSignal('the shards that are done are kept');
      const generating = generateDataset({ ...options, out, signal, startProgress: progress });
      const { shards, made, partial } = await generating.finally(release);
      if (partial) {
        note('praxis voice examples: interrupted; run it again to go on');
        process.exitCode = EXIT.interrupted;
      } else if (json) printJson({ out, shards, made, seed: options.seed });
      else print(`${shards} shards in ${out}`);
    });
}

function partOf(text: string): readonly [part: number, parts: number] {
  const [part, parts, ...rest] = text.split('/').map(Number);
  if (rest.length === 0 && Number.isInteger(part) && Number.isInteger(parts) && part >= 1 && part <= parts) {
    return [part, parts];
  }
  throw new InputError(`--part ${text}: expected k/n with k of 1 to n`);
}
