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
