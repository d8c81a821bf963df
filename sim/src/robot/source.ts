import { InputError } from '@praxis/core';
import { type MeshProblem, type RobotFolder, readMeshes, withReadMeshes } from '@praxis/model';
import type { RobotSource } from './setup.ts';

/**
 * Reads the meshes of a robot's folder, so that the simulator can use it. A visual whose mesh cannot be read is left out; the model
 * then has one more warning.
 * @throws {InputError} in one line for a collision mesh that cannot be read
 */
export async function robotSource(
  robot: Pick<RobotFolder, 'definition' | 'model' | 'meshes' | 'disabledPairs'>,
): Promise<RobotSource> {
  const { definition, model, disabledPairs } = robot;
  const { meshes, problems } = await readMeshes(model, robot.meshes);
  const solid = problems.find(({ collides }) => collides.length > 0);
  if (solid) throw new InputError(`robot ${definition.name}: link "${solid.collides[0]}" collides by ${solid.message}`);
  if (problems.length === 0) return { definition, model, meshes, disabledPairs };
  const warnings = [...(model.warnings ?? []), warningOf(problems)];
  return { definition, model: { ...withReadMeshes(model, meshes), warnings }, meshes, disabledPairs };
}

function warningOf(problems: readonly MeshProblem[]): string {
  const links = [...new Set(problems.flatMap(({ shows }) => shows))].join(', ');
  const others = problems.length > 1 ? `; ${problems.length - 1} more cannot be read` : '';
  return `${problems[0].message}${others}; cameras do not see these visuals of ${links}`;
}
