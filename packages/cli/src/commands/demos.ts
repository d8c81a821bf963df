import type { Command } from 'commander';

export interface DemosOptions {
  readonly task: string;
  readonly episodes: string;
  readonly seed: string;
  readonly out: string;
  readonly policy?: string;
  readonly beta?: string;
  readonly workers: string;
  readonly json?: true;
}

export function addDemos(praxis: Command): void {
  praxis
    .command('demos')
    .description('record demonstrations for training; run it again to go on where it stopped')
    .requiredOption('--task <names>', 'tasks separated by commas, or all')
    .requiredOption('--out <dir>', 'directory of the dataset')
    .option('--episodes <n>', 'episodes of each task', '500')
    .option('--seed <s>', 'first seed; demonstrations use 0 to 999999', '0')
    .option('--policy <dir>', 'let this policy drive while the expert labels (DAgger)')
    .option('--beta <p>', 'with --policy: probability that the expert drives a segment, 0 to 1 (default: 0.3)')
    .option('--workers <k>', 'processes', '2')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  $ npx praxis demos --task pick,sort --episodes 2000 --seed 0 --out data/expert
  $ npx praxis demos --task pick --episodes 500 --seed 100000 --out data/dagger1 --policy models/default --beta 0.2`,
    )
    .action(async (options: DemosOptions) => {
      const { run } = await import('../demos/command.ts');
      process.exitCode = await run(options);
    });
}
