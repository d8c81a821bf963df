import type { RobotModel, Vector3 } from '@praxis/model';
import type { Box, DistanceConfig, LinkPoint, Plane, WorkspaceConfig } from '../../config/filter-config.ts';
import { type Barrier, boxBarrier, pairBarrier, planeBarrier } from './barrier.ts';
import type { CapsuleSet } from './capsule-set.ts';
import { linkCapsules } from './fit-capsule.ts';
import type { LinkMotion } from './link-motion.ts';

const corners = ({ minimum, maximum }: Box): Float64Array => Float64Array.of(...minimum, ...maximum);

/** The six planes that keep a point inside a box. */
function sidesOf({ name = 'box', minimum, maximum }: Box): Plane[] {
  return [0, 1, 2].flatMap((a) => {
    const unit = (sign: number): Vector3 => [a === 0 ? sign : 0, a === 1 ? sign : 0, a === 2 ? sign : 0];
    return [
      { name, normal: unit(1), offset: minimum[a] },
      { name, normal: unit(-1), offset: -maximum[a] },
    ];
  });
}

/**
 * Keeps every monitored point inside and outside the regions of the workspace.
 * @throws {InputError} for an unknown link.
 */
export function workspaceBarriers(config: WorkspaceConfig, motion: LinkMotion, set: CapsuleSet): Barrier[] {
  const planes = [...(config.planes ?? []), ...(config.inside ?? []).flatMap(sidesOf)];
  return config.points.flatMap(({ link, offset = [0, 0, 0] }: LinkPoint) => {
    const point = set.add(motion.tree.linkIndex(link), { from: offset, to: offset, radius: 0 }, link);
    const kind = (name: string) => ({ stage: 'workspace' as const, name: `${link}, ${name}`, margin: 0 });
    return [
      ...planes.map((plane) => planeBarrier(set, point, plane.normal, plane.offset, kind(plane.name ?? 'plane'))),
      ...(config.outside ?? []).map((box) => boxBarrier(set, point, corners(box), kind(box.name ?? 'box'))),
    ];
  });
}

/** Numbers in a set of the capsules of each monitored link. */
export type MonitoredLinks = ReadonlyMap<string, readonly number[]>;

/**
 * Adds the capsules of the monitored links to the set.
 * @throws {InputError} for unknown links and for meshes without capsules.
 */
export function monitoredLinks(
  config: DistanceConfig,
  model: RobotModel,
  set: CapsuleSet,
  motion: LinkMotion,
): MonitoredLinks {
  const names = [
    ...(config.ignoreLinks ?? []),
    ...Object.keys(config.linkCapsules ?? {}),
    ...(config.ignorePairs ?? []).flat(),
  ];
  for (const name of names) motion.tree.linkIndex(name);
  const found = new Map<string, number[]>();
  for (const link of model.links) {
    if (config.ignoreLinks?.includes(link.name)) continue;
    const capsules = config.linkCapsules?.[link.name] ?? linkCapsules(link);
    const index = motion.tree.linkIndex(link.name);
    if (capsules.length > 0)
      found.set(
        link.name,
        capsules.map((capsule) => set.add(index, capsule, link.name)),
      );
  }
  return found;
}

/**
 * Keeps links from obstacles and from each other.
 * @param links what {@link monitoredLinks} made of the configuration
 * @throws {InputError} for unknown links and for meshes without capsules.
 */
export function distanceBarriers(
  config: DistanceConfig,
  motion: LinkMotion,
  set: CapsuleSet,
  links: MonitoredLinks = monitoredLinks(config, motion.tree.model, set, motion),
): Barrier[] {
  const { model } = motion.tree;
  const { margin } = config;
  const { capsules = [], boxes = [], planes = [] } = config.obstacles ?? {};
  const still = capsules.map((capsule) => set.add(-1, capsule, capsule.name ?? 'obstacle'));
  const barriers: Barrier[] = [];
  const root = motion.group[motion.tree.linkIndex(model.root)];
  for (const [link, own] of links) {
    // A link that cannot move needs no barrier.
    if (motion.group[motion.tree.linkIndex(link)] === root) continue;
    const kind = (name = 'obstacle') => ({ stage: 'distance' as const, name: `${link} and ${name}`, margin });
    for (const each of own) {
      for (const other of still) barriers.push(pairBarrier(set, each, other, kind(set.name[other])));
      for (const box of boxes) barriers.push(boxBarrier(set, each, corners(box), kind(box.name)));
      for (const plane of planes) barriers.push(planeBarrier(set, each, plane.normal, plane.offset, kind(plane.name)));
    }
  }
  return config.self === 'links' ? [...barriers, ...selfBarriers(config, motion, set, links)] : barriers;
}

function selfBarriers(config: DistanceConfig, motion: LinkMotion, set: CapsuleSet, links: MonitoredLinks): Barrier[] {
  const barriers: Barrier[] = [];
  const names = [...links.keys()];
  for (const [i, a] of names.entries()) {
    for (const b of names.slice(i + 1)) {
      if (areAdjacent(motion, a, b) || isIgnored(config, a, b)) continue;
      barriers.push(...pairBarriers(set, [a, links], [b, links], config.margin));
    }
  }
  return barriers;
}

/** True when the configuration excludes a pair of links. */
export const isIgnored = ({ ignorePairs }: DistanceConfig, a: string, b: string): boolean =>
  ignorePairs?.some((pair) => pair.includes(a) && pair.includes(b)) ?? false;

/** A link with the capsules of it and others. */
type LinkOf = readonly [name: string, links: MonitoredLinks];

/** Keeps each capsule of one link from each of another. @param margin distance kept between surfaces (m) */
export function pairBarriers(set: CapsuleSet, [a, first]: LinkOf, [b, second]: LinkOf, margin: number): Barrier[] {
  const kind = { stage: 'distance' as const, name: `${a} and ${b}`, margin };
  return first.get(a)!.flatMap((one) => second.get(b)!.map((other) => pairBarrier(set, one, other, kind)));
}

/** True when two links are rigidly connected or have one moving joint between them. */
export function areAdjacent(motion: LinkMotion, a: string, b: string): boolean {
  const [first, second] = [a, b].map((link) => motion.group[motion.tree.linkIndex(link)]);
  if (first === second) return true;
  return motion.tree.model.joints.some((joint) => {
    const [parent, child] = [joint.parent, joint.child].map((link) => motion.group[motion.tree.linkIndex(link)]);
    return (parent === first && child === second) || (parent === second && child === first);
  });
}
