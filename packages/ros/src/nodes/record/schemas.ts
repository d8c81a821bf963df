import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { InputError } from '@praxis/core';
import { MESSAGE_TYPES } from '@praxis/wire';
import { joinDefinitions, schemaText } from '@praxis/wire/mcap';

/** Types of fields that are no messages. */
const PRIMITIVE = /^(bool|byte|char|u?int(8|16|32|64)|float(32|64)|w?string)$/;

/** Where the time of a message's source comes from: its header, the middleware, or only the time of its receipt. */
export type SourceTime = 'header' | 'middleware' | 'receipt';

/** The definition of a message type, and what follows from it for a recording. */
export interface TypeSchema {
  /** Text in the schema encoding `ros2msg`. */
  readonly text: string;
  readonly sourceTime: SourceTime;
}

/**
 * Finds the definition of a message type.
 *
 * A message that begins with a header is recorded as the bytes that came, so its definition is that of the sourced ROS 2, whose versions
 * differ (`sensor_msgs/Range` has had another field since Jazzy); where there is no `.msg` file, that of Praxis. The middleware's time of
 * another message comes with the decoded message alone, which is encoded again by the definition of Praxis. A type without header that
 * Praxis does not know is recorded as the bytes that came, with the time of their receipt.
 * @param type as `package/msg/Name`
 * @param prefixes folders of installations. Default: those of AMENT_PREFIX_PATH
 * @throws {InputError} when neither Praxis nor an installation has a definition
 */
export function typeSchema(
  type: string,
  prefixes: readonly string[] = (process.env.AMENT_PREFIX_PATH ?? '').split(delimiter),
): TypeSchema {
  if (!MESSAGE_TYPES.includes(type)) {
    const text = installedText(type, prefixes);
    return { text, sourceTime: beginsWithHeader(text) ? 'header' : 'receipt' };
  }
  const ours = schemaText(type);
  if (!beginsWithHeader(ours)) return { text: ours, sourceTime: 'middleware' };
  return { text: isInstalled(type, prefixes) ? installedText(type, prefixes) : ours, sourceTime: 'header' };
}

function installedText(type: string, prefixes: readonly string[]): string {
  const parts = new Map<string, string>();
  const read = (name: string): string => {
    const file = fileOf(name, prefixes);
    if (file !== undefined) return readFileSync(file, 'utf8');
    const [pack, message] = name.split('/');
    const part = name === shortName(type) ? '' : ` (its ${name})`;
    throw new InputError(
      `message type ${type}${part}: no definition; Praxis has none, and the sourced ROS 2 no file share/${pack}/msg/${message}.msg`,
    );
  };
  const add = (pack: string, text: string): void => {
    for (const name of partsOf(pack, text)) {
      if (parts.has(name)) continue;
      const own = read(name);
      parts.set(name, own);
      add(name.split('/')[0], own);
    }
  };
  const root = read(shortName(type));
  add(type.split('/')[0], root);
  return joinDefinitions(root, parts);
}

/** The `.msg` file of a message, by its name `package/Name`; undefined without one. */
function fileOf(name: string, prefixes: readonly string[]): string | undefined {
  const [pack, message] = name.split('/');
  return prefixes
    .filter((prefix) => prefix !== '')
    .map((prefix) => join(prefix, 'share', pack, 'msg', `${message}.msg`))
    .find((path) => existsSync(path));
}

const isInstalled = (type: string, prefixes: readonly string[]): boolean =>
  fileOf(shortName(type), prefixes) !== undefined;

const shortName = (type: string): string => type.replace('/msg/', '/');

/** The first field in each line of a definition: its type and the rest. */
function fieldsOf(text: string): readonly (readonly [type: string, rest: string])[] {
  return text.split('\n').flatMap((line) => {
    const [type, rest = ''] = line.replace(/#.*/, '').trim().split(/\s+/, 2);
    return type === '' ? [] : [[type, rest] as const];
  });
}

/** Names of the messages in the fields of a definition, as `package/Name`. */
const partsOf = (pack: string, text: string): readonly string[] =>
  fieldsOf(text)
    .map(([type]) => type.replace(/\[.*\]$/, '').replace(/<=\d+$/, ''))
    .filter((type) => !PRIMITIVE.test(type))
    .map((type) => (type.includes('/') ? shortName(type) : `${pack}/${type}`));

function beginsWithHeader(text: string): boolean {
  const [first] = fieldsOf(text);
  return first !== undefined && shortName(first[0]) === 'std_msgs/Header';
}
