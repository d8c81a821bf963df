import type { Command } from 'commander';

export interface FaultsOptions {
  readonly faults: string;
  readonly task: string;
  readonly episodes: string;
  readonly seed: string;
  readonly policy?: string;
  readonly workers: string;
  readonly state: string;
  readonly out?: string;
  readonly wall?: true;
  readonly fresh?: true;
  readonly json?: true;
}

export function addFaults(praxis: Command): void {
  praxis
    .command('faults')
    .description('let everything go wrong in turn, and write what came of it as a table')
    .option('--faults <names>', 'faults separated by commas, or all', 'all')
    .option('--task <names>', 'tasks that take turns', 'pick,sort')
    .option('--episodes <n>', 'episodes of each fault', '50')
    .option('--seed <s>', 'first seed', '2000000')
    .option('--policy <dir>', 'directory with a manifest.json (default: the shipped policy)')
    .option('--workers <k>', 'processes', '2')
    .option('--state <file>', 'where results are kept; a run goes on with those that are there', 'runs/faults.jsonl')
    .option('--out <file>', 'writes the table as Markdown')
    .option(
      '--wall',
      'also kill, stop and block for real, against the wall clock; needs a machine that does nothing else',
    )
    .option('--fresh', 'forgets what is there')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  $ npx praxis faults --wall --out docs/fault-matrix.md
  $ npx praxis faults --faults policy_killed,arm_struck --episodes 10`,
    )
    .action(async (options: FaultsOptions) => {
      const { run } = await import('../faults/command.ts');
      process.exitCode = await run(options);
    });
}
