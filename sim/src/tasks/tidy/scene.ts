import type { Random } from '@praxis/core';
import type { TaskArea } from '../area.ts';
import { type Block, COLOUR_NAMES, drawBlock, drawPlaces } from '../blocks.ts';
import { drawTrays, SIDES, type Trays } from '../trays.ts';

/** Weight that a thing has, which does not show. */
export type Weight = 'heavy' | 'light';

/** A thing of the scene. */
export interface TidyThing extends Block {
  readonly weight: Weight;
  /** True for the two things that look alike. */
  readonly hasTwin: boolean;
}

/** Scene of `tidy`. */
export interface TidyScene {
  readonly things: readonly TidyThing[];
  readonly trays: Trays;
}

const MASS_KG = { heavy: 0.4, light: 0.1 } as const;
/** Number of things: from the least to the largest. */
const THINGS = [4, 6] as const;
/** Share of the scenes in which two things look alike. */
const ALIKE_SHARE = 1 / 3;
/** Distance that the middle of a thing keeps from a tray (m), in an area of scale 1: half a brick and a finger. */
const TRAY_DISTANCE_M = 0.055;

/** Draws four to six things between two trays. One scene in three has two things that differ in place and weight alone. */
export function drawScene(random: Random, area: TaskArea): TidyScene {
  const trays = drawTrays(random, area);
  const count = THINGS[0] + random.integer(THINGS[1] - THINGS[0] + 1);
  const hasTwins = random.chance(ALIKE_SHARE);
  const places = drawPlaces(random, count, between(area, trays));
  const colours = random.shuffle([...COLOUR_NAMES]);
  const weights = random.shuffle<Weight>(['heavy', 'light']);
  const things: TidyThing[] = [];
  for (const [index, place] of places.entries()) {
    const isTwin = hasTwins && index < 2;
    const weight = isTwin ? weights[index] : random.pick<Weight>(['heavy', 'light']);
    const name = `thing${index}`;
    const mass = MASS_KG[weight];
    const drawn = drawBlock(random, {
      ...{ name, mass, scale: area.scale },
      colour: colours[index],
      place: () => place,
    });
    const twin = hasTwins && index === 1 ? alike(things[0], drawn) : drawn;
    things.push({ ...twin, weight, hasTwin: isTwin });
  }
  return { things: random.shuffle(things), trays };
}

/** A block that looks like another one and keeps its own name, place and mass. */
function alike({ object, colour, shape, size }: Block, { object: own }: Block): Block {
  const { geometry, rgba, friction } = object;
  const [x, y, , ...turn] = own.pose;
  return { colour, shape, size, object: { ...own, geometry, rgba, friction, pose: [x, y, object.pose[2], ...turn] } };
}

/** The part of an area that keeps a distance from the trays. */
function between({ x, y, scale }: TaskArea, trays: Trays): Pick<TaskArea, 'x' | 'y' | 'scale'> {
  const [left, right] = SIDES.map((side) => trays[side]);
  const halfTray = left.geometry.type === 'box' ? left.geometry.size[1] / 2 : 0;
  const margin = halfTray + TRAY_DISTANCE_M * scale;
  return { x, y: [Math.max(y[0], right.pose[1] + margin), Math.min(y[1], left.pose[1] - margin)], scale };
}
