import type { MessageDefinition, MessageDefinitionField } from '@foxglove/message-definition';
import { definitionsOf } from '../definitions/definitions.ts';

/** Between two definitions in one schema of the encoding `ros2msg`. */
const SEPARATOR = '='.repeat(80);

/** Types that ROS 2 spells otherwise than the parsed definitions. */
const BUILT_IN: Readonly<Record<string, string>> = {
  time: 'builtin_interfaces/Time',
  duration: 'builtin_interfaces/Duration',
};

const BUILT_IN_FIELDS = 'int32 sec\nuint32 nanosec';

/**
 * The text of a message type in the schema encoding `ros2msg` of MCAP: its definition, then those of all its parts.
 * @param type as `package/msg/Name`
 * @throws {InputError} when the type is unknown
 */
export function schemaText(type: string): string {
  const definitions = definitionsOf(type);
  const [root, ...parts] = definitions;
  const used = Object.keys(BUILT_IN).filter((each) => definitions.some((own) => uses(own, each)));
  return joinDefinitions(fieldsText(root), [
    ...parts.map((part) => [part.name ?? '', fieldsText(part)] as const),
    ...used.map((each) => [BUILT_IN[each], BUILT_IN_FIELDS] as const),
  ]);
}

/**
 * Joins definitions to a text of the schema encoding `ros2msg`.
 * @param root definition of the message, in the syntax of a `.msg` file
 * @param parts names of all its parts, as `package/Name`, with their definitions
 */
export const joinDefinitions = (root: string, parts: Iterable<readonly [name: string, definition: string]>): string =>
  [root, ...[...parts].map(([name, definition]) => `MSG: ${name}\n${definition}`)].join(`\n${SEPARATOR}\n`);

const uses = ({ definitions }: MessageDefinition, type: string): boolean =>
  definitions.some((field) => !field.isComplex && field.type === type);

const fieldsText = ({ definitions }: MessageDefinition): string => definitions.map(fieldText).join('\n');

function fieldText(field: MessageDefinitionField): string {
  const { name, isArray, isConstant, arrayLength, arrayUpperBound, defaultValue } = field;
  const type = field.isComplex ? field.type : (BUILT_IN[field.type] ?? field.type);
  if (isConstant) return `${type} ${name}=${field.valueText ?? field.value}`;
  const array = isArray ? `[${arrayLength ?? (arrayUpperBound === undefined ? '' : `<=${arrayUpperBound}`)}]` : '';
  const isNumber = typeof defaultValue === 'number' || typeof defaultValue === 'boolean';
  return `${type}${array} ${name}${isNumber ? ` ${defaultValue}` : ''}`;
}
