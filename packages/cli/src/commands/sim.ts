import type { Command } from 'commander';

export interface SimOptions {
  readonly task: string;
  readonly episodes: string;
  readonly seed: string;
  readonly policy?: string;
  readonly mask?: string;
  readonly instruction?: string;
  readonly fast?: true;
  readonly json?: true;
}

export function addSim(praxis: Command): void {
  praxis
    .command('sim')
    .description('run episodes in this terminal and tell what happens in each')
    .option('--task <names>', 'tasks separated by commas, or all; episodes take turns', 'pick,sort')
    .option('--episodes <n>', 'how many in all', '3')
    .option('--seed <s>', 'first seed', '2000000')
    .option('--policy <dir>', 'directory with a manifest.json, or the word expert (default: the shipped policy)')
    .option('--mask <modalities>', 'withhold modalities from the policy: vision,wrench,language')
    .option('--instruction <text>', 'say this instead of what the task says')
    .option('--fast', 'as fast as the machine can; without it the episodes run in real time')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  $ npx praxis sim
  $ npx praxis sim --task pick --fast --seed 7
  $ npx praxis sim --task sort --policy expert --episodes 1`,
    )
    .action(async (options: SimOptions) => {
      const { run } = await import('../sim/command.ts');
      process.exitCode = await run(options);
    });
}
