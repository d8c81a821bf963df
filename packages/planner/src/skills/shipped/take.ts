import { z } from 'zod';
import type { PlannerContext } from '../../context/context.ts';
import { namesOf, placeOf, thingOf, withThing } from '../../context/lookup.ts';
import { namesIn, referenceInWords } from '../../context/references.ts';
import { thingReference } from '../../plan/plan.ts';
import { defineSkill, type SkillReading, type SkillRobot } from '../skill.ts';
import { SkillError } from '../skill-error.ts';
import type { WorkCell } from '../work-cell.ts';

/** Height that a taken thing is lifted to at least (m, above the start of the lift). */
const LIFT_HEIGHT_M = 0.08;
/** Height of the tool above a place on the way to it (m). */
const CARRY_HEIGHT_M = 0.16;
/** Height of the tool above a place at which a thing that was let down without contact is released (m). */
const RELEASE_HEIGHT_M = 0.04;
/** Contact force that says that a held thing has touched down (N). */
const TOUCH_FORCE_N = 2;
/** Time for the force to settle before a mass is read (s). */
const WEIGH_TIME_S = 0.6;
/** A grip narrower than this holds nothing (m). */
const EMPTY_WIDTH_M = 0.004;

const reasonsToTake = (reference: z.infer<typeof thingReference>, context: PlannerContext): string[] => {
  const reasons = namesIn(reference)
    .filter((name) => !thingOf(context, name))
    .map((name) => `there is no ${name}: the cameras see ${namesOf(context.things)}`);
  if (context.held) reasons.push(`the gripper holds ${context.held.thing ?? 'something'} already`);
  return reasons;
};

/** Takes a thing with the learned policy and waits until it is lifted. */
async function take(thing: string, robot: SkillRobot, timeout: number): Promise<void> {
  const start = robot.reading().tool[2];
  let lowest = start;
  const isLifted = ({ tool, width }: SkillReading) => {
    lowest = Math.min(lowest, tool[2]);
    return tool[2] > lowest + LIFT_HEIGHT_M && width > EMPTY_WIDTH_M && lowest < start - 0.02;
  };
  const lifted = await robot.instruct(`pick up the ${thing}`, isLifted, timeout);
  if (!lifted) throw new SkillError(`the ${thing} was not lifted within ${timeout} s`);
}

/** Skill `pick`: takes the named thing and holds it up. */
export const pick = defineSkill({
  name: 'pick',
  description: 'Take a thing that the cameras see and hold it up. The gripper must be empty.',
  arguments: z.strictObject({ thing: thingReference }),
  uses: ['arm', 'gripper'],
  timeout: 20,
  policyTask: 'pick',
  unmet: ({ thing }, context) => reasonsToTake(thing, context),
  expected: ({ thing }, context) => {
    const name = typeof thing === 'string' ? thing : referenceInWords(thing);
    return withThing({ ...context, held: { thing: name } }, name, { on: undefined });
  },
  verify: (_args, _before, { held }) => (held ? undefined : 'the gripper is empty'),
  run: async ({ thing }, robot) => take(referenceInWords(thing), robot, 18),
});

/** Skill `place`: puts the held thing on a named place. */
export const place = defineSkill({
  name: 'place',
  description: 'Put the thing that the gripper holds on a named place.',
  arguments: z.strictObject({ place: z.string().min(1).max(80) }),
  uses: ['arm', 'gripper'],
  timeout: 25,
  isOffered: ({ places }) => places.length > 0,
  unmet: ({ place: name }, context) => [
    ...(placeOf(context, name) ? [] : [`there is no ${name}: known places are ${namesOf(context.places)}`]),
    ...(context.held ? [] : ['the gripper holds nothing to put down']),
  ],
  expected: ({ place: name }, context) => {
    const { held, ...rest } = context;
    const at = placeOf(context, name);
    return held?.thing && at ? withThing(rest, held.thing, { on: name, position: at.position }) : rest;
  },
  verify: (_args, _before, { held }) => (held ? 'the gripper still holds something' : undefined),
  run: async ({ place: name }, robot, cell) =>
    putDown(
      robot,
      cell,
      cell.places.find((each) => each.name === name),
    ),
});

/** Skill `put_down`: puts the held thing down where the tool is. */
export const put_down = defineSkill({
  name: 'put_down',
  description: 'Put the thing that the gripper holds down where the tool is.',
  arguments: z.strictObject({}),
  uses: ['arm', 'gripper'],
  timeout: 20,
  unmet: (_args, { held }) => (held ? [] : ['the gripper holds nothing to put down']),
  expected: (_args, { held: _held, ...rest }) => rest,
  verify: (_args, _before, { held }) => (held ? 'the gripper still holds something' : undefined),
  run: async (_args, robot, cell) => putDown(robot, cell, undefined),
});

/** Skill `weigh`: lifts a thing, feels its mass, and puts it back. */
export const weigh = defineSkill({
  name: 'weigh',
  description:
    'Lift a thing, feel how heavy it is, and put it back. Needed before a thing can be called heavy or light.',
  arguments: z.strictObject({ thing: z.string().min(1).max(80) }),
  uses: ['arm', 'gripper'],
  timeout: 45,
  policyTask: 'pick',
  isOffered: ({ robot }) => robot.feelsForce,
  unmet: ({ thing }, context) => reasonsToTake(thing, context),
  // The check follows every outcome of a weighing; any number stands for "known".
  expected: ({ thing }, context, { heavyMass }) => withThing(context, thing, { mass: heavyMass }),
  verify: ({ thing }, _before, after) =>
    thingOf(after, thing)?.mass === undefined ? `the mass of the ${thing} is not known` : undefined,
  run: async ({ thing }, robot, cell) => {
    await take(thing, robot, 18);
    await robot.waitUntil(() => false, WEIGH_TIME_S);
    await robot.look();
    await putDown(robot, cell, undefined);
  },
});

/** Lowers the held thing until it touches, opens the fingers and moves up. */
async function putDown(
  robot: SkillRobot,
  { robot: { gripper, workspace } }: WorkCell,
  place: WorkCell['places'][number] | undefined,
): Promise<void> {
  const [x, y] = robot.reading().tool;
  const [toX, toY, surface] = place?.position ?? [x, y, workspace.minimum[2]];
  const carry = surface + CARRY_HEIGHT_M;
  if (place) {
    await robot.moveTo([x, y, Math.max(carry, robot.reading().tool[2])]);
    await robot.moveTo([toX, toY, Math.max(carry, robot.reading().tool[2])]);
  }
  await lowerUntilContact(robot, [toX, toY, surface + RELEASE_HEIGHT_M]);
  await robot.move({ kind: 'gripper', width: gripper![1], effort: 1 });
  await robot.moveTo([toX, toY, carry]);
}

async function lowerUntilContact(robot: SkillRobot, to: readonly [number, number, number]): Promise<void> {
  const [x, y] = robot.reading().tool;
  for (let z = robot.reading().tool[2] - STEP_M; z > to[2]; z -= STEP_M) {
    await robot.moveTo([x, y, z]);
    if ((robot.reading().force?.[2] ?? 0) > TOUCH_FORCE_N) return;
  }
}
/** Length of one step of a descent (m). */
const STEP_M = 0.01;
