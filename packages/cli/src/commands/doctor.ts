import type { Command } from 'commander';

export interface DoctorOptions {
  readonly json?: true;
}

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
    .action(async (options: DoctorOptions) => {
      const { run } = await import('../doctor/command.ts');
      process.exitCode = await run(options);
    });
}
