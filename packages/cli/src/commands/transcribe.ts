import type { Command } from 'commander';

export interface TranscribeOptions {
  readonly policy?: string;
  readonly model?: string;
  readonly wakeWord?: string;
  readonly json?: true;
}

export function addTranscribe(praxis: Command): void {
  praxis
    .command('transcribe')
    .description('what is said in a WAV file, and what it means to the robot')
    .argument('<file.wav>', 'WAV file, any rate and number of channels, two minutes at most')
    .option('--policy <dir>', 'policy whose words count as well (default: the shipped policy)')
    .option('--model <dir>', 'speech model for sherpa-onnx that hears the commands (default: PocketSphinx does)')
    .option('--wake-word <word>', 'only what begins with it, or comes soon after it, is for the robot')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Needs PocketSphinx (apt-get install libpocketsphinx3 pocketsphinx-en-us). Times are in seconds from the start of the file.
What is probably no command is unknown; a stop word counts whatever stands around it.

Examples:
  $ npx praxis transcribe command.wav --json
  $ npx praxis transcribe command.wav --model data/voice/whisper-tiny.en`,
    )
    .action(async (file: string, options: TranscribeOptions) => {
      const { run } = await import('../speech/transcribe.ts');
      process.exitCode = await run(file, options);
    });
}
