import { InputError, Random } from '@praxis/core';
import type { Perturbations } from '../perturbations/perturbation.ts';
import type { DrawOptions, Task, TaskInstance } from '../tasks/task.ts';
import { type AbsentThing, UNKNOWN_THINGS } from '../tasks/unknown-things.ts';
import { patternSetOf } from '../wordings/kinds.ts';
import type { WordingSet } from '../wordings/wordings.ts';
import { StandingInstance } from './standing-instance.ts';

/** What an episode must not have beside an instruction for something that is not there. */
export interface BesideAbsent {
  readonly swap?: boolean;
  readonly instruction?: string;
  readonly perturbations?: Perturbations;
  /** Modalities that the expert does without. */
  readonly expertLacks?: readonly string[];
}

/**
 * Checks that an episode may ask for what is not there.
 * @throws {InputError} for a task without sentences about what is not there, and for what changes the instruction or the expert too
 */
export function checkAbsent(
  { name, unknownTexts }: Pick<Task, 'name' | 'unknownTexts'>,
  { swap = false, instruction, perturbations, expertLacks = [] }: BesideAbsent,
): void {
  if (!unknownTexts) throw new InputError(`absent: task ${name} has no instructions for things that are not there`);
  const [other] = [
    ...(swap ? ['swap'] : []),
    ...(instruction === undefined ? [] : ['an instruction']),
    ...(perturbations?.language === undefined ? [] : ['perturbation language']),
    ...(expertLacks.length > 0 ? ['an expert that lacks something'] : []),
  ];
  if (other !== undefined) throw new InputError(`absent: cannot be used with ${other}`);
}

/**
 * Draws the scene of a seed with an instruction for something that is not in it: for even seeds of a known kind, for odd ones an unknown thing.
 * The arm has to stand still.
 * @throws {InputError} as {@link checkAbsent} does
 */
export function drawAbsent(task: Task, options: DrawOptions): TaskInstance {
  checkAbsent(task, { swap: options.swap });
  const { seed, wordings } = options;
  const random = new Random(seed, 'absent thing');
  const scene = task.draw(options);
  const absent: AbsentThing = seed % 2 === 0 ? 'known kind' : 'unknown thing';
  const texts =
    absent === 'known kind' ? knownTexts(task, scene, wordings, random) : unknownTexts(task, wordings, random);
  return new StandingInstance(scene, absent, random.pick(texts));
}

function knownTexts(task: Task, scene: TaskInstance, set: WordingSet, random: Random): string[] {
  const { goalKeys = [scene.goal.key] } = scene;
  return [...random.pick(task.goals(set).filter(({ key }) => !goalKeys.includes(key))).texts];
}

const unknownTexts = (task: Task, set: WordingSet, random: Random): string[] => [
  ...task.unknownTexts!(random.pick([...UNKNOWN_THINGS[patternSetOf(set)]]), set),
];
