import { InputError, type RobotSpec } from '@praxis/core';
import type { McapFile } from '@praxis/wire/mcap';
import { FACTS, PICTURES, ROS_WORLD } from './start-facts.ts';

/** The error for a file that another program recorded, or `record_node`, which has topics and no periods of a control loop. */
export function foreignError(file: McapFile): InputError {
  const { name, library } = file;
  const what =
    file.facts(FACTS)?.world === ROS_WORLD
      ? 'a recording of topics of ROS 2'
      : `no recording of Praxis (written by ${library})`;
  return new InputError(`${name}: ${what}, expected one of --record`);
}

/** Checks that a recording has its pictures as they were. @throws {InputError} for a copy by `praxis recordings compress` */
export function checkRawPictures(file: McapFile): void {
  const coding = file.facts(PICTURES)?.coding;
  if (coding === undefined) return;
  const reason = `its pictures are ${coding}, which lost detail`;
  throw new InputError(`${file.name}: ${reason}, expected the recording that it was made of`);
}

/**
 * Parses the fact `robot_spec` of a recording.
 * @param name names the recording in messages
 * @throws {InputError} for a text that is not the JSON of a robot's streams and commands
 */
export function parseRobotSpec(name: string, text: string): RobotSpec {
  try {
    const spec = JSON.parse(text) as RobotSpec;
    if (Array.isArray(spec.streams) && Array.isArray(spec.commands)) return spec;
  } catch (cause) {
    throw new InputError(`${name}: its robot_spec is no JSON`, { cause });
  }
  throw new InputError(`${name}: its robot_spec has no streams and commands`);
}
