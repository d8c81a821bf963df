import { BindError } from '../errors/errors.ts';
import { commandJoints } from '../ports/arm-command.ts';
import type { SignalSpec } from '../signals/specs.ts';

/**
 * For each name in `wanted`, where it stands in `names`.
 * @throws {BindError} when one is missing; `what` names the list.
 */
export function indicesOf(wanted: readonly string[], names: readonly string[], what: string): Int32Array {
  return Int32Array.from(wanted, (name) => {
    const index = names.indexOf(name);
    if (index < 0) throw new BindError(`${what}: no joint ${name}, only ${names.join(', ')}`);
    return index;
  });
}

/**
 * Order in which a chain's joints go into the arm command's `position`.
 * @throws {BindError} when the command lacks a joint of the chain, or needs one that the chain has not got.
 */
export function commandOrder(command: SignalSpec, chain: readonly string[]): Int32Array {
  const joints = commandJoints(command);
  indicesOf(chain, joints, `command ${command.name}`);
  return indicesOf(joints, chain, `kinematics for command ${command.name}`);
}
