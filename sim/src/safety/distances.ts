import { linkPieces, type Vector3 } from '@praxis/model';
import { type DistanceConfig, deriveDistance, type Plane } from '@praxis/safety';
import type { ArmSetup } from '../robot/arm-setup.ts';
import type { RobotSetup } from '../robot/setup.ts';

/** Distance between surfaces that the supervisor of a simulated arm keeps (m). */
const MARGIN_M = 0.01;

/**
 * What keeps the links of an arm apart, and several arms from each other: every link of an arm, fingers included, then stays behind the
 * planes between it and the others. Fingers may touch their own arm, and what is on its side of the planes.
 */
export function distanceOf(setup: RobotSetup, arm: ArmSetup): DistanceConfig {
  const { model, meshes, fingerLinks, disabledPairs, armOf, arms } = setup;
  const names = model.links.map(({ name }) => name);
  const own = armOf ? names.filter((name) => armOf.get(name) === arms.indexOf(arm)) : names;
  const fingers = own.filter((name) => fingerLinks.has(name));
  const shapes = new Map([...linkPieces(model, meshes)].filter(([name]) => own.includes(name)));
  const { kinematics, home } = arm;
  const source = { model, kinematics, home, shapes, disabledPairs, margin: MARGIN_M };
  if (!armOf) return deriveDistance({ ...source, ignoreLinks: fingers });
  const derived = deriveDistance({ ...source, ignoreLinks: [] });
  const pairs = fingers.flatMap((finger) => own.map((name) => [finger, name] as const));
  return {
    ...derived,
    ignorePairs: [...(derived.ignorePairs ?? []), ...pairs],
    obstacles: { planes: dividingPlanes(setup, arm) },
  };
}

/**
 * Planes that an arm stays behind so that it meets no other arm, wherever that one is: halfway between the origins of their base frames,
 * across the line between these. Root link's frame (m).
 */
export function dividingPlanes({ tree, arms }: Pick<RobotSetup, 'tree' | 'arms'>, arm: ArmSetup): readonly Plane[] {
  const own = tree.pose(arm.baseLink);
  return arms.flatMap((other): readonly Plane[] => {
    if (other === arm) return [];
    const its = tree.pose(other.baseLink);
    const between: Vector3 = [own[0] - its[0], own[1] - its[1], own[2] - its[2]];
    const length = Math.sqrt(between[0] ** 2 + between[1] ** 2 + between[2] ** 2);
    // Arms on one spot have no plane between them: their distances need settings.
    if (length === 0) return [];
    const normal: Vector3 = [between[0] / length, between[1] / length, between[2] / length];
    const offset = normal.reduce((sum, value, i) => sum + (value * (own[i] + its[i])) / 2, 0);
    return [{ name: `half of ${other.name}`, normal, offset }];
  });
}
