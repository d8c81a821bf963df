import { z } from 'zod';
import { thingOf, withThing } from '../../context/lookup.ts';
import { defineSkill, type SkillRobot } from '../skill.ts';
import { SkillError } from '../skill-error.ts';
import { meanContact } from './contact.ts';
import { EMPTY_WIDTH_M } from './grasp-watch.ts';
import { reasonsToTake, setBack, take } from './taking.ts';

/** Gravity, as the loop's compensation of the tool's weight has it (m/s^2). */
const GRAVITY_M_S2 = 9.81;
/** Time for the arm and the force to settle before a reading (s). */
const SETTLE_TIME_S = 0.5;
/** Time over which the force is averaged (s). */
const AVERAGE_TIME_S = 0.5;

/** Mean vertical force at the wrist while the arm stands (N). */
async function verticalForce(robot: SkillRobot): Promise<number> {
  const contact = await meanContact(robot, SETTLE_TIME_S, AVERAGE_TIME_S);
  if (!contact) throw new SkillError('the wrist sensor measures nothing');
  return contact.force[2];
}

/** Skill `weigh`: lifts a thing, feels its mass, and puts it back. */
export const weigh = defineSkill({
  name: 'weigh',
  description:
    'Lift a thing, feel how heavy it is, and put it back. Needed before a thing can be called heavy or light.',
  arguments: z.strictObject({ thing: z.string().min(1).max(80) }),
  uses: ['arm', 'gripper'],
  timeout: 75,
  isOffered: ({ robot }) => robot.feelsForce && robot.gripper !== undefined,
  unmet: ({ thing }, context) => reasonsToTake(thing, context),
  // The check follows every outcome of a weighing; any number stands for "known".
  expected: ({ thing }, context, { heavyMass }) => withThing(context, thing, { mass: heavyMass }),
  verify: ({ thing }, _before, after) =>
    after.held
      ? 'the gripper still holds something'
      : thingOf(after, thing)?.mass === undefined
        ? `the mass of the ${thing} is not known`
        : undefined,
  run: async ({ thing }, robot, cell) => {
    const empty = await verticalForce(robot);
    const lowest = await take(thing, robot, cell);
    const loaded = await verticalForce(robot);
    if (robot.reading().width < EMPTY_WIDTH_M) throw new SkillError(`the ${thing} slipped out of the fingers`);
    const mass = Math.max(0, (empty - loaded) / GRAVITY_M_S2);
    robot.learn({ thing, mass });
    robot.note(`it weighs ${Math.round(1000 * mass)} g`);
    await setBack(robot, cell, lowest);
    robot.learn({ thing, held: false });
  },
});
