import type { Random } from '@praxis/core';
import { TABLE_SIZE_M } from '../mjcf/scene.ts';
import type { RenderVisual } from '../render/types.ts';

type Colour = readonly [r: number, g: number, b: number];
/** A rectangle on the table (m, frame of the table's body) and its colour. */
interface Patch {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly colour: Colour;
}

/** Height of a pattern above the table (m), too little to be seen from the side. */
const LIFT_M = 2e-4;
/** The shadow lies on the pattern. */
const SHADOW_LIFT_M = 4e-4;
/** Width of a check, a stripe and a board, and of a speckle (m). */
const [CHECK_M, STRIPE_M, BOARD_M, SPECKLE_M] = [0.06, 0.04, 0.1, 0.012];
const SPECKLES = 500;
/** Share of the light that reaches the table in the shadow. */
const SHADOW = 0.45;

const [LENGTH, WIDTH, THICKNESS] = TABLE_SIZE_M;
const [HALF_X, HALF_Y, TOP] = [LENGTH / 2, WIDTH / 2, THICKNESS / 2];

/** Draws any colour of a table, or of what is behind everything, each 0..1. */
export const drawColour = (random: Random): Colour => [
  random.uniform(0.03, 0.85),
  random.uniform(0.03, 0.85),
  random.uniform(0.03, 0.85),
];

const darker = (colour: Colour, factor: number): Colour => [colour[0] * factor, colour[1] * factor, colour[2] * factor];

function* cells(
  widthX: number,
  widthY: number,
): Generator<Pick<Patch, 'x' | 'y'> & { readonly i: number; readonly j: number }> {
  for (let i = 0, x = -HALF_X; x < HALF_X - 1e-9; i++, x += widthX)
    for (let j = 0, y = -HALF_Y; y < HALF_Y - 1e-9; j++, y += widthY)
      yield { i, j, x: [x, Math.min(x + widthX, HALF_X)], y: [y, Math.min(y + widthY, HALF_Y)] };
}

function checks(random: Random): Patch[] {
  const colours = [drawColour(random), drawColour(random)];
  return [...cells(CHECK_M, CHECK_M)].map(({ i, j, x, y }) => ({ x, y, colour: colours[(i + j) % 2] }));
}

function stripes(random: Random): Patch[] {
  const colours = [drawColour(random), drawColour(random)];
  const along = random.integer(2) === 0;
  return [...cells(along ? LENGTH : STRIPE_M, along ? STRIPE_M : WIDTH)].map(({ i, j, x, y }) => ({
    ...{ x, y },
    colour: colours[(i + j) % 2],
  }));
}

/** Boards of wood, each of its own shade. */
function boards(random: Random): Patch[] {
  const wood: Colour = [random.uniform(0.25, 0.6), random.uniform(0.14, 0.32), random.uniform(0.05, 0.14)];
  return [...cells(LENGTH, BOARD_M)].map(({ x, y }) => ({ x, y, colour: darker(wood, random.uniform(0.6, 1.3)) }));
}

function speckles(random: Random): Patch[] {
  const ground: Patch = { x: [-HALF_X, HALF_X], y: [-HALF_Y, HALF_Y], colour: drawColour(random) };
  const colours = [drawColour(random), drawColour(random), drawColour(random)];
  const spots = Array.from({ length: SPECKLES }, (): Patch => {
    const x = random.uniform(-HALF_X, HALF_X - SPECKLE_M);
    const y = random.uniform(-HALF_Y, HALF_Y - SPECKLE_M);
    return { x: [x, x + SPECKLE_M], y: [y, y + SPECKLE_M], colour: colours[random.integer(colours.length)] };
  });
  return [ground, ...spots];
}

/** Draws a pattern that covers the table: checks, stripes, boards or speckles. It is only seen. */
export function drawTablePattern(random: Random): readonly RenderVisual[] {
  const kind = random.pick([checks, stripes, boards, speckles]);
  const [ground, ...patches] = kind(random);
  // Speckles lie on their ground.
  const all = kind === speckles ? [visual([ground], TOP + LIFT_M / 2)] : [];
  return [...all, ...byColour(kind === speckles ? patches : [ground, ...patches], TOP + LIFT_M)];
}

/** Draws a hard shadow with a straight edge, on one side of which it darkens the table of one colour. It hides a pattern. */
export function drawTableShadow(random: Random, colour: Colour): readonly RenderVisual[] {
  const edge = random.uniform(-0.6, 0.6) * HALF_Y;
  const y: Patch['y'] = random.integer(2) === 0 ? [-HALF_Y, edge] : [edge, HALF_Y];
  return [visual([{ x: [-HALF_X, HALF_X], y, colour: darker(colour, SHADOW) }], TOP + SHADOW_LIFT_M)];
}

function byColour(patches: readonly Patch[], height: number): readonly RenderVisual[] {
  const groups = new Map<string, Patch[]>();
  for (const patch of patches) {
    const key = patch.colour.join(' ');
    groups.set(key, [...(groups.get(key) ?? []), patch]);
  }
  return [...groups.values()].map((group) => visual(group, height));
}

/** One flat mesh of patches of one colour. */
function visual(patches: readonly Patch[], z: number): RenderVisual {
  const vertices = patches.flatMap(({ x: [west, east], y: [south, north] }) => [
    ...[west, south, z, east, south, z],
    ...[east, north, z, west, north, z],
  ]);
  const indices = patches.flatMap((_, k) => [0, 1, 2, 0, 2, 3].map((corner) => 4 * k + corner));
  return {
    geometry: { type: 'mesh', vertices: Float32Array.from(vertices), indices: Uint32Array.from(indices) },
    pose: [0, 0, 0, 0, 0, 0, 1],
    rgba: [...patches[0].colour, 1],
  };
}
