import { InputError } from '@praxis/core';
import { chainKinematics, solveIk } from '@praxis/model';
import type { IkOptions } from '../commands/ik.ts';
import { numbersFrom } from '../options/options.ts';
import { EXIT, note, print, printJson } from '../terminal/output.ts';
import { readUrdf } from './urdf-file.ts';

/** A quaternion farther than this from length 1 is taken for a mistake, not for rounding. */
const UNIT_TOLERANCE = 0.01;

/** @returns exit status: 1 when no joints reach the pose; the closest are printed then. @throws {InputError} */
export function run(urdf: string, options: IkOptions): number {
  const model = readUrdf(urdf);
  const pose = numbersFrom('--pose', options.pose, ['x', 'y', 'z', 'qx', 'qy', 'qz', 'qw']);
  const length = Math.hypot(...pose.slice(3));
  if (Math.abs(length - 1) > UNIT_TOLERANCE) {
    throw new InputError(`--pose ${options.pose}: the quaternion has length ${length.toFixed(3)}, expected 1`);
  }
  const chain = chainKinematics(model, model.root, options.link);
  const { joints, positionError, orientationError, iterations, converged } = solveIk(chain, pose);
  const named = Object.fromEntries(chain.jointNames.map((name, i) => [name, joints[i]]));
  if (options.json) {
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
  if (converged) return EXIT.ok;
  note(`praxis ik: --pose ${options.pose}: not reached within the joint limits; these are the closest joints`);
  return EXIT.failed;
}
