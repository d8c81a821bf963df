import type { MoveOptions, SkillRobot } from '../skill.ts';
import { pushedUp, TOUCHING_SPEED_M_S } from './contact.ts';
import { expectDone, MAY_STOP_EARLY } from './results.ts';

/** Contact force above that of the held thing that says that it has touched down (N). */
const TOUCH_FORCE_N = 2;
/** Height above the one at which a thing lay that it is released at (m): the arm is as precise. */
export const RELEASE_GAP_M = 0.001;
/** The last part of the descent, which is slow: a thing may have turned in the fingers on its way, and hangs lower then (m). */
const TOUCH_DOWN_M = 0.02;
/** Speed of the tool above it (m/s). */
const LOWERING_SPEED_M_S = 0.1;

/**
 * Lowers what is held until it touches something.
 * @param at where the tool should be then (m)
 * @param isKnown false for a thing of unknown height, which may touch earlier
 */
export async function lower(
  robot: SkillRobot,
  [x, y, z]: readonly [number, number, number],
  isKnown: boolean,
): Promise<void> {
  const touches = pushedUp(robot, TOUCH_FORCE_N);
  const fast: MoveOptions = { speed: LOWERING_SPEED_M_S, until: touches };
  if (isKnown && robot.reading().tool[2] > z + TOUCH_DOWN_M) {
    const near = await robot.moveTo([x, y, z + TOUCH_DOWN_M], fast);
    expectDone(near, 'lowering the thing', MAY_STOP_EARLY);
    if (near.outcome !== 'done') return;
  }
  const down = await robot.moveTo([x, y, z], { speed: TOUCHING_SPEED_M_S, until: touches });
  expectDone(down, 'lowering the thing', MAY_STOP_EARLY);
}
