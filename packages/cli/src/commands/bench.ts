import type { Command } from 'commander';

export interface BenchOptions {
  readonly json?: true;
}

export function addBench(praxis: Command): void {
  praxis
    .command('bench')
    .description('time ours beside a yardstick in the same run')
    .argument('<name>', 'sim, policy, cameras, filter or ros')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  $ npx praxis bench sim
  $ npx praxis bench policy --json`,
    )
    .action(async (name: string, options: BenchOptions) => {
      const { run } = await import('../bench/command.ts');
      process.exitCode = await run(name, options);
    });
}
