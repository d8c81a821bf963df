import { Random } from '@praxis/core';
import type { SceneObject } from '../mjcf/scene-object.ts';
import type { TaskArea } from './area.ts';
import type { DrawOptions } from './task.ts';

/** Linear albedo of each colour; each episode varies it slightly. */
const COLOURS = {
  red: [0.75, 0.06, 0.05],
  green: [0.06, 0.5, 0.1],
  blue: [0.05, 0.15, 0.7],
  yellow: [0.8, 0.62, 0.04],
  purple: [0.38, 0.07, 0.5],
  orange: [0.85, 0.27, 0.02],
} as const;

/** Shapes of blocks. */
export const SHAPES = ['cube', 'cylinder', 'brick'] as const;
/** Colour of a block. */
export type Colour = keyof typeof COLOURS;
/** Shape of a block. */
export type Shape = (typeof SHAPES)[number];
/** Colours of blocks. */
export const COLOUR_NAMES = Object.keys(COLOURS) as Colour[];

/** A coloured thing that the arm can take. */
export interface Block {
  readonly object: SceneObject;
  readonly colour: Colour;
  readonly shape: Shape;
  /** Width between the fingers (m). */
  readonly size: number;
}

/** What is given of a block that is drawn. */
export interface BlockOptions {
  /** Name of its body. */
  readonly name: string;
  readonly colour: Colour;
  /** Size compared with the blocks of the Praxis arm. */
  readonly scale: number;
  /** Returns the place of its middle on the table (m, scene). @param height height of the block (m) */
  place(height: number): readonly [x: number, y: number];
  /** Mass (kg) in an area of scale 1. Default: 0.06 to 0.16 kg. */
  readonly mass?: number;
  /** Makes blocks that are unlike those of the training. Default: none. */
  readonly unlike?: UnlikeBlocks;
}

/** How the blocks of a scene are unlike those of the training. */
export interface UnlikeBlocks {
  /** The ranges of size and mass are wider by this share of their ends. */
  readonly spread: number;
  /** Draws the factor on the friction of each block. */
  readonly random: Random;
}

/** How the blocks of a scene are unlike those of the training; undefined without a spread. */
export const unlikeBlocks = ({
  seed,
  bodySpread,
}: Pick<DrawOptions, 'seed' | 'bodySpread'>): UnlikeBlocks | undefined =>
  bodySpread === undefined ? undefined : { spread: bodySpread, random: new Random(seed, 'unlike blocks') };

/** Factor on the friction of a block. */
export const unlikeFriction = (unlike: UnlikeBlocks | undefined): number => unlike?.random.uniform(0.6, 1.5) ?? 1;

/** Ranges of the sizes (m), in an area of scale 1, and of the mass (kg). */
const SIZE_M = [0.036, 0.046] as const;
const MASS_KG = [0.06, 0.16] as const;

/** Draws from a range of the training; unlike blocks get the value at the same share of the wider range. */
export function drawFrom(
  random: Random,
  [lower, upper]: readonly [number, number],
  unlike: UnlikeBlocks | undefined,
): number {
  const value = random.uniform(lower, upper);
  if (!unlike) return value;
  const [low, high] = [lower * (1 - unlike.spread), upper * (1 + unlike.spread)];
  return low + ((value - lower) / (upper - lower)) * (high - low);
}

/** Returns true for two places whose blocks could touch each other or the fingers. */
export const tooClose = (a: ArrayLike<number>, b: ArrayLike<number>, scale: number): boolean =>
  Math.abs(a[0] - b[0]) < 0.095 * scale && Math.abs(a[1] - b[1]) < 0.115 * scale;

/** Number of places that are tried before a layout begins again. */
const MAX_TRIES = 200;

/** Draws places of things on the table that do not touch each other or the fingers (m, scene). */
export function drawPlaces(
  random: Random,
  count: number,
  { x, y, scale }: Pick<TaskArea, 'x' | 'y' | 'scale'>,
): readonly (readonly [x: number, y: number])[] {
  const places: [number, number][] = [];
  for (let tries = 0; places.length < count; tries++) {
    if (tries === MAX_TRIES) {
      places.length = 0;
      tries = 0;
    }
    const place: [number, number] = [random.uniform(...x), random.uniform(...y)];
    if (!places.some((other) => tooClose(place, other, scale))) places.push(place);
  }
  return places;
}

/** Draws linear colour and opacity of a thing of a colour: shade and hue vary slightly. */
export function drawRgba(random: Random, colour: Colour): SceneObject['rgba'] {
  const shade = random.uniform(0.8, 1.2);
  const [r, g, b] = COLOURS[colour].map((c) =>
    Math.min(1, c * shade * random.uniform(0.93, 1.07) + random.uniform(0, 0.02)),
  );
  return [r, g, b, 1];
}

/** Draws shape, size, place, turn, shade and friction of one block. */
export function drawBlock(random: Random, { name, colour, scale, place, mass, unlike }: BlockOptions): Block {
  const shape = random.pick([...SHAPES]);
  const size = drawFrom(random, SIZE_M, unlike) * scale;
  const height = drawFrom(random, SIZE_M, unlike) * scale;
  const [x, y] = place(height);
  const half = random.uniform(-0.13, 0.13) * (shape === 'brick' ? 0.6 : 1);
  const w = Math.sqrt(1 - half * half);
  const rgba = drawRgba(random, colour);
  return {
    colour,
    shape,
    size,
    object: {
      name,
      geometry:
        shape === 'cylinder'
          ? { type: 'cylinder', radius: size / 2, length: height }
          : { type: 'box', size: [shape === 'brick' ? 0.07 * scale : size, size, height] },
      pose: [x, y, height / 2, 0, 0, half, w],
      rgba,
      mass: (mass ?? drawFrom(random, MASS_KG, unlike)) * scale * scale * scale,
      friction: random.uniform(0.8, 1.2) * unlikeFriction(unlike),
    },
  };
}
