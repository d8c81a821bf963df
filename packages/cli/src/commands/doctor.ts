import type { Command } from '@commander-js/extra-typings';
import { EXIT, print, printJson } from '../terminal/output.ts';

export function addDoctor(praxis: Command): void {
  praxis
    .command('doctor')
    .description('check the dependencies on this machine')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
For each missing dependency it names the commands that do not run. The exit status is 1 when a required one is missing.

Example:
  $ npx praxis doctor`,
    )
    .action(async ({ json }) => {
      const { runChecks } = await import('../machine/checks.ts');
      const checks = await runChecks();
      const healthy = checks.every((check) => check.found || !check.required);
      if (json) printJson({ healthy, checks });
      else {
        const width = Math.max(...checks.map((check) => check.name.length));
        for (const { name, found, detail, cost } of checks) {
          print(`${found ? 'yes' : 'no '}  ${name.padEnd(width)}  ${detail}`);
          if (cost) print(`     ${' '.repeat(width)}  without it: ${cost}`);
        }
      }
      process.exitCode = healthy ? EXIT.ok : EXIT.failed;
    });
}
