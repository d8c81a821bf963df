import type { Random } from '@praxis/core';
import type { SceneObject } from '../mjcf/scene-object.ts';
import { layoutX, layoutY, type TaskArea } from './area.ts';
import type { ScenePlace } from './task.ts';

/** Sides of the trays, as seen from the base of the arm. */
export const SIDES = ['left', 'right'] as const;
/** See {@link SIDES}. */
export type Side = (typeof SIDES)[number];
/** The two trays of a scene. */
export type Trays = Readonly<Record<Side, SceneObject>>;

/** Half the edge of a tray (m), in an area of scale 1. */
const HALF_WIDTH_M = 0.08;
/** Height of a tray (m). */
const HEIGHT_M = 0.01;
/** A thing whose middle is this much higher than at rest on a tray lies on it still (m). */
const HEIGHT_TOLERANCE_M = 0.015;

/** Draws a tray on each side of the area that things to take stand in. */
export function drawTrays(random: Random, area: TaskArea): Trays {
  const width = 2 * HALF_WIDTH_M * area.scale;
  const tray = (name: string, side: number): SceneObject => ({
    name,
    geometry: { type: 'box', size: [width, width, HEIGHT_M] },
    pose: [
      layoutX(area, random.uniform(0.43, 0.51)),
      layoutY(area, side * random.uniform(0.25, 0.28)),
      HEIGHT_M / 2,
      ...([0, 0, 0, 1] as const),
    ],
    rgba: [0.08, 0.12, 0.16, 1],
    mass: 0,
    friction: 1,
  });
  return { left: tray('tray_left', 1), right: tray('tray_right', -1) };
}

/** The side of the tray on which a thing lies. @param position its middle (m, scene) @param size its height (m) */
export function trayUnder(
  trays: Trays,
  [x, y, z]: readonly [number, number, number],
  size: number,
  { scale }: Pick<TaskArea, 'scale'>,
): Side | undefined {
  const half = HALF_WIDTH_M * scale;
  if (z > HEIGHT_M + size / 2 + HEIGHT_TOLERANCE_M) return undefined;
  return SIDES.find((side) => {
    const { pose } = trays[side];
    return Math.abs(x - pose[0]) < half && Math.abs(y - pose[1]) < half;
  });
}

/** The trays as places that plans can name: `left tray`, `right tray`. */
export const trayPlaces = (trays: Trays, { scale }: Pick<TaskArea, 'scale'>): readonly ScenePlace[] =>
  SIDES.map((side) => ({
    name: `${side} tray`,
    position: [trays[side].pose[0], trays[side].pose[1], HEIGHT_M],
    halfSize: [HALF_WIDTH_M * scale, HALF_WIDTH_M * scale],
  }));
