import { z } from 'zod';
import { namesOf, placeOf, withThing } from '../../context/lookup.ts';
import { defineSkill } from '../skill.ts';
import { putDown } from './putting-down.ts';

/** Skill `place`: puts the held thing on a named place. */
export const place = defineSkill({
  name: 'place',
  description: 'Put the thing that the gripper holds on a named place.',
  arguments: z.strictObject({ place: z.string().min(1).max(80) }),
  uses: ['arm', 'gripper'],
  timeout: 35,
  isOffered: ({ places, robot }) => places.length > 0 && robot.gripper !== undefined,
  unmet: ({ place: name }, context) => [
    ...(placeOf(context, name) ? [] : [`there is no ${name}: known places are ${namesOf(context.places)}`]),
    ...(context.held ? [] : ['the gripper holds nothing to put down']),
  ],
  expected: ({ place: name }, context) => {
    const { held, ...rest } = context;
    const at = placeOf(context, name);
    return held?.thing && at ? withThing(rest, held.thing, { on: name, position: at.position }) : rest;
  },
  verify: ({ place: name }, before, after) => {
    if (after.held) return 'the gripper still holds something';
    const thing = before.held?.thing;
    if (thing === undefined) return undefined;
    const now = after.things.find((each) => each.name === thing);
    if (!now) return `the cameras no longer see the ${thing}`;
    return now.on === name
      ? undefined
      : `the ${thing} lies ${now.on === undefined ? 'beside the places' : `on the ${now.on}`}`;
  },
  run: async ({ place: name }, robot, cell) => putDown(robot, cell, placeOf(robot.known(), name)),
});
