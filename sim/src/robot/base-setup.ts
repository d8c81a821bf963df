import { InputError } from '@praxis/core';
import { type BaseDefinition, checkBase, type Joint, type KinematicTree } from '@praxis/model';
import { type BaseSafety, deriveBaseSafety } from '@praxis/safety';

/** A driven base of a robot as the simulator uses it: wheels on a common axle, each side driven at its own speed. */
export interface BaseSetup extends BaseDefinition {
  /** Name of its command. */
  readonly name: string;
  /** Limits of the supervisor, which are those of the control loop too. */
  readonly limits: BaseSafety;
  /** Height of the axle above the robot's root link (m). */
  readonly axleHeight: number;
}

/**
 * Checks a driven base of a definition against the description.
 * @param robot name of the robot
 * @param name name of the base's command
 * @param jointOf finds a joint that a command can set
 * @throws {InputError} for the first thing that does not fit, by name
 */
export function baseSetup(
  robot: string,
  name: string,
  definition: BaseDefinition,
  tree: KinematicTree,
  jointOf: (name: string) => Joint,
): BaseSetup {
  const [fault] = checkBase(name, definition, tree.model);
  if (fault) throw new InputError(`robot ${robot}: ${fault.subject}: ${fault.message}`);
  const [wheel] = [...definition.left, ...definition.right].map(jointOf);
  return { ...definition, name, limits: deriveBaseSafety(definition), axleHeight: tree.pose(wheel.child)[2] };
}
