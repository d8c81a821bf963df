import type { CapsuleSet } from './capsule-set.ts';
import { SEGMENT_SIZE } from './capsule-set.ts';
import { nearestOfSegments, nearestToBox } from './segments.ts';

/**
 * Place of a distance: the point on the first body, the point on the second, and the direction of growth. Root link's
 * frame.
 */
export interface Witness {
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly normal: Float64Array;
}

/** A distance that must not fall below 0. */
export interface Barrier {
  readonly stage: 'workspace' | 'distance';
  /** Names of the two bodies. */
  readonly name: string;
  /** Links that carry the two bodies; -1 for a body at rest. */
  readonly firstLink: number;
  readonly secondLink: number;
  /** The distance less the margin (m); fills `witness`. Place the capsules first. */
  measure(witness: Witness): number;
}

type Kind = { readonly stage: Barrier['stage']; readonly name: string; readonly margin: number };

/** Keeps a capsule on the allowed side of a plane: normal . p >= offset. Root link's frame (m). */
export function planeBarrier(
  set: CapsuleSet,
  capsule: number,
  normal: readonly number[],
  offset: number,
  kind: Kind,
): Barrier {
  const gap = offset + set.radius[capsule] + kind.margin;
  const [nx, ny, nz] = normal;
  const at = capsule * SEGMENT_SIZE;
  return {
    ...kind,
    firstLink: set.link[capsule],
    secondLink: -1,
    measure({ first, normal: direction }) {
      const { ends } = set;
      const from = nx * ends[at] + ny * ends[at + 1] + nz * ends[at + 2];
      const to = nx * ends[at + 3] + ny * ends[at + 4] + nz * ends[at + 5];
      const end = from <= to ? at : at + 3;
      for (let a = 0; a < 3; a++) first[a] = ends[end + a];
      direction[0] = nx;
      direction[1] = ny;
      direction[2] = nz;
      return Math.min(from, to) - gap;
    },
  };
}

/** Keeps a capsule outside a box. @param box 6 numbers: minimum, maximum (root link's frame, m) */
export function boxBarrier(set: CapsuleSet, capsule: number, box: Float64Array, kind: Kind): Barrier {
  const gap = set.radius[capsule] + kind.margin;
  return {
    ...kind,
    firstLink: set.link[capsule],
    secondLink: -1,
    measure: ({ first, normal }) => nearestToBox(set.ends, capsule * SEGMENT_SIZE, box, first, normal) - gap,
  };
}

/** Keeps two capsules apart. */
export function pairBarrier(set: CapsuleSet, first: number, second: number, kind: Kind): Barrier {
  const gap = set.radius[first] + set.radius[second] + kind.margin;
  const points = new Float64Array(6);
  return {
    ...kind,
    firstLink: set.link[first],
    secondLink: set.link[second],
    measure(witness) {
      const distance = nearestOfSegments(set.ends, first * SEGMENT_SIZE, set.ends, second * SEGMENT_SIZE, points);
      // Axes that cross have no direction; any direction says that they are too near.
      const scale = distance > 1e-9 ? 1 / distance : 0;
      for (let a = 0; a < 3; a++) {
        witness.first[a] = points[a];
        witness.second[a] = points[3 + a];
        witness.normal[a] = (points[a] - points[3 + a]) * scale;
      }
      return distance - gap;
    },
  };
}
