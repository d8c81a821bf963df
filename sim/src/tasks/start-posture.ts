import { solveIk } from '@praxis/model';
import type { RobotSetup } from '../robot/setup.ts';
import { taskAreaOf } from './area.ts';
import { orientationAt } from './tool-orientation.ts';

/** Largest errors of the start pose. An arm with fewer than six joints does not reach every pose exactly. */
const START_TOLERANCE_M = 0.01;
const START_TOLERANCE_RAD = 0.05;

/**
 * Returns the joints (rad, m) with which the tool points down at a position (m, base frame) of the task area; undefined when that is out of
 * the arm's reach.
 */
export function startPosture(setup: RobotSetup, position: readonly [number, number, number]): Float64Array | undefined {
  const home = Float64Array.from(setup.home);
  const { joints, positionError, orientationError } = solveIk(
    setup.kinematics,
    Float64Array.of(...position, ...orientationAt(taskAreaOf(setup), position[0], position[1])),
    { start: home, posture: home },
  );
  return positionError < START_TOLERANCE_M && orientationError < START_TOLERANCE_RAD ? joints : undefined;
}
