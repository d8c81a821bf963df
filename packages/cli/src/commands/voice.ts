import type { Command } from 'commander';

export interface VoiceTestOptions {
  readonly each: string;
  readonly seed: string;
  readonly voices?: string;
  readonly policy?: string;
  readonly out?: string;
  readonly json?: true;
}

export function addVoice(praxis: Command): void {
  const voice = praxis.command('voice').description('what is understood of what people say');
  voice
    .command('test')
    .description('speaks commands, chatter and stop words in many voices and noises, and counts what is understood')
    .option('--each <n>', 'wordings of each row of the command table', '3')
    .option('--seed <s>', 'which wordings, speeds and noises', '1')
    .option('--voices <names>', 'only voices whose names hold one of these, separated by commas')
    .option('--policy <dir>', 'policy whose words count as well (default: the shipped policy)')
    .option('--out <file>', 'writes the table as Markdown')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Needs PocketSphinx (apt-get install libpocketsphinx3 pocketsphinx-en-us). Flite's voices are always there; Festival's
(festival, festvox-kallpc16k, festvox-us-slt-hts, festvox-don) and eSpeak's (espeak-ng) take part where they are installed.

Examples:
  $ npx praxis voice test --out docs/voice-results.md
  $ npx praxis voice test --each 1 --voices slt`,
    )
    .action(async (options: VoiceTestOptions) => {
      const { run } = await import('../speech/voice-test.ts');
      process.exitCode = await run(options);
    });
}
