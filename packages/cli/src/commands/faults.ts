import { type Command, Option } from '@commander-js/extra-typings';
import { InputError } from '@praxis/core';
import { episodes, knownNames, names, seed, seedRange, workers } from '../options/parsers.ts';
import { ACCEPT_ROBOT_HELP, configOption, POLICY_HELP, projectOf, ROBOT_HELP } from '../options/project.ts';
import { chosenRobot } from '../options/robot.ts';
import { SHARD_HELP, shardOf } from '../options/shard.ts';
import { endWithoutReport, interruptible } from '../terminal/interrupt.ts';
import { print, printJson } from '../terminal/output.ts';

export function addFaults(praxis: Command): void {
  praxis
    .command('faults')
    .description('inject every fault in turn and tabulate how the supervisor stops the arm')
    .option('--faults <names>', 'faults, separated by commas, or all', names, 'all' as const)
    .addOption(
      new Option('--task <names>', 'tasks that alternate').argParser(names).default(names('pick,sort'), 'pick,sort'),
    )
    .option('--episodes <n>', 'number of episodes of each fault', episodes, 50)
    .option('--seed <s>', 'first seed', seed, 2_000_000)
    .option('--robot <dir>', ROBOT_HELP)
    .option('--policy <policy>', `${POLICY_HELP}, or expert (default: the shipped policy)`)
    .addOption(configOption())
    .option('--accept-robot <name>', ACCEPT_ROBOT_HELP)
    .option('--workers <k>', 'number of processes', workers, 2)
    .option('--shard <i/n>', `${SHARD_HELP}; praxis report merge joins their state files`)
    .option(
      '--state <file>',
      'file of the results; a later run continues from it (default: runs/faults.jsonl, or runs/faults-I-of-N.jsonl)',
    )
    .option('--out <file>', 'write the table as Markdown to this file')
    .option('--wall', 'also kill, stop and block processes for real; needs an otherwise idle machine')
    .option('--fresh', 'discard the results in the state file')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  $ npx praxis faults --wall --out docs/reports/fault-matrix.md
  $ npx praxis faults --faults policy_killed,arm_struck --episodes 10
  $ npx praxis faults --robot arm6 --policy expert --faults arm_struck --episodes 10 --state runs/arm6.jsonl
  $ npx praxis faults --shard 1/3 --state shards/faults-1.jsonl`,
    )
    .action(async ({ out, wall, fresh, json, ...options }) => {
      const { checkWritable, matrixPage, measureFaults, writeAtomically } = await import('@praxis/evaluation');
      const { episodeProgress } = await import('../terminal/progress.ts');
      const shard = await shardOf(options.shard);
      if (shard && out !== undefined)
        throw new InputError(`--out ${out}: the table needs every shard; praxis report merge joins their state files`);
      if (out !== undefined) checkWritable(out, `--out ${out}`);
      const state = options.state ?? `runs/faults${shard ? `-${shard.index}-of-${shard.count}` : ''}.jsonl`;
      const project = await projectOf(options.config);
      const { registry, config } = project;
      const robot = await chosenRobot(options.robot, project);
      const faults = knownNames('--faults', options.faults, registry.faults.names);
      const tasks = knownNames('--task', options.task, registry.policyTaskNames);
      const seeds = seedRange(options.seed, options.episodes);
      const matrix = await interruptible((signal) =>
        measureFaults({
          ...{ faults, tasks, seeds, shard, state, signal },
          policy: options.policy,
          ...{ robot, config },
          acceptRobot: options.acceptRobot,
          wallClock: wall ? 'measured' : 'left out',
          existingResults: fresh ? 'discard' : 'keep',
          workers: options.workers,
          startProgress: episodeProgress,
        }),
      );
      if (!matrix) {
        endWithoutReport('faults', { json });
        return;
      }
      const of = options.robot === undefined ? '' : ` --robot ${options.robot}`;
      const command = `npx praxis faults${of} --episodes ${seeds.length}${shard ? ` --shard ${options.shard}` : ''}${wall ? ' --wall' : ''} --out ${out ?? 'FILE'}`;
      const page = matrixPage(matrix, command);
      if (out !== undefined) writeAtomically(out, page);
      const { rows, wall: wallRows, ...facts } = matrix;
      if (json) printJson({ ...facts, command, rows, wall: wallRows });
      else print(page);
    });
}
