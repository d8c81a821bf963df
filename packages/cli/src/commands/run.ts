import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from '@commander-js/extra-typings';
import { InputError } from '@praxis/core';

export function addRun(praxis: Command): void {
  praxis
    .command('run')
    .description('run a program of your own in TypeScript or JavaScript that imports the packages of Praxis')
    .argument('<file>', 'module (.ts, .js)')
    .argument('[arguments...]', 'arguments of the program')
    .passThroughOptions()
    .addHelpText(
      'after',
      `
The program finds its arguments in process.argv, as with Node. Its exit status is that of this command.

Examples:
  $ npx praxis run examples/closed-loop.ts
  $ npx praxis run examples/closed-loop.ts expert 7`,
    )
    .action(async (file, values) => {
      const { importFile, isModulePath } = await import('@praxis/policy/node');
      const isFile = statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
      if (!isFile || !isModulePath(file)) throw new InputError(`${file}: expected a module (.ts, .js)`);
      process.argv = [process.execPath, resolve(file), ...values];
      await importFile(file);
    });
}
