import { linkPieces } from '@praxis/model';
import { type DistanceConfig, deriveDistance } from '@praxis/safety';
import type { ArmSetup } from '../robot/arm-setup.ts';
import type { RobotSetup } from '../robot/setup.ts';

/** Distance between surfaces that the supervisor of a simulated arm keeps (m). */
const MARGIN_M = 0.01;

/**
 * What keeps the links of an arm apart, and several arms from each other: of these every link has capsules, fingers included, and the
 * filters of all arms keep them apart (`CommandFilter.keepClearOf`). Fingers may touch their own arm.
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
  return { ...derived, ignorePairs: [...(derived.ignorePairs ?? []), ...pairs] };
}
