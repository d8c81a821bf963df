import { InputError } from '@praxis/core';
import type { RobotSetup } from '../robot/setup.ts';
import type { Task } from '../tasks/task.ts';

/** How far a perturbation goes. Level 1 is beyond what the shipped policy was trained on, level 2 far beyond. */
export type PerturbationLevel = 1 | 2;

/** What each axis changes at each of its levels, in physical units. */
export const PERTURBATIONS = {
  camera: [
    'cameras off by up to 3 cm and 3 degrees, field of view by 5 %',
    'cameras off by up to 6 cm and 6 degrees, field of view by 10 %',
  ],
  light: [
    'direction and intensity from twice the trained range, colour off by 10 %',
    'direction and intensity from four times the trained range, colour off by 25 %, a hard shadow on the table',
  ],
  background: ['table and surroundings of any single colour', 'a table of checks, stripes, boards or speckles'],
  layout: ['two more things that nothing names', 'four more things, one of which touches the named one'],
  noise: [
    'noise of 4 grey levels, blur of 1 pixel, JPEG quality 70',
    'noise of 10 grey levels, blur of 2 pixels, JPEG quality 40',
  ],
  start: ['start from twice the trained range', 'start from four times the trained range'],
  language: [
    'another wording of the set of the seed',
    'a wording of another kind: synonym, word order, polite, typing error, negation, contrast, relation',
  ],
  touch: [
    'noise, offset and drift of the force sensor times 3',
    'noise, offset and drift of the force sensor times 6, and 50 ms more delay',
  ],
  body: [
    'size and mass of the blocks from ranges 20 % wider at both ends, friction times 0.6 to 1.5',
    'size and mass of the blocks from ranges 40 % wider at both ends, friction times 0.6 to 1.5',
  ],
} as const satisfies Record<string, readonly [string, string]>;

/** One of the ways in which a real cell differs from that of the training. */
export type PerturbationAxis = keyof typeof PERTURBATIONS;

/** The axes, in the order of reports. */
export const PERTURBATION_AXES = Object.keys(PERTURBATIONS) as readonly PerturbationAxis[];

/** Levels of the axes that are perturbed; the others are as in the training. */
export type Perturbations = Partial<Readonly<Record<PerturbationAxis, PerturbationLevel>>>;

/**
 * Reads perturbations from texts such as `camera:1`.
 * @throws {InputError} for an unknown axis or level, and for an axis that is given twice
 */
export function parsePerturbations(texts: readonly string[]): Perturbations {
  const levels: Partial<Record<PerturbationAxis, PerturbationLevel>> = {};
  for (const text of texts) {
    const [axis, level, ...rest] = text.split(':');
    if (!isAxis(axis))
      throw new InputError(`perturbation ${text}: expected one of ${PERTURBATION_AXES.join(', ')} before the colon`);
    if ((level !== '1' && level !== '2') || rest.length > 0)
      throw new InputError(`perturbation ${text}: expected ${axis}:1 or ${axis}:2`);
    if (levels[axis] !== undefined) throw new InputError(`perturbation ${text}: ${axis} is given twice`);
    levels[axis] = level === '1' ? 1 : 2;
  }
  return levels;
}

/** Writes perturbations as texts that {@link parsePerturbations} reads, in the order of the axes. */
export const perturbationTexts = (perturbations: Perturbations): readonly string[] =>
  PERTURBATION_AXES.flatMap((axis) => (perturbations[axis] === undefined ? [] : [`${axis}:${perturbations[axis]}`]));

/** Checks that task and robot have what the axes change. @throws {InputError} that names the axis and what is missing */
export function checkPerturbations(
  perturbations: Perturbations,
  {
    name,
    start,
    hasBlocks = false,
    hasRewordings = false,
  }: Pick<Task, 'name' | 'start' | 'hasBlocks' | 'hasRewordings'>,
  { name: robot, cameras, workingArm }: Pick<RobotSetup, 'name' | 'cameras' | 'workingArm'>,
): void {
  const refuse = (axis: PerturbationAxis, why: string): void => {
    if (perturbations[axis] !== undefined) throw new InputError(`perturbation ${axis}: ${why}`);
  };
  if (!hasBlocks) refuse('body', `task ${name} has no blocks`);
  if (!hasRewordings) refuse('language', `task ${name} has no other wordings`);
  // A relation such as "the leftmost thing" is about all things of the scene.
  if (perturbations.language === 2)
    refuse('layout', 'other things change what a relation of language:2 means, expected one of the two');
  if (start === 'home')
    for (const axis of ['start', 'layout'] as const) refuse(axis, `task ${name} has no area in reach`);
  if (cameras.length === 0)
    for (const axis of ['camera', 'noise'] as const) refuse(axis, `robot ${robot} has no camera`);
  if (!workingArm?.sensorLink) refuse('touch', `robot ${robot} has no force sensor`);
}

/** Share by which the ranges of size and mass of blocks are wider, see `DrawOptions.bodySpread`; undefined if they are not. */
export const bodySpreadOf = ({ body }: Perturbations): number | undefined => body && 0.2 * body;

const isAxis = (text: string): text is PerturbationAxis => Object.hasOwn(PERTURBATIONS, text);
