import { Command, CommanderError } from '@commander-js/extra-typings';
import { commands } from './commands/index.ts';
import { EXIT, note, reportError } from './terminal/output.ts';

/** Builds the command line. Each command's code is imported only when it runs, so that `--help` is quick. */
export function program(): Command {
  const praxis = new Command('praxis')
    .description('Embodied control: run, judge and train multimodal robot policies in the simulator.')
    .version('0.1.0')
    .showHelpAfterError(false)
    .addHelpText(
      'after',
      "\nExample:\n  $ npx praxis eval --task pick,sort --episodes 50 --seed 2000000\n\n'praxis COMMAND --help' has more.",
    );
  for (const add of commands) add(praxis);
  for (const command of [praxis, ...praxis.commands, ...praxis.commands.flatMap((each) => [...each.commands])]) {
    command.exitOverride();
    // Commander's own message comes back as an error and is printed once, in main.
    command.configureOutput({ outputError: () => {} });
  }
  return praxis;
}

/** Runs one command line and sets the exit status: 0, 1 for a fault, 2 for wrong usage or bad input. */
export async function main(argv: readonly string[]): Promise<void> {
  const command = argv[2]?.startsWith('-') ? '' : (argv[2] ?? '');
  try {
    await program().parseAsync([...argv]);
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return;
      process.exitCode = EXIT.badInput;
      if (error.code === 'commander.help') return;
      note(`praxis ${command}: ${error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ')}`);
      return;
    }
    process.exitCode = reportError(command, error);
  }
}
