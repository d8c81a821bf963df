import type { Capsule } from '../../config/filter-config.ts';
import { capsuleAround, capsuleVolume } from './capsule-around.ts';

/** Most capsules of one link. */
const MOST_CAPSULES = 6;
/** Two capsules become one that is at most this much larger than both together. */
const SLACK = 1.1;

/** Points with the capsule around them. */
interface Part {
  readonly points: readonly number[];
  readonly capsule: Capsule;
  readonly volume: number;
}

function partOf(points: readonly number[]): Part {
  const capsule = capsuleAround(points);
  return { points, capsule, volume: capsuleVolume(capsule) };
}

/**
 * Capsules that together contain convex bodies: one around each at first; then the two whose common capsule adds the least volume become
 * one, while that is hardly larger than both, or there are more than six.
 * @param bodies x, y, z of the points of each (m); at least one point
 */
export function capsulesAround(bodies: readonly ArrayLike<number>[]): readonly Capsule[] {
  const parts = bodies.map((points) => partOf(Array.from(points)));
  const merged = parts.map((a, i) => parts.slice(0, i).map((b) => partOf([...b.points, ...a.points])));
  while (parts.length > 1) {
    let [first, second, least] = [0, 0, Number.POSITIVE_INFINITY];
    for (let i = 0; i < parts.length; i++) {
      for (let k = 0; k < i; k++) {
        const growth = merged[i][k].volume - parts[i].volume - parts[k].volume;
        if (growth < least) [first, second, least] = [k, i, growth];
      }
    }
    const both = merged[second][first];
    const isTight = both.volume <= SLACK * (parts[first].volume + parts[second].volume);
    if (!isTight && parts.length <= MOST_CAPSULES) break;
    parts.splice(second, 1);
    merged.splice(second, 1);
    for (const row of merged.slice(second)) row.splice(second, 1);
    parts[first] = both;
    for (let k = 0; k < first; k++) merged[first][k] = partOf([...parts[k].points, ...both.points]);
    for (let i = first + 1; i < parts.length; i++) merged[i][first] = partOf([...both.points, ...parts[i].points]);
  }
  return parts.map(({ capsule }) => capsule);
}
