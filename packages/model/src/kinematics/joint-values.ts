import { InputError } from '@praxis/core';
import { parseQuantity } from '@praxis/core/units';
import type { JointType } from '../description/robot-model.ts';
import type { JointValues } from './coordinates.ts';
import type { KinematicTree } from './tree.ts';

const jointMeasures: Partial<Record<JointType, 'angle' | 'length'>> = {
  revolute: 'angle',
  continuous: 'angle',
  prismatic: 'length',
};

/**
 * Parses `name=value,...` as joint positions. A value is in rad or m or has a unit, as in `joint1=30deg`. Planar and
 * floating joints take several numbers in SI units, separated by colons.
 * @param option name of the option in the messages of errors
 * @throws {InputError} when a joint is unknown or named twice, or a value is invalid.
 */
export function parseJointValues(tree: KinematicTree, text: string, option = '--joints'): JointValues {
  const values: Record<string, number | readonly number[]> = {};
  for (const part of text.split(',').filter((each) => each.trim() !== '')) {
    const at = part.indexOf('=');
    const name = part.slice(0, at).trim();
    if (at < 1) throw new InputError(`${option} ${part}: expected name=value`);
    if (Object.hasOwn(values, name)) throw new InputError(`${option} ${part}: joint "${name}" is named twice`);
    values[name] = positionOf(tree, name, part.slice(at + 1).trim(), option);
  }
  return values;
}

function positionOf(tree: KinematicTree, name: string, text: string, option: string): number | readonly number[] {
  const measure = jointMeasures[tree.coordinates.slot(name).joint.type];
  if (!measure) return text.split(':').map(Number);
  try {
    return parseQuantity(text, measure, 'si');
  } catch (error) {
    if (error instanceof InputError) throw new InputError(`${option} ${name}: ${error.message}`, { cause: error });
    throw error;
  }
}
