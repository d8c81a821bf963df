import type { Command } from 'commander';

export interface InterpretOptions {
  readonly after?: string;
  readonly policy?: string;
  readonly wakeWord?: string;
  readonly document?: true;
  readonly grammar?: true;
  readonly json?: true;
}

export function addInterpret(praxis: Command): void {
  praxis
    .command('interpret')
    .description('what a sentence means to the robot; the same code reads typed and spoken ones')
    .argument('[text...]', 'the sentence')
    .option('--after <text>', 'the instruction before it, for corrections such as "no, the blue one"')
    .option('--policy <dir>', 'policy whose words count as well (default: the shipped policy)')
    .option('--wake-word <word>', 'only what begins with it is for the robot, except stop words')
    .option('--document', 'print the document of the command language instead')
    .option('--grammar', "print the recogniser's grammar (JSGF) instead")
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
docs/voice-commands.md says what can be said. What is no command is unknown, with exit status 0.

Examples:
  $ npx praxis interpret "move left five centimetres" --json
  $ npx praxis interpret "no, the blue one" --after "pick up the red cube"
  $ npx praxis interpret "robot, half speed" --wake-word robot
  $ npx praxis interpret --document > docs/voice-commands.md`,
    )
    .action(async (words: string[], options: InterpretOptions) => {
      const { run } = await import('../speech/interpret.ts');
      process.exitCode = run(words, options);
    });
}
