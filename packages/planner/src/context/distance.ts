import type { SeenThing } from './context.ts';

/** Horizontal distance of two points (m). */
export const horizontalDistance = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2);

/** Horizontal distance of two things (m). */
export const distanceBetween = (a: Pick<SeenThing, 'position'>, b: Pick<SeenThing, 'position'>): number =>
  horizontalDistance(a.position, b.position);

/** The other thing that is nearest to one, horizontally; undefined when there is none. */
export const nearestThing = (thing: SeenThing, things: readonly SeenThing[]): SeenThing | undefined =>
  things
    .filter(({ name }) => name !== thing.name)
    .sort((a, b) => distanceBetween(thing, a) - distanceBetween(thing, b))[0];

/**
 * Pairs the members of two lists that are nearer to each other than a limit, the nearest first; each is in one pair at most.
 * @param gapOf distance of two members
 */
export function nearestPairs<A, B>(
  ones: Iterable<A>,
  others: Iterable<B>,
  gapOf: (one: A, other: B) => number,
  limit: number,
): readonly (readonly [A, B])[] {
  const [left, right] = [new Set(ones), new Set(others)];
  return [...left]
    .flatMap((one) => Array.from(right, (other) => ({ one, other, gap: gapOf(one, other) })))
    .filter(({ gap }) => gap < limit)
    .sort((a, b) => a.gap - b.gap)
    .flatMap(({ one, other }) => {
      if (!left.has(one) || !right.has(other)) return [];
      left.delete(one);
      right.delete(other);
      return [[one, other] as const];
    });
}
