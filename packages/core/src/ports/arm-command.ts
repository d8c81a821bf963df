import { CommandError } from '../errors/errors.ts';
import type { SignalSpec } from '../signals/specs.ts';
import type { ArmCommand } from '../signals/values.ts';

/** Element of an arm command's `names` that is the gripper's width and not a joint. */
export const GRIPPER = 'gripper';

/** The joints of an arm command, in the order of its `position`. */
export const commandJoints = ({ names = [] }: SignalSpec): readonly string[] =>
  names.filter((name) => name !== GRIPPER);

/**
 * What every robot asks of a command before it takes it. Allocates nothing.
 * @param name of the command, for the error
 * @throws {CommandError} on a wrong size or a number that is not finite.
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
