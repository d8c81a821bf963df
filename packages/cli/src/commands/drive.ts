import type { Command } from 'commander';

export interface DriveOptions {
  readonly task: string;
  readonly seed: string;
  readonly policy?: string;
  readonly wakeWord?: string;
  readonly turns?: true;
  readonly microphone?: true;
  readonly model?: string;
  readonly json?: true;
}

export function addDrive(praxis: Command): void {
  praxis
    .command('drive')
    .description('drive the simulated arm by commands in words, one a line on standard input, or spoken')
    .option('--task <name>', 'whose scene the arm stands in', 'pick')
    .option('--seed <s>', 'of the scene', '2000000')
    .option('--policy <dir>', 'what follows instructions, or the word expert (default: the shipped policy)')
    .option('--wake-word <word>', 'only what begins with it, or comes soon after it, is for the robot')
    .option(
      '--turns',
      'take a line when the one before is done with, as fast as the machine can; without it in real time',
    )
    .option('--microphone', 'hear commands at the default microphone as well (needs PocketSphinx and a recorder)')
    .option('--model <dir>', 'with --microphone: speech model for sherpa-onnx that hears the commands')
    .option('--json', 'print everything that happens as JSON, one object a line')
    .addHelpText(
      'after',
      `
docs/voice-commands.md says what can be said. "stop" is a protective stop: nothing moves until the line /reset, which no word
replaces. The end of the input lets the last command finish, then holds the arm; Ctrl-C holds it at once.

Examples:
  $ npx praxis drive
  $ npx praxis drive --microphone
  $ printf 'left 5 cm\\nup two inches\\nback\\n' | npx praxis drive --turns
  $ printf 'go home\\nyes\\npick up the red cube\\n' | npx praxis drive --turns --json`,
    )
    .action(async (options: DriveOptions) => {
      const { run } = await import('../drive/command.ts');
      process.exitCode = await run(options);
    });
}
