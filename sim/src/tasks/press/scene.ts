import type { Random } from '@praxis/core';
import type { ScenePart } from '../../mjcf/scene-part.ts';
import type { PoseTuple } from '../../render/types.ts';
import type { Range, TaskArea } from '../area.ts';
import { COLOUR_NAMES, type Colour, drawPlaces, drawRgba } from '../blocks.ts';
import type { Point } from '../grasp.ts';
import type { ButtonSpring } from './button-spring.ts';
import { PushButton } from './push-button.ts';

/** A button of the scene. */
export interface SceneButton {
  readonly colour: Colour;
  readonly mechanics: PushButton;
  /** Middle of the cap's upper face at rest (m, scene). */
  readonly top: Point;
  /** Housing and cap. */
  readonly parts: readonly ScenePart[];
}

/** Number of buttons of a scene. */
export const BUTTONS = 3;
/** Height of the cap above its housing (m): more than any travel. */
export const CAP_HEIGHT_M = 0.011;
/** Length of the cap inside the housing (m). */
const CAP_INSIDE_M = 0.006;
/** Edge of a housing (m), in an area of scale 1. */
const HOUSING_M = 0.065;
/** Mass of a cap, and inertia of its mechanism (kg). */
const CAP_MASS_KG = 0.02;
const MECHANISM_KG = 0.03;
/** Damping of the slide (N s/m). */
const CAP_DAMPING = 8;

/** Ranges of what no camera resolves: the height of a housing, and the travel, force, drop and stop of a button (m, N, N/m). */
export const HIDDEN = {
  height: [0.024, 0.03],
  travel: [0.002, 0.007],
  peakForce: [3, 11],
  dropRatio: [0.45, 0.6],
  stopStiffness: [6000, 10_000],
} as const satisfies Readonly<Record<string, Range>>;

/** Draws travel, force, drop and stop of a button. */
const drawSpring = (random: Random): ButtonSpring => ({
  travel: random.uniform(...HIDDEN.travel),
  peakForce: random.uniform(...HIDDEN.peakForce),
  dropRatio: random.uniform(...HIDDEN.dropRatio),
  stopStiffness: random.uniform(...HIDDEN.stopStiffness),
});

/** Draws three buttons of different colours with their housings. */
export function drawButtons(random: Random, area: TaskArea): readonly SceneButton[] {
  const colours = random.shuffle([...COLOUR_NAMES]).slice(0, BUTTONS);
  const places = drawPlaces(random, BUTTONS, area);
  return colours.map((colour, index) => drawButton(random, area.scale, `button${index}`, colour, places[index]));
}

function drawButton(
  random: Random,
  scale: number,
  name: string,
  colour: Colour,
  [x, y]: readonly [x: number, y: number],
): SceneButton {
  // The cameras do not resolve the differences in height, which are larger than the window in which a press is right.
  const height = random.uniform(...HIDDEN.height);
  const radius = random.uniform(0.018, 0.022) * scale;
  const half = random.uniform(-0.15, 0.15);
  const turn = [0, 0, half, Math.sqrt(1 - half * half)] as const;
  const grey = random.uniform(0.08, 0.3);
  const edge = HOUSING_M * scale;
  const housing: ScenePart = {
    name: `${name} housing`,
    pose: [x, y, height / 2, ...turn],
    motion: 'fixed',
    shapes: [{ geometry: { type: 'box', size: [edge, edge, height] }, rgba: [grey, grey, grey, 1] }],
  };
  const length = CAP_HEIGHT_M + CAP_INSIDE_M;
  const upright: PoseTuple = [0, 0, -length / 2, 0, 0, 0, 1];
  const top: Point = [x, y, height + CAP_HEIGHT_M];
  const mechanics = new PushButton(name, drawSpring(random));
  const cap: ScenePart = {
    name,
    pose: [...top, ...turn],
    mass: CAP_MASS_KG,
    motion: { axis: [0, 0, -1], range: [0, CAP_HEIGHT_M], damping: CAP_DAMPING, armature: MECHANISM_KG },
    passes: [housing.name],
    shapes: [{ geometry: { type: 'cylinder', radius, length }, pose: upright, rgba: drawRgba(random, colour) }],
  };
  return { colour, mechanics, top, parts: [housing, cap] };
}
