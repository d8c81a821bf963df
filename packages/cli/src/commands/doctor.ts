import type { Command } from '@commander-js/extra-typings';
import { EXIT, print, printJson } from '../terminal/output.ts';

export function addDoctor(praxis: Command): void {
  praxis
    .command('doctor')
    .description('what this machine has, and what each absence costs')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Example:
  $ npx praxis doctor`,
    )
    .action(async ({ json }) => {
      const { runChecks: examine } = await import('../machine/checks.ts');
      const checks = await examine();
      const healthy = checks.every((check) => check.found || !check.required);
      if (json) printJson({ healthy, checks });
      else {
        const width = Math.max(...checks.map((check) => check.name.length));
        for (const { name, found, detail, cost } of checks) {
          print(`${found ? 'yes' : 'no '}  ${name.padEnd(width)}  ${detail}`);
          if (cost) print(`     ${' '.repeat(width)}  costs: ${cost}`);
        }
      }
      // Something is missing without which nothing runs.
      process.exitCode = healthy ? EXIT.ok : EXIT.failed;
    });
}
