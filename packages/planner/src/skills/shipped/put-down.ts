import { z } from 'zod';
import { defineSkill } from '../skill.ts';
import { putDown } from './putting-down.ts';

/** Skill `put_down`: puts the held thing down where the tool is. */
export const put_down = defineSkill({
  name: 'put_down',
  description: 'Put the thing that the gripper holds down where the tool is.',
  arguments: z.strictObject({}),
  uses: ['arm', 'gripper'],
  timeout: 45,
  isOffered: ({ robot }) => robot.gripper !== undefined,
  unmet: (_args, { held }) => (held ? [] : ['the gripper holds nothing to put down']),
  expected: (_args, { held: _held, ...rest }) => rest,
  verify: (_args, _before, { held }) => (held ? 'the gripper still holds something' : undefined),
  run: async (_args, robot, cell) => putDown(robot, cell, undefined),
});
