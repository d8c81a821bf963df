import type { Command } from '@commander-js/extra-typings';
import { InputError } from '@praxis/core';
import { numbers } from '../options/parsers.ts';
import { EXIT, note, print, printJson } from '../terminal/output.ts';

/** A quaternion whose length differs from 1 by more than this is an input error, not rounding. */
const MAX_QUATERNION_LENGTH_ERROR = 0.01;

export function addIk(praxis: Command): void {
  praxis
    .command('ik')
    .description('compute joint values that bring a link of a URDF to a pose (inverse kinematics)')
    .argument('<urdf>', 'URDF file')
    .requiredOption('--link <name>', 'link to move')
    .requiredOption('--pose <numbers>', 'x,y,z,qx,qy,qz,qw in m in the frame of the root link', poseFrom)
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
The exit status is 1 when the pose is not reachable; the result is then the closest joints.

Example:
  $ npx praxis ik urdf/praxis_arm.urdf --link tool0 --pose 0.5,0,0.3,1,0,0,0 --json`,
    )
    .action(async (urdf, { link, pose, json }) => {
      const { chainKinematics, solveIk } = await import('@praxis/model');
      const { readUrdf } = await import('../options/urdf-file.ts');
      const model = readUrdf(urdf);
      const chain = chainKinematics(model, model.root, link);
      const { joints, positionError, orientationError, iterations, converged } = solveIk(chain, pose.values);
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

function poseFrom(text: string): { readonly text: string; readonly values: readonly number[] } {
  const values = numbers('--pose', ['x', 'y', 'z', 'qx', 'qy', 'qz', 'qw'])(text);
  const length = Math.hypot(...values.slice(3));
  if (Math.abs(length - 1) > MAX_QUATERNION_LENGTH_ERROR) {
    throw new InputError(`--pose ${text}: the quaternion has length ${length.toFixed(3)}, expected 1`);
  }
  return { text, values };
}
