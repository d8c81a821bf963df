import type { Command } from '@commander-js/extra-typings';
import { episodes, knownNames, names, seed, seedRange, workers } from '../options/parsers.ts';
import { configOption, projectOf, ROBOT_HELP } from '../options/project.ts';
import { chosenRobot } from '../options/robot.ts';
import { endWithoutReport, interruptible } from '../terminal/interrupt.ts';
import { print, printJson } from '../terminal/output.ts';

export function addCeilings(praxis: Command): void {
  praxis
    .command('ceilings')
    .description('run the expert of each task without what each modality tells, beside what the task lets it reach')
    .option('--task <names>', 'tasks, separated by commas, or all', names, 'all' as const)
    .option('--episodes <n>', 'number of episodes of each task and modality', episodes, 200)
    .option('--seed <s>', 'first seed', seed, 2_000_000)
    .option('--robot <dir>', ROBOT_HELP)
    .addOption(configOption())
    .option('--workers <k>', 'number of processes', workers, 2)
    .option('--out <file>', 'write the table as Markdown to this file')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  $ npx praxis ceilings --out docs/reports/ceilings.md
  $ npx praxis ceilings --task insert --episodes 50`,
    )
    .action(async ({ out, json, ...options }) => {
      const { ceilingsPage, checkWritable, measureCeilings, writeAtomically } = await import('@praxis/evaluation');
      const { progress } = await import('../terminal/progress.ts');
      if (out !== undefined) checkWritable(out, `--out ${out}`);
      const project = await projectOf(options.config);
      const { registry, config } = project;
      const robot = await chosenRobot(options.robot, project);
      const known = registry.policyTaskNames.filter((name) => registry.tasks.find(name).ceilings !== undefined);
      const tasks = knownNames('--task', options.task, known);
      const seeds = seedRange(options.seed, options.episodes);
      const report = await interruptible((signal) =>
        measureCeilings({
          ...{ tasks, seeds, robot, config, signal },
          workers: options.workers,
          startProgress: progress,
        }),
      );
      if (!report) {
        endWithoutReport('ceilings', { json });
        return;
      }
      const of = options.robot === undefined ? '' : ` --robot ${options.robot}`;
      const command = `npx praxis ceilings${of} --task ${tasks.join(',')} --episodes ${seeds.length} --seed ${options.seed}`;
      const page = ceilingsPage(report, command);
      if (out !== undefined) writeAtomically(out, page);
      if (json) printJson({ ...report, command });
      else print(page);
    });
}
