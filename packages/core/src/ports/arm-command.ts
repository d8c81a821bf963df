import { CommandError } from '../errors/errors.ts';
import type { SignalSpec } from '../signals/specs.ts';
import type { ArmCommand } from '../signals/values.ts';

/** Element of an arm command's `names` that stands for the gripper width, not for a joint. */
export const GRIPPER = 'gripper';

/** Joint names of an arm command, in the order of its `position`. */
export const commandJoints = ({ names = [] }: SignalSpec): readonly string[] =>
  names.filter((name) => name !== GRIPPER);

/**
 * Checks the size and the numbers of an arm command, as every robot does before it accepts one. Allocates nothing.
 * @param name name of the command, for the error
 * @throws {CommandError} when the size is wrong or a number is not finite.
 */
export function checkArmCommand(name: string, joints: readonly string[], { position, gripperWidth }: ArmCommand): void {
  if (position.length !== joints.length) {
    throw new CommandError(`${name}: ${position.length} joint positions, expected ${joints.length}`);
  }
  for (let i = 0; i < joints.length; i++) {
    if (Number.isFinite(position[i])) continue;
    throw new CommandError(`${name}: ${joints[i]} is ${position[i]}, expected a finite angle`);
  }
  if (!Number.isFinite(gripperWidth)) throw new CommandError(`${name}: gripper width is ${gripperWidth}`);
}
