import { cos, type Random, sin, type vector3 } from '@praxis/core';
import type { PartShape, ScenePart } from '../../mjcf/scene-part.ts';
import { layoutX, layoutY, type TaskArea } from '../area.ts';
import { COLOUR_NAMES, type Colour, drawRgba } from '../blocks.ts';
import { drawerRange, LatchedDrawer } from './latch.ts';

/** A drawer of the scene. */
export interface SceneDrawer {
  readonly colour: Colour;
  readonly mechanics: LatchedDrawer;
  /** Angle about the vertical between the slide and the x axis of the base (rad). */
  readonly yaw: number;
  /** Middle of the knob of the closed drawer (m, scene). */
  readonly knob: vector3.Vector3;
  /** Housing and drawer; the drawer's origin is the middle of its knob. */
  readonly parts: readonly ScenePart[];
}

/** Width of a knob between the fingers (m), in an area of scale 1. */
export const KNOB_M = 0.022;
/** How far a drawer is opened (m), in an area of scale 1. */
export const OPENING_M = 0.12;
/** How far a drawer can be opened (m), in an area of scale 1. */
const TRAVEL_M = 0.15;
/** Share of the drawers that are latched. */
export const LATCHED_SHARE = 0.5;
/** Half the width of a drawer's front, depth of the drawer, and distance of the front from the knob's middle (m), in an area of scale 1. */
const HALF_FRONT_M = 0.05;
const DEPTH_M = 0.15;
const FRONT_M = 0.034;
/** Height of a knob's middle above the table, and height of front and housing (m). */
const KNOB_HEIGHT_M = 0.03;
const FRONT_HEIGHT_M = 0.05;
const HOUSING_HEIGHT_M = 0.058;
/** Thickness of walls (m). */
const WALL_M = 0.006;

/** Draws two drawers of different colours beside each other, which open towards the arm. Whether one is latched does not show. */
export function drawDrawers(random: Random, area: TaskArea): readonly SceneDrawer[] {
  const [first, second] = random.shuffle([...COLOUR_NAMES]);
  return [first, second].map((colour, index) => drawDrawer(random, area, colour, index));
}

function drawDrawer(random: Random, area: TaskArea, colour: Colour, index: number): SceneDrawer {
  const { scale } = area;
  const name = `drawer${index}`;
  const side = index === 0 ? 1 : -1;
  const x = layoutX(area, random.uniform(0.5, 0.55));
  const y = layoutY(area, side * random.uniform(0.085, 0.125));
  const yaw = random.uniform(-0.12, 0.12);
  const grey = random.uniform(0.1, 0.4);
  const rgba = drawRgba(random, colour);
  const knobGrey = random.uniform(0.5, 0.8);
  const mechanics = new LatchedDrawer(name, TRAVEL_M * scale, random.chance(LATCHED_SHARE));
  const pose = [x, y, KNOB_HEIGHT_M, 0, 0, sin(yaw / 2), cos(yaw / 2)] as const;
  const housing: ScenePart = {
    name: `${name} housing`,
    pose,
    motion: 'fixed',
    shapes: housingShapes(scale, [grey, grey, grey, 1]),
  };
  const drawer: ScenePart = {
    name,
    pose,
    mass: random.uniform(0.3, 0.5),
    motion: {
      axis: [-1, 0, 0],
      range: drawerRange(mechanics),
      damping: random.uniform(5, 15),
      friction: random.uniform(1.5, 4),
    },
    passes: [housing.name, 'table'],
    shapes: drawerShapes(scale, rgba, [knobGrey, knobGrey, knobGrey, 1], random.uniform(0.9, 1.2)),
  };
  return { colour, mechanics, yaw, knob: [x, y, KNOB_HEIGHT_M], parts: [housing, drawer] };
}

type Rgba = PartShape['rgba'];
type Numbers = readonly [number, number, number];

const box = (size: Numbers, at: Numbers, rgba: Rgba): PartShape => ({
  geometry: { type: 'box', size },
  pose: [...at, 0, 0, 0, 1],
  rgba,
});

/** Walls left, right and behind, from the knob's middle. */
function housingShapes(scale: number, rgba: Rgba): readonly PartShape[] {
  const side = HALF_FRONT_M * scale + WALL_M;
  const [front, back] = [FRONT_M * scale, (FRONT_M + DEPTH_M + 0.01) * scale];
  const middle = HOUSING_HEIGHT_M / 2 - KNOB_HEIGHT_M;
  return [
    ...[1, -1].map((sign) =>
      box([back - front, WALL_M, HOUSING_HEIGHT_M], [(front + back) / 2, sign * side, middle], rgba),
    ),
    box([WALL_M, 2 * side + WALL_M, HOUSING_HEIGHT_M], [back, 0, middle], rgba),
  ];
}

/** Knob with its stem, front, floor, and inner walls that are only seen. */
function drawerShapes(scale: number, rgba: Rgba, knob: Rgba, friction: number): readonly PartShape[] {
  const [half, depth, front] = [HALF_FRONT_M * scale, DEPTH_M * scale, FRONT_M * scale];
  const middle = front + depth / 2;
  const bottom = WALL_M / 2 - FRONT_HEIGHT_M / 2;
  return [
    { ...box([0.016, KNOB_M, 0.036].map((each) => each * scale) as unknown as Numbers, [0, 0, 0], knob), friction },
    box([front, 0.012 * scale, 0.012], [front / 2, 0, 0], knob),
    box([WALL_M, 2 * half, FRONT_HEIGHT_M], [front, 0, 0], rgba),
    box([depth, 2 * half, WALL_M], [middle, 0, bottom], rgba),
    ...[1, -1].map((sign) => ({
      ...box([depth, WALL_M, FRONT_HEIGHT_M - 0.01], [middle, sign * (half - WALL_M / 2), -0.005], rgba),
      collides: false,
    })),
  ];
}
