import { existsSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, Option } from '@commander-js/extra-typings';
import { InputError } from '@praxis/core';
import { episodes, knownNames, names, numberIn, perturbations, seed, seedRange, workers } from '../options/parsers.ts';
import { picturesOption } from '../options/pictures.ts';
import { configOption, PERTURB_HELP, projectOf, ROBOT_HELP } from '../options/project.ts';
import { chosenRobot } from '../options/robot.ts';
import { SHARD_HELP, shardOf } from '../options/shard.ts';
import { interruptible } from '../terminal/interrupt.ts';
import { EXIT, print, printJson } from '../terminal/output.ts';

/** Default of `--beta`: probability that the expert drives a segment although there is a policy. */
const DEFAULT_BETA = 0.3;

export function addDemos(praxis: Command): void {
  praxis
    .command('demos')
    .description('record demonstrations for training')
    .requiredOption('--task <names>', 'tasks, separated by commas, or all', names)
    .requiredOption('--out <dir>', 'directory of the dataset')
    .option('--episodes <n>', 'number of episodes of each task', episodes, 500)
    .option('--seed <s>', 'first seed; demonstrations use seeds 0 to 999999', seed, 0)
    .option('--robot <dir>', ROBOT_HELP)
    .option('--policy <policy>', 'policy that drives while the expert labels (DAgger)')
    .addOption(
      new Option(
        '--space <space>',
        'what moves the arm when the expert drives: poses of its tool, or positions of its joints',
      )
        .choices(['ee_pose', 'joint_position'] as const)
        .default('ee_pose' as const),
    )
    .addOption(configOption())
    .option(
      '--beta <p>',
      `with --policy: probability that the expert drives a segment, 0 to 1 (default: ${DEFAULT_BETA})`,
      numberIn('--beta', 0, 1),
    )
    .option('--perturb <axes>', PERTURB_HELP, perturbations)
    .option(
      '--vary-pictures',
      'change camera, light, background and noise of --perturb with every record, not with every episode',
    )
    .option('--workers <k>', 'number of processes', workers, 2)
    .addOption(
      new Option('--format <format>', 'what DIR becomes: records for training/, or a LeRobotDataset v3')
        .choices(['records', 'lerobot'] as const)
        .default('records' as const),
    )
    .addOption(
      picturesOption(
        'with --format lerobot: PNG in the tables, without loss, or MP4 files of JPEG pictures (default: table)',
      ),
    )
    .option('--shard <i/n>', `${SHARD_HELP}: each N-th file of 50 episodes`)
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
An interrupted recording continues when the same command runs again.

The shards of --shard may share a directory, or their files are copied into one. The same command without --shard then records what is
missing, and writes dataset.json.

With --format lerobot the records are in DIR.records until all episodes are recorded; then DIR is written and they are deleted.

Records hold the expert's actions both as displacements of the tool and as positions of the joints, whatever drives, and the stiffness
and force of the tool: those of a stiff one in tasks without contact. Training draws the wordings of instructions itself; dataset.json
lists those of other kinds (synonym, negation, relation and the like) for each episode.

Examples:
  $ npx praxis demos --task pick,sort --episodes 2000 --seed 0 --out data/expert
  $ npx praxis demos --task pick --robot robots/arm5 --space joint_position --out data/arm5
  $ npx praxis demos --task pick --episodes 500 --seed 100000 --out data/dagger1 --policy models/default --beta 0.2
  $ npx praxis demos --task pick --episodes 200 --out data/cameras --perturb camera:2,light:1
  $ npx praxis demos --task pick --episodes 200 --out data/views --perturb camera:2,light:1,background:1 --vary-pictures
  $ npx praxis demos --task pick --episodes 2000 --out data/expert --shard 1/4
  $ npx praxis demos --task pick --episodes 200 --out data/pick-lerobot --format lerobot
  $ npx praxis demos --task pick --episodes 200 --out data/pick-mp4 --format lerobot --pictures mp4`,
    )
    .action(async ({ out, beta, space, format, pictures, json, varyPictures, ...options }) => {
      const { exportDataset, recordDataset } = await import('@praxis/evaluation');
      const { episodeProgress } = await import('../terminal/progress.ts');
      const part = await shardOf(options.shard);
      const project = await projectOf(options.config);
      const { registry, config } = project;
      const robot = await chosenRobot(options.robot, project);
      const tasks = knownNames('--task', options.task, registry.policyTaskNames);
      const compliant = tasks.filter((name) => registry.tasks.find(name).tool === 'compliant');
      if (space !== 'ee_pose' && compliant.length > 0)
        throw new InputError(
          `--space ${space}: ${compliant.join(', ')} ${compliant.length > 1 ? 'need' : 'needs'} a compliant tool, which follows poses alone`,
        );
      const seeds = seedRange(options.seed, options.episodes);
      if (space !== 'ee_pose' && options.policy !== undefined)
        throw new InputError('--space: moves the arm when the expert drives, not with --policy');
      if (beta !== undefined && options.policy === undefined) throw new InputError('--beta: needs --policy');
      if (varyPictures && options.perturb === undefined)
        throw new InputError('--vary-pictures: needs --perturb with camera, light, background or noise');
      if (pictures !== undefined && format !== 'lerobot')
        throw new InputError('--pictures: says where a LeRobotDataset has them; needs --format lerobot');
      const records = format === 'lerobot' ? `${resolve(out)}.records` : resolve(out);
      if (format === 'lerobot') {
        if (part) throw new InputError('--shard: records a part of the files, which has no --format lerobot');
        if (existsSync(out)) throw new InputError(`--out ${out}: exists already, expected a new folder`);
      }
      const summary = await interruptible((signal) =>
        recordDataset({
          ...{ tasks, seeds, part, config, signal, robot, space, perturbations: options.perturb, varyPictures },
          out: records,
          ...(options.policy === undefined ? {} : { policy: options.policy, beta: beta ?? DEFAULT_BETA }),
          workers: options.workers,
          startProgress: episodeProgress,
        }),
      );
      if (format === 'lerobot' && !summary.partial) {
        await exportDataset({ sources: [records], out: resolve(out), pictures });
        rmSync(records, { recursive: true });
      }
      if (json) printJson({ out, ...summary });
      else {
        print(`${summary.records} records of ${summary.episodes} episodes, ${summary.successes} succeeded, in ${out}`);
        if (part && !summary.partial) print('run the command without --shard once all shards are in the directory');
        if (summary.partial) print('PARTIAL: run the same command again to continue');
      }
      process.exitCode = summary.partial ? EXIT.interrupted : EXIT.ok;
    });
}
