import type { Command } from '@commander-js/extra-typings';
import { wholeNumber } from '../options/parsers.ts';
import { configOption, ROBOT_HELP } from '../options/project.ts';
import { interruptSignal } from '../terminal/interrupt.ts';
import { print } from '../terminal/output.ts';

/** The largest port. */
const MAX_PORT = 65_535;

export function addStudio(praxis: Command): void {
  praxis
    .command('studio')
    .description('serve the studio, the simulator in the browser, until Ctrl-C')
    .option(
      '--port <n>',
      'first port to try; the next free one if it is in use, any free one for 0',
      wholeNumber('--port', 0, MAX_PORT),
      8080,
    )
    .addOption(configOption())
    .option('--robot <dir>', ROBOT_HELP)
    .option('--voice-model <dir>', 'speech model that recognises the commands (default: PocketSphinx)')
    .option(
      '--wake-word <word>',
      'only utterances that begin with the word, or follow it within 8 s, are commands; stop words always count',
    )
    .addHelpText(
      'after',
      `
Examples:
  $ npx praxis studio
  $ npx praxis studio --robot robots/arm6
  $ npx praxis studio --port 9000 --config examples/own-task/praxis.config.ts`,
    )
    .action(async (options) => {
      const { startStudio } = await import('../studio/start-studio.ts');
      const server = await startStudio(options);
      const { signal } = interruptSignal('the server closes');
      print(`Praxis studio: ${server.url}   (Ctrl-C stops it)`);
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      await server.close();
    });
}
