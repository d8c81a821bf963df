import { InputError } from '@praxis/core';
import type { RobotModel, Visual } from '@praxis/model';
import type { BodyVisuals, RenderGeometry } from '../render/types.ts';

function renderGeometry(visual: Visual): RenderGeometry {
  const g = visual.geometry;
  if (g.type === 'mesh') throw new InputError(`visual mesh "${g.filename}": the simulator draws primitives only`);
  if (g.type === 'capsule') return { type: 'cylinder', radius: g.radius, length: g.length };
  return g;
}

/** Converts the visuals of a URDF for the renderer. It skips links without visuals. @throws {InputError} for a mesh */
export const robotVisuals = (model: RobotModel): BodyVisuals[] =>
  model.links
    .filter((link) => link.visuals.length > 0)
    .map((link) => ({
      body: link.name,
      visuals: link.visuals.map((visual) => ({
        geometry: renderGeometry(visual),
        pose: [...visual.origin.xyz, ...visual.origin.quaternion],
        rgba: visual.material?.rgba ?? [0.7, 0.7, 0.7, 1],
      })),
    }));
