import type { DistanceConfig } from '../../config/filter-config.ts';
import type { Barrier } from '../geometry/barrier.ts';
import {
  areAdjacent,
  isIgnored,
  type MonitoredLinks,
  monitoredLinks,
  pairBarriers,
} from '../geometry/build-barriers.ts';
import type { CapsuleSet } from '../geometry/capsule-set.ts';
import type { LinkMotion } from '../geometry/link-motion.ts';
import type { Neighbour } from './neighbours.ts';

/** Joints of an arm in a motion of several: from one number to before another. */
export interface JointRange {
  readonly from: number;
  readonly to: number;
}

/** True when a joint of the range moves the link. */
export function movesLink(motion: LinkMotion, { from, to }: JointRange, link: number): boolean {
  for (let i = from; i < to; i++) if (motion.moves(link, i)) return true;
  return false;
}

/**
 * Keeps the links that an arm moves from those of another arm, its base included. The larger of the two margins counts.
 * @param links monitored links of the arm
 * @param own joints of the arm in the motion
 * @throws {InputError} for unknown links and for meshes without capsules
 */
export function barriersBetween(
  { config, links }: { readonly config: DistanceConfig; readonly links: MonitoredLinks },
  other: Neighbour,
  motion: LinkMotion,
  set: CapsuleSet,
  own: JointRange,
): Barrier[] {
  const { tree } = motion;
  const itsLinks = monitoredLinks(other.distance, tree.model, set, motion);
  const margin = Math.max(config.margin, other.distance.margin);
  const moved = [...links.keys()].filter((name) => movesLink(motion, own, tree.linkIndex(name)));
  // What the arm monitors itself has a barrier already, and its own links are not the other arm's.
  const isCovered = (name: string): boolean =>
    movesLink(motion, own, tree.linkIndex(name)) || (config.self === 'links' && links.has(name));
  const met = [...itsLinks.keys()].filter((name) => !isCovered(name));
  return moved.flatMap((a) =>
    met.flatMap((b) =>
      areAdjacent(motion, a, b) || isIgnored(config, a, b) || isIgnored(other.distance, a, b)
        ? []
        : pairBarriers(set, [a, links], [b, itsLinks], margin),
    ),
  );
}
