import { InputError, Random } from '@praxis/core';
import { groundBody } from '../mjcf/scene.ts';
import type { SimScene } from '../render/sim-scene.ts';
import type { SimRobot } from '../robot/sim-robot.ts';
import { drawConditions } from '../tasks/conditions.ts';
import { perturbConditions } from './perturb-conditions.ts';
import type { PerturbationAxis, Perturbations } from './perturbation.ts';

/** Axes that change nothing but pictures, so that they can change while an episode runs. */
const PICTURE_AXES: readonly PerturbationAxis[] = ['camera', 'light', 'background', 'noise'];
const LAST_SEED = 2 ** 31;

/** Keeps of perturbations what changes pictures alone. @throws {InputError} when there is none */
export function picturePerturbations(perturbations: Perturbations): Perturbations {
  const kept = Object.entries(perturbations).filter(([axis]) => PICTURE_AXES.includes(axis as PerturbationAxis));
  if (kept.length === 0)
    throw new InputError(`pictures cannot vary: expected a perturbation of ${PICTURE_AXES.join(', ')}`);
  return Object.fromEntries(kept);
}

/**
 * Returns what changes cameras, light and the colour of the table of a running episode with each call, as if each picture came from another cell
 * (domain randomization: Tobin et al., IROS 2017). What they change to is drawn as for episodes of other seeds, and is the same for the same
 * seed. A table with a pattern or a shadow keeps its colours.
 * @param perturbations see {@link picturePerturbations}
 */
export function pictureVariation(
  robot: SimRobot,
  scene: SimScene,
  perturbations: Perturbations,
  seed: number,
): () => void {
  const { setup } = robot;
  const keepsTable = perturbations.background === 2 || perturbations.light === 2;
  const random = new Random(seed, 'pictures');
  const ground = groundBody(setup);
  return () => {
    const other = random.integer(LAST_SEED);
    const drawn = perturbConditions(drawConditions(other, setup, { start: 'home' }), perturbations, other, setup);
    robot.changePictures(drawn);
    if (!keepsTable) scene.setColour(ground, drawn.table);
  };
}
