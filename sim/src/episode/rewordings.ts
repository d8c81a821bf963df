import { bodySpreadOf } from '../perturbations/perturbation.ts';
import { setupOf } from '../robot/setup.ts';
import { areaFor } from '../tasks/area.ts';
import type { EpisodeOptions } from './options.ts';

/** The part of an episode's options that its scene and its goal follow from. */
export type DrawnScene = Pick<
  EpisodeOptions,
  'task' | 'seed' | 'urdf' | 'robot' | 'arm' | 'wordings' | 'swap' | 'perturbations'
>;

/**
 * Draws instructions of other kinds of wording (synonyms, negations, relations and the like) for the goal of an episode in its scene.
 * @param count draws; equal instructions count once
 * @returns none for a task without other wordings
 */
export function drawRewordings(options: DrawnScene, count: number): readonly string[] {
  const { task, seed, wordings = 'report', swap = false, perturbations = {} } = options;
  if (!task.hasRewordings) return [];
  const scene = {
    seed,
    wordings,
    swap,
    area: areaFor(task, setupOf(options)),
    bodySpread: bodySpreadOf(perturbations),
  };
  const drawn = Array.from(
    { length: count },
    (_, draw) => task.draw({ ...scene, rewording: { level: 2, draw } }).instruction,
  );
  return [...new Set(drawn)];
}
