import type { SeenThing } from '../context/context.ts';

/** Square of the distance between two things on the table (m^2). */
export const distance2 = (a: SeenThing, b: SeenThing): number =>
  (a.position[0] - b.position[0]) ** 2 + (a.position[1] - b.position[1]) ** 2;

/** The nearest other thing; undefined when there is none. */
export function nearestOther(thing: SeenThing, things: readonly SeenThing[]): SeenThing | undefined {
  const others = things.filter(({ name }) => name !== thing.name);
  return others.length === 0
    ? undefined
    : others.reduce((best, each) => (distance2(thing, each) < distance2(thing, best) ? each : best));
}
