import { resolve } from 'node:path';
import type { Command } from '@commander-js/extra-typings';
import { episodes, knownNames, names, seed, seedRange } from '../options/parsers.ts';
import { configOption, projectOf, ROBOT_HELP } from '../options/project.ts';
import { chosenRobot } from '../options/robot.ts';
import { interruptSignal } from '../terminal/interrupt.ts';
import { EXIT, print, printJson } from '../terminal/output.ts';

export function addViews(praxis: Command): void {
  praxis
    .command('views')
    .description('record pictures of scenes with the truth, for the training of a detection')
    .requiredOption('--task <names>', 'tasks whose scenes are drawn in turn, separated by commas', names)
    .requiredOption('--out <dir>', 'folder for pictures.u8 and views.json')
    .option('--episodes <n>', 'number of views', episodes, 2500)
    .option('--seed <s>', 'first seed; training uses seeds 0 to 999999', seed, 0)
    .option('--robot <dir>', ROBOT_HELP)
    .addOption(configOption())
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Half of the scenes are as in the midst of a plan: the arm anywhere above the table, things on trays or in the fingers.

Example:
  $ npx praxis views --task tidy,pick,sort --episodes 2500 --seed 300000 --out data/views`,
    )
    .action(async ({ out, json, ...options }) => {
      const { recordViews, robotChoice } = await import('@praxis/evaluation');
      const { progress } = await import('../terminal/progress.ts');
      const project = await projectOf(options.config);
      const { tasks } = project.registry;
      const chosen = knownNames('--task', options.task, tasks.names).map((name) => tasks.find(name));
      const seeds = seedRange(options.seed, options.episodes);
      const robot = await robotChoice(await chosenRobot(options.robot, project));
      const { signal, release } = interruptSignal();
      const bar = progress('views', seeds.length);
      const views = await recordViews({
        ...{ tasks: chosen, seeds, robot, signal },
        out: resolve(out),
        onView: () => bar.step(''),
      }).finally(() => {
        bar.stop();
        release();
      });
      if (json) printJson({ views, out });
      else print(`${views} views in ${out}`);
      process.exitCode = views < seeds.length ? EXIT.interrupted : EXIT.ok;
    });
}
