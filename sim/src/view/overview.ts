import { vector3 } from '@praxis/core';
import { lookAlong } from '../render/look-along.ts';
import type { PinholeCamera } from '../render/types.ts';
import { homeExtent } from '../robot/extent.ts';
import type { RobotSetup } from '../robot/setup.ts';
import { reachOf } from '../safety/config.ts';
import type { TaskArea } from '../tasks/area.ts';
import { centredView, type Vector as Point } from './camera-fit.ts';

/** Longest distance of tool and base of the Praxis arm (m), and the corners of the part of the table that it works on. */
const PRAXIS_REACH_M = 1.45;
const TABLE_CORNERS = corners([-0.12, 0.85], 0.5);
/** Corners of the whole table (m). */
const TABLE_TOP_CORNERS = corners([0.05, 0.95], 0.6);
/** Shares of {@link TABLE_CORNERS} for the shortest and the longest arm. */
const LEAST_SHARE = 0.35;
const LARGEST_SHARE = 1.2;
/** Corners of the floor around a base at its start (m). */
const FLOOR_CORNERS = corners([-0.5, 1.3], 0.7);
/** Vertical field of view of a film (rad), 36 degrees. */
const FOV_Y = 0.6283185307179586;
/** Direction from the work to the camera of a film: in front of the robot, to its right, so that no arm stands before the things. */
const FILM_DIRECTION: Point = [1, -0.85, 0.85];
/** Width of the table around the task area in a film (m), in an area of scale 1. */
const AREA_MARGIN_M = 0.1;

function corners(x: readonly number[], halfY: number): readonly Point[] {
  return x.flatMap((each) => [-halfY, halfY].map((y): Point => [each, y, 0]));
}

/** Points that an overview shows (m, scene): the robot at home, and the part of the ground where it works, by its reach. */
export function overviewPoints(setup: RobotSetup): readonly Point[] {
  const robot = homeExtent(setup);
  const { arms } = setup;
  if (arms.length === 0) return [...robot, ...FLOOR_CORNERS];
  if (arms.length > 1) return [...robot, ...TABLE_TOP_CORNERS];
  const reach = reachOf(setup, arms[0]);
  const share = Math.min(LARGEST_SHARE, Math.max(LEAST_SHARE, reach / PRAXIS_REACH_M));
  return [...robot, ...TABLE_CORNERS.map(([x, y, z]): Point => [share * x, share * y, z])];
}

/**
 * The camera of a film: it sees the robot and its task area from the front.
 * @param area where the robot works. Default: the ground of {@link overviewPoints}
 * @param aspect width of a picture divided by its height
 */
export function filmCamera(setup: RobotSetup, area: TaskArea | undefined, aspect: number): PinholeCamera {
  const points = area ? [...homeExtent(setup), ...cornersOf(area)] : overviewPoints(setup);
  const { position, target } = centredView({ points, direction: FILM_DIRECTION, fovY: FOV_Y, aspect });
  return { position, quaternion: lookAlong(vector3.minus(target, position)), fovY: FOV_Y, exposure: 1 };
}

function cornersOf({ x, y, scale }: TaskArea): readonly Point[] {
  const margin = AREA_MARGIN_M * scale;
  return [x[0] - margin, x[1] + margin].flatMap((each) =>
    [y[0] - margin, y[1] + margin].map((to): Point => [each, to, 0]),
  );
}
