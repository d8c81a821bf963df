import type { Command } from 'commander';

export interface VoiceLessonsOptions {
  readonly out: string;
  readonly shards: string;
  readonly seed: string;
  readonly part: string;
  readonly recordings: string;
  readonly subject: string;
  readonly json?: true;
}

export function addVoiceLessons(voice: Command): void {
  voice
    .command('lessons')
    .description(
      'what the networks for stop words and for the words of commands are taught with; run it again to go on where it stopped',
    )
    .requiredOption('--out <dir>', 'directory of the lessons')
    .option('--shards <n>', 'how many; each holds 60 lessons, about four minutes of sound', '128')
    .option('--seed <s>', 'which lessons', '1')
    .option('--part <k/n>', 'makes only these of the shards, for n processes side by side', '1/1')
    .option(
      '--recordings <dir>',
      'WAV files of people who say no stop word',
      '/usr/share/asterisk/sounds/en_US_f_Allison',
    )
    .option(
      '--subject <which>',
      'everything, or commands: most of them what must not be taken for stop words',
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
  $ npx praxis voice lessons --out data/stop-words
  $ npx praxis voice lessons --out data/commands --shards 22 --seed 2 --subject commands
  $ npx praxis voice lessons --out data/stop-words --part 1/2 & npx praxis voice lessons --out data/stop-words --part 2/2`,
    )
    .action(async (options: VoiceLessonsOptions) => {
      const { run } = await import('../speech/voice-lessons.ts');
      process.exitCode = await run(options);
    });
}
