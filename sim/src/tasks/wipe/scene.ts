import type { Random } from '@praxis/core';
import { type PartShape, type ScenePart, supportSpring } from '../../mjcf/scene-part.ts';
import { layoutX, layoutY, type TaskArea } from '../area.ts';
import { COLOUR_NAMES, type Colour, drawRgba } from '../blocks.ts';
import type { HeldObject } from '../task.ts';

/** Length of a patch in x and its width in y (m). */
export const PATCH_LENGTH_M = 0.1;
export const PATCH_WIDTH_M = 0.07;
/** Height of a patch's surface, where it seems to be, and its largest distance from there (m). */
export const PATCH_HEIGHT_M = 0.017;
export const HEIGHT_OFFSET_M = 0.005;
/** Range of a patch's stiffness (N/m). */
export const STIFFNESS_N_M = [3000, 10000] as const;
const PATCH_THICKNESS_M = 0.004;
const PATCH_MASS_KG = 0.3;
const PATCH_DAMPING_NS_M = 90;
const PATCH_TRAVEL_M = 0.01;
const FRICTION = 0.3;
/** Length of a side of the wiper's square pad, its thickness, and the width of its handle (m). */
export const PAD_WIDTH_M = 0.04;
const PAD_THICKNESS_M = 0.012;
export const HANDLE_WIDTH_M = 0.016;
/** The handle reaches above the tool frame by this much (m). */
const HANDLE_ABOVE_M = 0.012;
/** The wiper reaches below the tool frame by this much more than the least height of the tool (m). */
const WIPER_BEYOND_M = 0.019;
export const WIPER_MASS_KG = 0.08;
const HANDLE_RGBA = [0.3, 0.3, 0.32, 1] as const;
const PAD_RGBA = [0.85, 0.85, 0.8, 1] as const;

/** A coloured patch that yields like a spring. */
export interface Patch {
  /** Name of its part. */
  readonly name: string;
  readonly colour: Colour;
  /** Middle (m, scene). */
  readonly middle: readonly [x: number, y: number];
  /** True height of its surface without load (m). */
  readonly height: number;
  /** Stiffness (N/m). */
  readonly stiffness: number;
}

/** Scene of one instance. */
export interface WipeScene {
  readonly patches: readonly [Patch, Patch];
  readonly parts: readonly ScenePart[];
  readonly held: HeldObject;
  /** Distance of the pad's lower side from the tool frame (m), but for the error of the grip. */
  readonly reach: number;
}

function drawPatch(random: Random, name: string, colour: Colour, side: number, area: TaskArea): Patch {
  return {
    name,
    colour,
    middle: [layoutX(area, random.uniform(0.42, 0.52)), layoutY(area, side * random.uniform(0.07, 0.12))],
    height: PATCH_HEIGHT_M + random.uniform(-HEIGHT_OFFSET_M, HEIGHT_OFFSET_M),
    stiffness: random.uniform(...STIFFNESS_N_M),
  };
}

/** A plate on a spring. It is drawn at the height where it seems to be, down to the table. */
function patchPart({ name, middle, height, stiffness }: Patch, rgba: PartShape['rgba']): ScenePart {
  const size = [PATCH_LENGTH_M, PATCH_WIDTH_M] as const;
  const seen = PATCH_HEIGHT_M - height;
  return {
    name,
    pose: [...middle, height, 0, 0, 0, 1],
    motion: {
      axis: [0, 0, 1],
      range: [-PATCH_TRAVEL_M, 0.001],
      damping: PATCH_DAMPING_NS_M,
      spring: supportSpring(stiffness, PATCH_MASS_KG),
    },
    mass: PATCH_MASS_KG,
    passes: ['table'],
    shapes: [
      {
        geometry: { type: 'box', size: [...size, PATCH_THICKNESS_M] },
        pose: [0, 0, -PATCH_THICKNESS_M / 2, 0, 0, 0, 1],
        rgba,
        friction: FRICTION,
      },
      {
        geometry: { type: 'box', size: [size[0] + 0.002, size[1] + 0.002, PATCH_HEIGHT_M] },
        pose: [0, 0, seen - PATCH_HEIGHT_M / 2, 0, 0, 0, 1],
        rgba,
        collides: false,
      },
    ],
  };
}

/** Draws two patches of different colours and the pose of the wiper in the hand. */
export function drawWipe(random: Random, area: TaskArea): WipeScene {
  const [first, second] = random.shuffle([...COLOUR_NAMES]);
  const patches = [drawPatch(random, 'patch0', first, 1, area), drawPatch(random, 'patch1', second, -1, area)] as const;
  const reach = area.minimumHeight + WIPER_BEYOND_M;
  const handle = reach + HANDLE_ABOVE_M - PAD_THICKNESS_M;
  const spread = (limit: number) => random.uniform(-limit, limit);
  // The wiper's origin is the middle of the pad's lower side, with z up; the tool's z points down.
  const held: HeldObject = {
    object: 'wiper',
    pose: [spread(0.001), 0, reach + spread(0.001), 1, 0, 0, 0],
    width: HANDLE_WIDTH_M,
  };
  const wiper: ScenePart = {
    name: 'wiper',
    pose: [0.45, 0, 0.3, 0, 0, 0, 1],
    motion: 'free',
    mass: WIPER_MASS_KG,
    shapes: [
      {
        geometry: { type: 'box', size: [PAD_WIDTH_M, PAD_WIDTH_M, PAD_THICKNESS_M] },
        pose: [0, 0, PAD_THICKNESS_M / 2, 0, 0, 0, 1],
        rgba: PAD_RGBA,
        friction: FRICTION,
      },
      {
        geometry: { type: 'box', size: [HANDLE_WIDTH_M, HANDLE_WIDTH_M, handle] },
        pose: [0, 0, PAD_THICKNESS_M + handle / 2, 0, 0, 0, 1],
        rgba: HANDLE_RGBA,
        friction: FRICTION,
      },
    ],
  };
  const parts = [wiper, ...patches.map((each) => patchPart(each, drawRgba(random, each.colour)))];
  return { patches, parts, held, reach };
}
