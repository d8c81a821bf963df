import { z } from 'zod';
import { placeOf } from '../../context/lookup.ts';
import { defineSkill, type SkillReading } from '../skill.ts';
import { SkillError } from '../skill-error.ts';
import { CLOSED_MARGIN_M, EMPTY_WIDTH_M } from './grasp-watch.ts';

/** Time that the learned policy gets (s). */
const POLICY_TIME_S = 40;
/** Rise of the tool after a release that says that the hand is clear (m). */
const CLEAR_RISE_M = 0.05;

const trayOf = (side: string): string => `${side} tray`;

/** Skill `sort`: lets the learned policy find the heavy or light box and put it on a tray. */
export const sort = defineSkill({
  name: 'sort',
  description:
    'Of two boxes that look alike, feel which one is heavy or light and put that one on the left or right tray.',
  arguments: z.strictObject({ weight: z.enum(['heavy', 'light']), side: z.enum(['left', 'right']) }),
  uses: ['arm', 'gripper'],
  timeout: 50,
  policyTask: 'sort',
  isOffered: ({ places, robot }) =>
    robot.feelsForce && ['left', 'right'].every((side) => places.some(({ name }) => name === trayOf(side))),
  unmet: (_args, { held, things }) => [
    ...(held ? [`the gripper holds ${held.thing ?? 'something'} already`] : []),
    ...(things.some(({ words }) => words.includes('box')) ? [] : ['the cameras see no box']),
  ],
  expected: (_args, context) => context,
  verify: ({ side }, before, after) => {
    if (after.held) return 'the gripper still holds something';
    const on = (context: typeof before) => context.things.filter(({ on: place }) => place === trayOf(side)).length;
    return on(after) > on(before) ? undefined : `the cameras see no more things on the ${trayOf(side)} than before`;
  },
  run: async ({ weight, side }, robot, cell) => {
    const tray = placeOf(robot.known(), trayOf(side))!;
    const open = cell.robot.gripper![1] - CLOSED_MARGIN_M;
    let wasHolding = false;
    let releasedAt: number | undefined;
    const isDone = ({ tool, width }: SkillReading): boolean => {
      const isOver = [0, 1].every((i) => Math.abs(tool[i] - tray.position[i]) <= tray.halfSize[i]);
      if (width < open) {
        wasHolding = width > EMPTY_WIDTH_M;
        releasedAt = undefined;
      } else if (wasHolding && isOver) releasedAt = Math.min(releasedAt ?? tool[2], tool[2]);
      return releasedAt !== undefined && tool[2] > releasedAt + CLEAR_RISE_M;
    };
    if (await robot.instruct(`put the ${weight} box on the ${side} tray`, isDone, POLICY_TIME_S)) return;
    throw new SkillError(`the learned policy put no box on the ${side} tray within ${POLICY_TIME_S} s`);
  },
});
