import type { Command } from 'commander';

export interface EvalOptions {
  readonly task: string;
  readonly episodes: string;
  readonly seed: string;
  readonly policy?: string;
  readonly mask?: string;
  readonly fault?: string;
  readonly safety: string;
  readonly swap?: true;
  readonly workers: string;
  readonly json?: true;
}

export function addEval(praxis: Command): void {
  praxis
    .command('eval')
    .description('measure a policy: success rates with 95 % intervals, times, forces, latency')
    .requiredOption('--task <names>', 'tasks separated by commas, or all')
    .option('--episodes <n>', 'episodes of each task', '50')
    .option('--seed <s>', 'first seed; reported results start at 2000000', '2000000')
    .option('--policy <dir>', 'directory with a manifest.json, or the word expert (default: the shipped policy)')
    .option('--mask <modalities>', 'withhold modalities from the policy: vision,wrench,language')
    .option('--fault <name>', 'let something go wrong in mid-motion of every episode: policy_killed, arm_struck, ...')
    .option('--safety <on|off>', 'whether the supervisor guards the arm', 'on')
    .option('--swap', 'repeat each success with another object named and count how often it is taken')
    .option('--workers <k>', 'processes', '2')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Seeds choose the wordings: below 1000000 those of training, below 2000000 of validation, from there on of reports.

Examples:
  $ npx praxis eval --task pick,sort --episodes 200 --seed 2000000
  $ npx praxis eval --task pick --mask language --episodes 100 --json
  $ npx praxis eval --task pick,sort --fault policy_killed --episodes 25
  $ npx praxis eval --task all --policy expert --seed 1000000`,
    )
    .action(async (options: EvalOptions) => {
      const { run } = await import('../eval/command.ts');
      process.exitCode = await run(options);
    });
}
