import type { MessageDefinition } from '@foxglove/message-definition';
import { parse } from '@foxglove/rosmsg';
import { ros2humble } from '@foxglove/rosmsg-msgs-common';
import { InputError } from '@praxis/core';
import { ADDITIONAL_DEFINITIONS } from './additional-definitions.ts';

const knownDefinitions = new Map<string, MessageDefinition>(Object.entries(ros2humble));
for (const [type, text] of Object.entries(ADDITIONAL_DEFINITIONS)) {
  const [{ definitions }] = parse(text, { ros2: true, skipTypeFixup: true });
  knownDefinitions.set(shortName(type), { name: shortName(type), definitions });
}

/** Converts `sensor_msgs/msg/Image` to the name in the definitions, `sensor_msgs/Image`. */
function shortName(type: string): string {
  return type.replace('/msg/', '/');
}

/** Known ROS 2 message types as `package/msg/Name`, sorted. */
export const MESSAGE_TYPES: readonly string[] = [...knownDefinitions.keys()]
  .map((name) => name.replace('/', '/msg/'))
  .sort();

/** True for a type with a `header` of `std_msgs/msg/Header`. @throws {InputError} when the type is unknown */
export const hasHeader = (type: string): boolean =>
  definitionsOf(type)[0].definitions.some((field) => field.name === 'header' && field.type === 'std_msgs/Header');

/**
 * Definitions of a message and of all its parts, the message first.
 * @throws {InputError} when the type is unknown.
 */
export function definitionsOf(type: string): MessageDefinition[] {
  const found = new Map<string, MessageDefinition>();
  const add = (name: string): void => {
    if (found.has(name)) return;
    const definition = knownDefinitions.get(name);
    if (!definition)
      throw new InputError(`message type ${type}: unknown${name === shortName(type) ? '' : ` (its ${name})`}`);
    found.set(name, definition);
    for (const field of definition.definitions) if (field.isComplex) add(field.type);
  };
  add(shortName(type));
  return [...found.values()];
}
