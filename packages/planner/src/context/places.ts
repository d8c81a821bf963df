import type { KnownPlace } from './context.ts';

/** A thing whose middle is this far above a place does not lie on it (m). */
const RESTING_HEIGHT_M = 0.06;

/** The place over whose surface a point is; the nearest one where places overlap. */
export function placeBelow(
  [x, y]: readonly [number, number, ...number[]],
  places: readonly KnownPlace[],
): KnownPlace | undefined {
  const distance = ({ position }: KnownPlace) => (x - position[0]) ** 2 + (y - position[1]) ** 2;
  return places
    .filter(
      ({ position, halfSize }) => Math.abs(x - position[0]) <= halfSize[0] && Math.abs(y - position[1]) <= halfSize[1],
    )
    .sort((a, b) => distance(a) - distance(b))[0];
}

/** The place on which a thing lies. @param position its middle (m) */
export function placeUnder(
  position: readonly [number, number, number],
  places: readonly KnownPlace[],
): KnownPlace | undefined {
  const place = placeBelow(position, places);
  const above = place && position[2] - place.position[2];
  return above !== undefined && above > 0 && above < RESTING_HEIGHT_M ? place : undefined;
}
