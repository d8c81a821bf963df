import { homeExtent, type RobotSetup, reachOf } from '@praxis/sim';
import type { RobotDisplay } from '../protocol/protocol.ts';

type Point = RobotDisplay['view'][number];

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

function corners(x: readonly number[], halfY: number): readonly Point[] {
  return x.flatMap((each) => [-halfY, halfY].map((y): Point => [each, y, 0]));
}

/** What the first view of a robot shows: the robot at home, and the part of the ground where it works, by its reach (m). */
export function viewOf(setup: RobotSetup): readonly Point[] {
  const robot = homeExtent(setup);
  const { arms } = setup;
  if (arms.length === 0) return [...robot, ...FLOOR_CORNERS];
  if (arms.length > 1) return [...robot, ...TABLE_TOP_CORNERS];
  const reach = reachOf(setup, arms[0]);
  const share = Math.min(LARGEST_SHARE, Math.max(LEAST_SHARE, reach / PRAXIS_REACH_M));
  return [...robot, ...TABLE_CORNERS.map(([x, y, z]): Point => [share * x, share * y, z])];
}
