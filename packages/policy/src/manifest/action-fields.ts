import { ACTION_SPACES, type ActionSpace } from '@praxis/core';
import * as z from 'zod';
import { name, positive, size } from './fields.ts';

/** A unit of all elements, or one for each. */
export const units = z.union([z.string(), z.array(z.string()).min(1)], {
  error: 'expected a unit, or a list of one for each element',
});

/** When the actions of a chunk are due, and when the next chunk is asked for. */
export const timingFields = {
  period: positive.describe('time between two actions of a chunk (s)'),
  horizon: size.describe('number of actions in a chunk'),
  inferencePeriod: positive.describe('time between two inferences (s)'),
};

/** An action as manifests and the wire have it: the fields of an `ActionSpec`. */
export const blockFields = {
  name: name.describe('name of the action'),
  space: z.enum(Object.keys(ACTION_SPACES) as [ActionSpace, ...ActionSpace[]]).describe('what its numbers mean'),
  names: z.array(name).min(1).describe('elements in their order: those of the space, or the joints of the arm'),
  unit: units.describe(
    'SI unit of all elements, or one for each; a gripper has `m`, or `1` for an opening from 0 to 1',
  ),
  frame: z.string().default('').describe('frame whose axes the numbers have. Default: the base frame of the arm'),
  group: name.optional().describe('command of the robot that it drives. Default: the main arm'),
  reference: z
    .enum(['absolute', 'observation', 'previous'])
    .optional()
    .describe('what it counts from: nothing, the measured state at the observation, or the action before it'),
  interpolation: z.enum(['linear', 'angle', 'snap']).optional().describe('what happens between two actions'),
};
