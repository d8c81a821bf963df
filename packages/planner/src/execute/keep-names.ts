import type { SeenThing } from '../context/context.ts';
import { horizontalDistance, nearestPairs } from '../context/distance.ts';

/** Largest number of things that look alike and are told apart by their places. */
const MAX_ALIKE = 6;
/** A thing this near to where one was known to be is that one, whatever it looks like now (m). */
const SAME_PLACE_M = 0.045;

const kindOf = ({ words }: SeenThing): string => [...words].sort().join(' ');

const squaredDistance = (a: SeenThing, b: SeenThing): number =>
  a.position.reduce((sum, x, i) => sum + (x - b.position[i]) ** 2, 0);

/**
 * Gives things of new pictures the names that they had before, which a plan uses: a thing at a known place is the one that was there or was put there,
 * even when it looks like another one in this light. Of the others, things that look alike are numbered by place in each look, so that a number
 * would change its thing when one is moved; they keep the names that make the sum of their ways shortest.
 * @param held name of the thing in the fingers, which the cameras may not find
 */
export function keepNames(
  before: readonly SeenThing[],
  now: readonly SeenThing[],
  held: string | undefined,
): readonly SeenThing[] {
  const names = namesByPlace(
    before.filter(({ name }) => name !== held),
    now,
  );
  const stayed = new Set(names.values());
  const rest = now.filter((thing) => !names.has(thing));
  const missing = before.filter(({ name }) => !stayed.has(name));
  for (const kind of new Set(rest.map(kindOf))) {
    const seen = rest.filter((thing) => kindOf(thing) === kind);
    const known = missing.filter((thing) => kindOf(thing) === kind);
    if (known.length === 0 || seen.length > MAX_ALIKE || known.length > MAX_ALIKE) continue;
    // With fewer finds than things, the held one is the one that may be missing.
    const candidates = seen.length < known.length ? known.filter(({ name }) => name !== held) : known;
    for (const [thing, name] of assign(seen, candidates)) names.set(thing, name);
  }
  const taken = new Set(names.values());
  return now.map((thing) => {
    const name = names.get(thing) ?? unusedName(thing.name, taken);
    taken.add(name);
    return name === thing.name ? thing : { ...thing, name };
  });
}

const gapOf = (one: SeenThing, other: SeenThing): number => horizontalDistance(one.position, other.position);

/** Names of the things that are where known ones were, nearest first. */
const namesByPlace = (before: readonly SeenThing[], now: readonly SeenThing[]): Map<SeenThing, string> =>
  new Map(nearestPairs(before, now, gapOf, SAME_PLACE_M).map(([{ name }, thing]) => [thing, name]));

/** Pairs things with known ones so that the sum of the squared distances is smallest. */
function assign(seen: readonly SeenThing[], known: readonly SeenThing[]): readonly (readonly [SeenThing, string])[] {
  if (seen.length === 0 || known.length === 0) return [];
  if (seen.length > known.length) {
    // One is new: leave out each in turn.
    return best(
      seen.map((_, i) =>
        assign(
          seen.filter((_, j) => j !== i),
          known,
        ),
      ),
      known,
    );
  }
  const [first, ...others] = seen;
  const pairings = known.map((thing) => [
    [first, thing.name] as const,
    ...assign(
      others,
      known.filter((each) => each !== thing),
    ),
  ]);
  return best(pairings, known);
}

function best(
  pairings: readonly (readonly (readonly [SeenThing, string])[])[],
  known: readonly SeenThing[],
): readonly (readonly [SeenThing, string])[] {
  const cost = (pairing: readonly (readonly [SeenThing, string])[]) =>
    pairing.reduce((sum, [thing, name]) => sum + squaredDistance(thing, known.find((each) => each.name === name)!), 0);
  return pairings.reduce((least, each) => (cost(each) < cost(least) ? each : least));
}

function unusedName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let n = 2; ; n++) if (!taken.has(`${name} ${n}`)) return `${name} ${n}`;
}
