import { InputError } from '@praxis/core';

/** A name of a node, relative or absolute, with namespaces or without. */
const CONTROLLER_NAME = /^\/?[A-Za-z_]\w*(\/[A-Za-z_]\w*)*$/;

/** A parameter with the name of a controller. */
export interface ControllerName {
  readonly parameter: 'controller_name' | 'gripper_name';
  /** Name as the user gives it; empty: the usual one. */
  readonly name: string;
}

/**
 * The topic or action of a controller: it lies below the controller's name, as ros2_control and MoveIt Servo place it.
 * @param usual name of the controller when the user gives none
 * @param topic name below that of the controller
 * @throws {InputError} when the user's name is no name of a node
 */
export function controllerTopic({ parameter, name }: ControllerName, usual: string, topic: string): string {
  if (name !== '' && !CONTROLLER_NAME.test(name)) {
    throw new InputError(
      `parameter ${parameter}: ${JSON.stringify(name)} is no name of a controller, expected letters, digits, "_" and "/", such as ${usual}`,
    );
  }
  return `${name || usual}/${topic}`;
}
