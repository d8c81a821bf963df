import { readFileSync } from 'node:fs';
import { Command, CommanderError } from '@commander-js/extra-typings';
import { commands } from './commands/index.ts';
import { EXIT, handleOutputErrors, note, reportError } from './terminal/output.ts';

/** The version of this package, which is the version of all. */
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/**
 * Builds the command line. The code of a command is imported when the command runs, so that `--help` is fast.
 * @example
 * import { program } from '@praxis/cli';
 *
 * console.log(program().commands.map((command) => command.name()));
 */
export function program(): Command {
  const praxis = new Command('praxis')
    .description('Run, evaluate and record multimodal robot policies in the simulator, and drive the arm by voice.')
    .version(version)
    .showHelpAfterError(false)
    // `praxis run FILE --option`: the option is the program's.
    .enablePositionalOptions()
    .addHelpText(
      'after',
      "\nExample:\n  $ npx praxis eval --task pick,sort --episodes 50 --seed 2000000\n\nRun 'npx praxis COMMAND --help' for the options and examples of a command.",
    );
  for (const add of commands) add(praxis);
  for (const command of [praxis, ...praxis.commands, ...praxis.commands.flatMap((each) => [...each.commands])]) {
    command.exitOverride();
    // Commander also throws its messages as errors; `main` prints them once.
    command.configureOutput({ outputError: () => {} });
  }
  return praxis;
}

/**
 * Runs one command line and sets the exit status: 0 on success, 1 on an internal error, 2 on wrong usage or bad input, 130 after
 * an interrupt.
 * @param argv arguments as in `process.argv`: Node, the script, then the command
 */
export async function main(argv: readonly string[]): Promise<void> {
  handleOutputErrors();
  const command = argv[2]?.startsWith('-') ? '' : (argv[2] ?? '');
  /** An error in a callback, which no promise carries. */
  const endWith = (error: unknown): never => process.exit(reportError(command, error));
  process.on('uncaughtException', endWith);
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
  } finally {
    process.off('uncaughtException', endWith);
  }
}
