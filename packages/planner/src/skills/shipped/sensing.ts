import { z } from 'zod';
import { defineSkill } from '../skill.ts';
import { SkillError } from '../skill-error.ts';
import { pushed } from './contact.ts';

/** Longest wait (s). */
const LONGEST_WAIT_S = 60;
/** Largest force to wait for (N). */
const LARGEST_FORCE_N = 60;

/** Skill `look`: takes new pictures. */
export const look = defineSkill({
  name: 'look',
  description: 'Take new pictures and find out what is there.',
  arguments: z.strictObject({}),
  uses: ['cameras'],
  timeout: 10,
  unmet: () => [],
  expected: (_args, context) => context,
  run: async (_args, robot) => void (await robot.look()),
});

/** Skill `wait_for_contact`: waits until something pushes or pulls at the wrist. */
export const wait_for_contact = defineSkill({
  name: 'wait_for_contact',
  description: 'Wait until a force (N) more than now acts on the wrist, such as a person who takes what is held.',
  arguments: z.strictObject({
    force: z.number().positive().max(LARGEST_FORCE_N),
    seconds: z.number().positive().max(LONGEST_WAIT_S),
  }),
  uses: ['arm'],
  timeout: LONGEST_WAIT_S + 5,
  isOffered: ({ robot }) => robot.feelsForce,
  unmet: () => [],
  expected: (_args, context) => context,
  run: async ({ force, seconds }, robot) => {
    if (!robot.reading().force) throw new SkillError('the wrist sensor measures nothing');
    const isTouched = await robot.waitUntil(pushed(robot, force), seconds);
    if (!isTouched) throw new SkillError(`no force of ${force} N was felt within ${seconds} s`);
  },
});

/** Skill `wait`: waits with the arm standing still. */
export const wait = defineSkill({
  name: 'wait',
  description: 'Wait for some seconds with the arm standing still.',
  arguments: z.strictObject({ seconds: z.number().positive().max(LONGEST_WAIT_S) }),
  uses: [],
  timeout: LONGEST_WAIT_S + 5,
  unmet: () => [],
  expected: (_args, context) => context,
  run: async ({ seconds }, robot) => void (await robot.waitUntil(() => false, seconds)),
});
