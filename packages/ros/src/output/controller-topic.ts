import { InputError } from '@praxis/core';

/** A name of a node, relative or absolute, with namespaces or without. */
const CONTROLLER_NAME = /^\/?[A-Za-z_]\w*(\/[A-Za-z_]\w*)*$/;

/** A topic of a controller. */
export interface ControllerTopic {
  readonly topic: string;
  /** Type of its messages, as `package/msg/Name`. */
  readonly type: string;
}

/** A parameter with the name of a controller. */
export interface ControllerName {
  /** Name of the parameter, for messages. */
  readonly parameter: string;
  /** Name as the user gives it; empty: the usual one. */
  readonly name: string;
  /** Prefix of the names that are not the whole name of one controller, such as `left/`. Default: none. */
  readonly namespace?: string;
}

/**
 * The topic or action of a controller: it lies below the controller's name, as ros2_control and MoveIt Servo place it.
 * @param usual name of the controller when the user gives none
 * @param topic name below that of the controller
 * @throws {InputError} when the user's name is no name of a node, or an absolute one where it needs a namespace
 */
export function controllerTopic(
  { parameter, name, namespace = '' }: ControllerName,
  usual: string,
  topic: string,
): string {
  const refuse = (problem: string): never => {
    throw new InputError(`parameter ${parameter}: ${JSON.stringify(name)} ${problem}`);
  };
  if (name !== '' && !CONTROLLER_NAME.test(name))
    refuse(`is no name of a controller, expected letters, digits, "_" and "/", such as ${usual}`);
  if (name.startsWith('/') && namespace !== '')
    refuse(`is one controller, and each group has its own: expected ${namespace.replace('/', '.')}${parameter}`);
  return `${namespace}${name || usual}/${topic}`;
}
