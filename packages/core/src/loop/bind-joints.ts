import { BindError } from '../errors/errors.ts';
import { commandJoints } from '../ports/arm-command.ts';
import type { Kinematics } from '../ports/kinematics.ts';
import type { SignalSpec } from '../signals/specs.ts';

/**
 * The index in `names` of each name in `wanted`.
 * @param what describes `names` in the error
 * @throws {BindError} when a name is missing.
 */
export function indicesOf(wanted: readonly string[], names: readonly string[], what: string): Int32Array {
  return Int32Array.from(wanted, (name) => {
    const index = names.indexOf(name);
    if (index < 0) throw new BindError(`${what}: no joint ${name}, only ${names.join(', ')}`);
    return index;
  });
}

/**
 * Refuses a joint whose largest speed is 0: the loop would track every target without motion.
 * @throws {BindError} that names the joint.
 */
export function checkSpeeds({ jointNames, maxVelocity }: Kinematics): void {
  const at = maxVelocity.findIndex((speed) => !(speed > 0));
  if (at < 0) return;
  throw new BindError(
    `kinematics: joint ${jointNames[at]} has a largest speed of ${maxVelocity[at]}, with which it cannot move; give it in <limit velocity> of the URDF`,
  );
}

/**
 * For each joint of the arm command's `position`, its index in the chain.
 * @throws {BindError} when command and chain do not have the same joints.
 */
export function commandOrder(command: SignalSpec, chain: readonly string[]): Int32Array {
  const joints = commandJoints(command);
  indicesOf(chain, joints, `command ${command.name}`);
  return indicesOf(joints, chain, `kinematics for command ${command.name}`);
}
