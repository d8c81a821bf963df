import { z } from 'zod';
import { withThing } from '../../context/lookup.ts';
import { referenceInWords } from '../../context/references.ts';
import { thingReference } from '../../plan/plan.ts';
import { defineSkill } from '../skill.ts';
import { expectDone, MAY_STOP_EARLY } from './results.ts';
import { reasonsToTake, take } from './taking.ts';

/** Height of the tool above the grasp at which a taken thing is held (m). */
const HELD_HEIGHT_M = 0.12;

/** Skill `pick`: takes the named thing and holds it up. */
export const pick = defineSkill({
  name: 'pick',
  description: 'Take a thing that the cameras see and hold it up. The gripper must be empty.',
  arguments: z.strictObject({ thing: thingReference }),
  uses: ['arm', 'gripper'],
  timeout: 45,
  isOffered: ({ robot }) => robot.gripper !== undefined,
  unmet: ({ thing }, context) => reasonsToTake(thing, context),
  expected: ({ thing }, context) => {
    const name = referenceInWords(thing);
    return withThing({ ...context, held: { thing: name } }, name, { on: undefined });
  },
  verify: ({ thing }, _before, { held }) => {
    if (!held) return 'the gripper is empty';
    const name = referenceInWords(thing);
    return held.thing === undefined || held.thing === name ? undefined : `the gripper holds the ${held.thing}`;
  },
  run: async ({ thing }, robot, cell) => {
    const lowest = await take(referenceInWords(thing), robot, cell);
    const [x, y, z] = robot.reading().tool;
    const height = Math.min(lowest + HELD_HEIGHT_M, cell.robot.workspace.maximum[2]);
    // A grasp ends as soon as something is lifted. What is held stays held when the way up is blocked.
    if (z < height) expectDone(await robot.moveTo([x, y, height]), 'holding it up', MAY_STOP_EARLY);
  },
});
