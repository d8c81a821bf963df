import { solveIk } from '@praxis/model';
import type { RobotSetup } from '../robot/setup.ts';
import { inBaseFrame, taskAreaOf } from './area.ts';
import { orientationAt } from './tool-orientation.ts';

/** Largest errors of the start pose. An arm with fewer than six joints does not reach every pose exactly. */
const START_TOLERANCE_M = 0.01;
const START_TOLERANCE_RAD = 0.05;

/**
 * Returns the joints of all arms (rad, m) with which the tool of the working arm points down at a position of its task area (m, scene), and the
 * others are at home; undefined when that is out of the arm's reach.
 */
export function startPosture(
  setup: RobotSetup,
  position: readonly [number, number, number],
): readonly number[] | undefined {
  const area = taskAreaOf(setup);
  const arm = setup.workingArm!;
  const home = Float64Array.from(arm.home);
  const { joints, positionError, orientationError } = solveIk(
    arm.kinematics,
    Float64Array.of(...inBaseFrame(area, position), ...orientationAt(area, position[0], position[1])),
    { start: home, posture: home },
  );
  if (positionError >= START_TOLERANCE_M || orientationError >= START_TOLERANCE_RAD) return undefined;
  return setup.arms.flatMap((each) => (each === arm ? [...joints] : [...each.home]));
}
