import { z } from 'zod';
import type { PlannerContext } from '../../context/context.ts';
import { defineSkill } from '../skill.ts';
import { openFingers } from './fingers.ts';
import { expectDone } from './results.ts';

/** Widest gripper that the schema accepts (m); the work cell's range is tighter. */
const WIDEST_M = 1;

const released = ({ held: _held, ...rest }: PlannerContext): PlannerContext => rest;

/** Skill `open_gripper`: opens the fingers, wholly or to a width. */
export const open_gripper = defineSkill({
  name: 'open_gripper',
  description: 'Open the fingers, wholly or to a width (m). What they hold falls: use put_down or place for that.',
  arguments: z.strictObject({ width: z.number().positive().max(WIDEST_M).optional() }),
  uses: ['gripper'],
  timeout: 8,
  isOffered: ({ robot }) => robot.gripper !== undefined,
  unmet: ({ width }, _context, { robot: { gripper } }) =>
    width !== undefined && width > gripper![1] ? [`the gripper opens ${gripper![1]} m at most`] : [],
  expected: (_args, context) => released(context),
  readBack: (_args, { held }) =>
    held ? `letting go of the ${held.thing ?? 'thing that the gripper holds'}` : undefined,
  verify: (_args, _before, { held }) => (held ? 'the gripper still holds something' : undefined),
  run: async ({ width }, robot, cell) => {
    const { held } = robot.known();
    await openFingers(robot, cell, width);
    if (held?.thing !== undefined) robot.learn({ thing: held.thing, held: false });
  },
});

/** Skill `close_gripper`: closes the fingers until they meet something or each other. */
export const close_gripper = defineSkill({
  name: 'close_gripper',
  description: 'Close the fingers until they meet a thing or each other.',
  arguments: z.strictObject({}),
  uses: ['gripper'],
  timeout: 8,
  isOffered: ({ robot }) => robot.gripper !== undefined,
  unmet: () => [],
  expected: (_args, context) => context,
  run: async (_args, robot) =>
    expectDone(await robot.move({ kind: 'gripper', width: 0, effort: 1 }), 'closing the gripper'),
});
