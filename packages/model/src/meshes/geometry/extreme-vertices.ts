import { cos, sin } from '@praxis/core';

/** Directions in which a hull has an extreme vertex. */
const DIRECTION_COUNT = 256;
/** Golden angle (rad): points at multiples of it on a spiral cover a sphere evenly. */
const GOLDEN_ANGLE_RAD = Math.PI * (3 - Math.sqrt(5));

/** Unit vectors evenly over the sphere (Fibonacci lattice), 3 numbers each. */
export const SPHERE_DIRECTIONS: Float64Array = (() => {
  const out = new Float64Array(3 * DIRECTION_COUNT);
  for (let k = 0; k < DIRECTION_COUNT; k++) {
    const z = 1 - (2 * k + 1) / DIRECTION_COUNT;
    const radius = Math.sqrt(1 - z * z);
    out[3 * k] = radius * cos(k * GOLDEN_ANGLE_RAD);
    out[3 * k + 1] = radius * sin(k * GOLDEN_ANGLE_RAD);
    out[3 * k + 2] = z;
  }
  return out;
})();

/** A hull that lies inside the exact one of some points, and touches it at its vertices. */
export interface ExtremeVertices {
  /** x, y and z of each vertex, each vertex once. */
  readonly vertices: readonly number[];
  /** Least width of the body as a share of its greatest. */
  readonly flatness: number;
}

const known = new WeakMap<ArrayLike<number>, ExtremeVertices>();

/**
 * Finds the points that lie farthest in some of 256 directions. A list is searched once.
 * @param positions x, y and z of each point; they may not change afterwards
 */
export function extremeVertices(positions: ArrayLike<number>): ExtremeVertices {
  let found = known.get(positions);
  if (!found) {
    found = search(positions);
    known.set(positions, found);
  }
  return found;
}

function search(positions: ArrayLike<number>): ExtremeVertices {
  const extreme = new Set<number>();
  let [thinnest, widest] = [Number.POSITIVE_INFINITY, 0];
  for (let k = 0; k < SPHERE_DIRECTIONS.length; k += 3) {
    const x = SPHERE_DIRECTIONS[k];
    const y = SPHERE_DIRECTIONS[k + 1];
    const z = SPHERE_DIRECTIONS[k + 2];
    let [best, most, least] = [0, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let i = 0; i < positions.length; i += 3) {
      const along = x * positions[i] + y * positions[i + 1] + z * positions[i + 2];
      least = Math.min(least, along);
      if (along > most) {
        most = along;
        best = i;
      }
    }
    extreme.add(best);
    thinnest = Math.min(thinnest, most - least);
    widest = Math.max(widest, most - least);
  }
  const vertices = [...extreme].flatMap((i) => [positions[i], positions[i + 1], positions[i + 2]]);
  return { vertices, flatness: thinnest / widest };
}
