import { resolve } from 'node:path';
import { type Command, Option } from '@commander-js/extra-typings';
import { InputError } from '@praxis/core';
import { numberIn } from '../../options/parsers.ts';
import { configOption, DATASET_ROBOT_HELP, projectOf } from '../../options/project.ts';
import { chosenRobot } from '../../options/robot.ts';
import { interruptible } from '../../terminal/interrupt.ts';
import { EXIT, note, print, printJson } from '../../terminal/output.ts';

/** Parses `front=NAME,wrist=NAME`. */
function cameras(text: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const part of text.split(',')) {
    const [, camera, name] = /^\s*(\w+)=(.*\S)\s*$/.exec(part) ?? [];
    if (camera === undefined || names.has(camera))
      throw new InputError(`--cameras ${text}: expected front=NAME,wrist=NAME, or one of them`);
    names.set(camera, name);
  }
  return names;
}

export function addImport(dataset: Command): void {
  dataset
    .command('import')
    .description('write the episodes of a dataset as records that training/train.py reads')
    .argument('<dir>', 'folder of a LeRobotDataset, v3, v2.1 or v2.0')
    .requiredOption('--out <dir>', 'new folder of the records')
    .option('--robot <dir>', DATASET_ROBOT_HELP)
    .addOption(configOption())
    .option('--episodes <numbers>', 'numbers and ranges of episodes, such as 0,3-5 (default: all)')
    .option('--all', 'also episodes that did not reach their goal')
    .addOption(
      new Option(
        '--units <unit>',
        'unit of the joints in the dataset; needed unless the dataset names the robot (then rad)',
      ).choices(['rad', 'deg'] as const),
    )
    .option('--joints <map>', 'joints that the dataset names otherwise, separated by commas; see below')
    .option(
      '--cameras <map>',
      'cameras of the dataset, such as front=top,wrist=hand (default: those of the same names)',
      cameras,
    )
    .addOption(
      new Option('--fit <fit>', 'what becomes of pictures of another shape: cut around their centre, or squeezed')
        .choices(['crop', 'squeeze'] as const)
        .default('crop' as const),
    )
    .option('--task <name>', 'task of episodes that name none (default: the name of the folder)')
    .option('--rate <hz>', 'most records per second of an episode', numberIn('--rate', 0.1, 1000), 10)
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
What a dataset cannot say is absent from the records, and train.py masks the losses and modalities that need it: the labels of the simulator
always, a camera, the wrench, and who drives where the dataset lacks them. Actions are both positions of the joints and displacements of the
tool, by the kinematics of the robot. The folder appears when all is written; an interrupt leaves nothing.

--joints has for each joint of the robot, and for its gripper:
  JOINT=NAME           the element of this name in observation.state and action, in --units
  JOINT=-NAME+90       turns the other way, and is at 90 where the dataset has 0
  JOINT=NAME@-100:100  is at its lower limit at -100 and at its upper one at 100; a gripper closed and open

Examples:
  $ npx praxis dataset import data/pick-lerobot --out data/pick
  $ npx praxis dataset import data/people --out data/people-records --all
  $ npx praxis dataset import data/so100 --robot robots/arm5 --out data/so100-records --units deg --cameras front=laptop,wrist=phone --joints joint1=main_shoulder_pan,joint2=main_shoulder_lift-90,joint3=main_elbow_flex,joint4=main_wrist_flex,joint5=main_wrist_roll,gripper=main_gripper@0:60
  $ python training/train.py --data data/so100-records --space joint_position --out runs/so100 --steps 5000`,
    )
    .action(async (dir, { out, episodes, all, joints, cameras, fit, units, task, rate, json, ...options }) => {
      const { importDataset, parseJoints, parseSelection } = await import('@praxis/evaluation');
      const { episodeProgress } = await import('../../terminal/progress.ts');
      const project = await projectOf(options.config);
      const robot = await chosenRobot(options.robot, project);
      const report = await interruptible(
        (signal) =>
          importDataset({
            ...{ source: dir, out: resolve(out), project, robot, units, cameras, fit, task, rateHz: rate, signal },
            episodes: episodes === undefined ? undefined : parseSelection('--episodes', episodes),
            keep: all ? 'all' : 'successes',
            joints: joints === undefined ? undefined : parseJoints(joints),
            startProgress: episodeProgress,
          }),
        'nothing is written',
      );
      const { records, failures, validation, interventions, modalities, absent, tasks, partial } = report;
      if (json) printJson({ ...report, out });
      else if (partial) print('PARTIAL: interrupted, nothing is written');
      else {
        const people = interventions === null ? '' : `, a person drives in ${interventions}`;
        print(`${records} records of ${report.episodes} episodes (${tasks.join(', ')}) in ${out}${people}`);
        print(
          `they hold ${modalities.join(', ')}${absent.length > 0 ? `; the dataset lacks ${absent.join(', ')}` : ''}`,
        );
        if (validation > 0)
          note(`${validation} episodes have seeds that evaluations use: evaluate what is trained on them with others`);
        if (failures > 0) note(`${failures} episodes that did not reach their goal are left out; --all takes them too`);
      }
      process.exitCode = partial ? EXIT.interrupted : EXIT.ok;
    });
}
