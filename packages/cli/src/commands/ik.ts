import { type Command, Option } from '@commander-js/extra-typings';
import { InputError, type Kinematics } from '@praxis/core';
import type { RobotModel } from '@praxis/model';
import { knownNames, list, numberIn, numbers, oneOf } from '../options/parsers.ts';
import { EXIT, note, print, printJson } from '../terminal/output.ts';

/** A quaternion whose length differs from 1 by more than this is an input error, not rounding. */
const MAX_QUATERNION_LENGTH_ERROR = 0.01;

export function addIk(praxis: Command): void {
  praxis
    .command('ik')
    .description('compute joint values that bring a link of a robot to a pose (inverse kinematics)')
    .argument('<robot>', 'folder with a robot.yaml, URDF or MJCF file')
    .requiredOption('--link <name>', 'link to move')
    .requiredOption('--pose <numbers>', 'x,y,z,qx,qy,qz,qw in m in the frame of the base link', poseFrom)
    .option('--base <name>', 'link that stands (default: the root link)')
    .addOption(
      new Option(
        '--task <task>',
        'pose, or position with the closest orientation (default: position if fewer than six joints may move, else pose)',
      ).argParser(oneOf('--task', ['pose', 'position'])),
    )
    .option(
      '--start <list>',
      'name=value,... in rad or m, or with a unit as in joint1=30deg (default: 0 for each joint, or its nearest limit)',
    )
    .option('--hold <joints>', 'joints that stay at their start, separated by commas', list)
    .addOption(
      new Option('--position-tolerance <metres>', 'largest position error of a solution')
        .argParser(numberIn('--position-tolerance', 1e-9, 1))
        .default(1e-6),
    )
    .addOption(
      new Option('--orientation-tolerance <radians>', 'largest orientation error of a solution of the task pose')
        .argParser(numberIn('--orientation-tolerance', 1e-9, 1))
        .default(1e-6),
    )
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
A solution is near the start where the pose leaves a choice. The exit status is 1 when the task is not fulfilled; the
result is then the closest joints.

Examples:
  $ npx praxis ik urdf/praxis_arm.urdf --link tool0 --pose 0.5,0,0.3,1,0,0,0 --json
  $ npx praxis ik urdf/praxis_arm.urdf --link tool0 --pose 0.5,0,0.3,0,0,0,1 --task position --start joint4=-90deg --hold joint1`,
    )
    .action(async (robot, { link, pose, base, start, hold = [], json, ...search }) => {
      const { chainKinematics, solveIk } = await import('@praxis/model');
      const { readModel } = await import('../options/robot-model.ts');
      const model = await readModel(robot);
      const chain = chainKinematics(model, base ?? model.root, link);
      const { joints, positionError, orientationError, iterations, converged } = solveIk(chain, pose.values, {
        ...search,
        ...(start === undefined ? {} : await startFrom(model, chain, start)),
        hold: knownNames('--hold', hold, chain.jointNames),
      });
      const named = Object.fromEntries(chain.jointNames.map((name, i) => [name, joints[i]]));
      if (json) {
        printJson({
          joints: named,
          position_error_m: positionError,
          orientation_error_rad: orientationError,
          iterations,
        });
      } else {
        for (const [name, value] of Object.entries(named)) print(`${name.padEnd(20)} ${value.toFixed(6).padStart(10)}`);
        print(
          `off by ${positionError.toExponential(1)} m and ${orientationError.toExponential(1)} rad, ${iterations} iterations`,
        );
      }
      if (converged) return;
      note(`praxis ik: --pose ${pose.text}: not reachable within the joint limits; these are the closest joints`);
      process.exitCode = EXIT.failed;
    });
}

/** Joint positions of `--start`, which are the posture too: a solution then stays near them. */
async function startFrom(model: RobotModel, chain: Kinematics, text: string) {
  const { KinematicTree, parseJointValues } = await import('@praxis/model');
  const values = parseJointValues(new KinematicTree(model), text, '--start');
  knownNames('--start', Object.keys(values), chain.jointNames);
  const start = chain.jointNames.map((name, i) => {
    const [lower, upper] = [chain.lower[i], chain.upper[i]];
    const value = Number(values[name] ?? Math.min(Math.max(0, lower), upper));
    if (value >= lower && value <= upper) return value;
    throw new InputError(`--start ${name}=${value}: expected ${lower} to ${upper}, the limits of the joint`);
  });
  return { start, posture: start };
}

function poseFrom(text: string): { readonly text: string; readonly values: readonly number[] } {
  const values = numbers('--pose', ['x', 'y', 'z', 'qx', 'qy', 'qz', 'qw'])(text);
  const length = Math.hypot(...values.slice(3));
  if (Math.abs(length - 1) > MAX_QUATERNION_LENGTH_ERROR) {
    throw new InputError(`--pose ${text}: the quaternion has length ${length.toFixed(3)}, expected 1`);
  }
  return { text, values };
}
