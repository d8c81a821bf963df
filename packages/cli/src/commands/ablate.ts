import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Command } from '@commander-js/extra-typings';
import { InputError } from '@praxis/core';
import type { AblationResults } from '@praxis/evaluation';
import { again, episodes, list, seed, seedRange, wholeNumber, workers } from '../options/parsers.ts';
import { checkoutRoot } from '../options/paths.ts';
import { configOption, projectOf, ROBOT_HELP } from '../options/project.ts';
import { chosenRobot } from '../options/robot.ts';
import { SHARD_HELP, shardOf } from '../options/shard.ts';
import { endWithoutReport, interruptible } from '../terminal/interrupt.ts';
import { print, printJson } from '../terminal/output.ts';

export function addAblate(praxis: Command): void {
  praxis
    .command('ablate')
    .description('train the arms of an ablation of modalities and of gated fusion, evaluate each, and report them')
    .argument('[training...]', 'after --: further options of training/train.py, the same for every arm')
    .requiredOption('--out <dir>', 'folder of the policies, the evaluations and the report')
    .option('--data <dir[:weight]>', 'demonstrations of praxis demos; again for several', again)
    .option('--steps <n>', 'training steps of each arm', wholeNumber('--steps', 1, 100_000_000))
    .option(
      '--arms <names>',
      'arms, separated by commas: all, concat, vision+language, vision+force, force+language, vision, force, language (default: all of these), and progressive and encoders+fusion, which are trained in stages',
      list,
    )
    .option(
      '--tasks <names>',
      'tasks of the evaluation, separated by commas (default: those of the demonstrations)',
      list,
    )
    .option('--episodes <n>', 'number of episodes of each task and training', episodes, 200)
    .option('--seed <s>', 'first seed of the episodes; reported results use seeds from 2000000 on', seed, 2_000_000)
    .option(
      '--training-seeds <n>',
      'trainings of all, concat, vision+language and the best arm with one modality; other arms have one',
      wholeNumber('--training-seeds', 1, 100),
      3,
    )
    .option(
      '--python <path>',
      'Python with the packages of training/requirements.txt (default: .venv/bin/python of the checkout if it exists, else python3)',
    )
    .option('--robot <dir>', ROBOT_HELP)
    .addOption(configOption())
    .option('--workers <k>', 'number of processes that run episodes', workers, 2)
    .option('--shard <i/n>', `${SHARD_HELP}: each N-th training`)
    .option('--report-only', 'write the report again from what is in the folder, whole or not; needs --out alone')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Every arm has the same data, steps and number of parameters. A modality that an arm never has is absent from every training sample and
masked in evaluation; concat joins the modalities by concatenation in place of gated fusion. The report is DIR/report.md and, with plots,
DIR/report.html: success with Wilson intervals, paired differences on equal seeds, times, forces, gates over the episode, failures.

An interrupted run continues when the same command runs again. The shards of --shard may share a folder, or theirs are copied into one; the
same command without --shard then trains what is missing, such as the further seeds of the best arm, and writes the report.

Examples:
  $ npx praxis ablate --data data/pick --data data/sort:1.5 --steps 20000 --out runs/ablation
  $ npx praxis ablate --data data/pick --steps 5000 --arms all,vision --training-seeds 1 --episodes 50 --out runs/vision
  $ npx praxis ablate --data data/pick --steps 20000 --shard 1/4 --out runs/ablation
  $ npx praxis ablate --data data/arm5 --steps 20000 --robot robots/arm5 --arms all,concat,vision,language --out runs/arm5 -- --space joint_position
  $ npx praxis ablate --out runs/ablation --report-only`,
    )
    .action(async (training, { out, json, reportOnly, ...options }) => {
      const evaluation = await import('@praxis/evaluation');
      if (reportOnly) {
        await writeReport(out, evaluation.readResults(out, evaluation.readPlan(out)), json);
        return;
      }
      if (checkoutRoot === undefined)
        throw new InputError('ablate: the programs that train are in a checkout of Praxis only');
      const { progress } = await import('../terminal/progress.ts');
      if (!options.data) throw new InputError('--data: expected a folder of demonstrations, of praxis demos');
      if (options.steps === undefined) throw new InputError('--steps: expected the number of training steps');
      const part = await shardOf(options.shard);
      const project = await projectOf(options.config);
      seedRange(options.seed, options.episodes);
      const plan = await evaluation.ablationPlan({
        ...{ data: options.data, steps: options.steps, training, arms: options.arms },
        ...{
          tasks: options.tasks,
          seed: options.seed,
          episodes: options.episodes,
          trainingSeeds: options.trainingSeeds,
        },
        ...{ robot: await chosenRobot(options.robot, project), config: project.config },
      });
      const trainer = { python: pythonOf(options.python), folder: join(checkoutRoot, 'training') };
      const results = await interruptible(
        (signal) =>
          evaluation.ablate({ plan, out, part, signal, trainer, workers: options.workers, startProgress: progress }),
        'a training saves first; the same command continues',
      );
      if (!results) {
        endWithoutReport('ablate', { json });
        return;
      }
      if (!part) await writeReport(out, results, json);
      else if (json) printJson({ out, shard: part, missing: results.missing.length });
      else print('run the command without --shard once the folders of all shards are one');
    });
}

/** The Python of an option, else that of the checkout's environment, else the system's. */
function pythonOf(named: string | undefined): string {
  if (named !== undefined) return named;
  const own = relative('', join(checkoutRoot!, '.venv', 'bin', 'python'));
  return existsSync(own) ? own : 'python3';
}

/** Writes the report of an ablation, whole or in part, and prints its rates. */
async function writeReport(out: string, results: AblationResults, json: true | undefined): Promise<void> {
  const { ablationPage, ablationReport, ablationTable, pageHtml, pageMarkdown, writeAtomically } = await import(
    '@praxis/evaluation'
  );
  const report = ablationReport(results);
  const page = ablationPage(results, report, out);
  const [markdown, html] = [join(out, 'report.md'), join(out, 'report.html')];
  writeAtomically(markdown, pageMarkdown(page));
  writeAtomically(html, pageHtml(page));
  if (json) printJson({ out, ...report });
  else {
    print(ablationTable(report));
    print(`${page.title}: ${markdown}, ${html}`);
  }
}
