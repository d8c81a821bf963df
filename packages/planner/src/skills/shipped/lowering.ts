import type { MoveOptions, SkillReading, SkillRobot } from '../skill.ts';
import { expectDone } from './results.ts';

/** Contact force above that of the held thing that says that it has touched down (N). */
const TOUCH_FORCE_N = 2;
/** Height above the one at which a thing lay that it is released at (m): the arm is as precise. */
export const RELEASE_GAP_M = 0.001;
/** The last part of the descent, which is slow: a thing may have turned in the fingers on its way, and hangs lower then (m). */
const TOUCH_DOWN_M = 0.02;
/**
 * Speed of a motion that may end in a contact (m/s). The arm goes on for 0.13 s after a contact was felt, and presses with about 50 N for each
 * millimetre.
 */
export const TOUCHING_SPEED_M_S = 0.008;
/** Speed of the tool above it (m/s). */
const LOWERING_SPEED_M_S = 0.1;

/** A condition that holds once what is held touches something below it; never without a wrist sensor. */
function touchesDown(robot: SkillRobot): (reading: SkillReading) => boolean {
  const carried = robot.reading().force?.[2];
  return ({ force }) => carried !== undefined && force !== undefined && force[2] - carried > TOUCH_FORCE_N;
}

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
  const touches = touchesDown(robot);
  const fast: MoveOptions = { speed: LOWERING_SPEED_M_S, until: touches };
  // An arm that presses on what it holds no longer follows its command.
  const accepted = ['done', 'held', 'blocked'] as const;
  if (isKnown && robot.reading().tool[2] > z + TOUCH_DOWN_M) {
    const near = await robot.moveTo([x, y, z + TOUCH_DOWN_M], fast);
    expectDone(near, 'lowering the thing', accepted);
    if (near.outcome !== 'done') return;
  }
  const down = await robot.moveTo([x, y, z], { speed: TOUCHING_SPEED_M_S, until: touches });
  expectDone(down, 'lowering the thing', accepted);
}
