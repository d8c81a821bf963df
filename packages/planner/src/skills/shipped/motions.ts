import { describeGoal, type MotionGoal } from '@praxis/teleop';
import { z } from 'zod';
import { namesOf, placeOf, thingOf } from '../../context/lookup.ts';
import { defineSkill } from '../skill.ts';
import type { WorkCell } from '../work-cell.ts';
import { CARRY_HEIGHT_M } from './putting-down.ts';
import { expectDone, timeoutOf } from './results.ts';

/** Largest number that a schema accepts for a distance (m) or an angle (rad); the work cell's limits are tighter. */
const LARGEST = 10;

const AXES = ['x', 'y', 'z'] as const;
/** Index of the axis and sign along it of each direction (base frame: x forward, y left, z up). */
const DIRECTIONS = {
  forward: [0, 1],
  back: [0, -1],
  left: [1, 1],
  right: [1, -1],
  up: [2, 1],
  down: [2, -1],
} as const;
type Direction = keyof typeof DIRECTIONS;

function translation({ direction, distance }: { direction: Direction; distance: number }, cell: WorkCell): MotionGoal {
  const [axis, sign] = DIRECTIONS[direction];
  const { linearSpeed: speed } = cell.limits;
  const timeout = timeoutOf(distance, speed);
  return { kind: 'translate', frame: 'base', axis: AXES[axis], metres: sign * distance, speed, timeout, until: 'done' };
}

/** Skill `move`: moves the tool straight in a direction. */
export const move = defineSkill({
  name: 'move',
  description:
    'Move the tool straight by a distance (m): left, right, forward, back, up or down, as seen from the robot.',
  arguments: z.strictObject({
    direction: z.enum(['left', 'right', 'forward', 'back', 'up', 'down']),
    distance: z.number().positive().max(LARGEST),
  }),
  uses: ['arm'],
  timeout: 20,
  unmet: ({ direction, distance }, { tool }, { limits, robot: { workspace } }) => {
    const { maximumStep } = limits;
    if (distance > maximumStep) return [`${distance} m is too far: at most ${maximumStep} m at once`];
    const [axis, sign] = DIRECTIONS[direction];
    const end = tool && tool[axis] + sign * distance;
    if (end === undefined || (end >= workspace.minimum[axis] && end <= workspace.maximum[axis])) return [];
    return [`moving ${direction} ${distance} m ends outside the workspace`];
  },
  expected: ({ direction, distance }, context) => {
    if (!context.tool) return context;
    const [axis, sign] = DIRECTIONS[direction];
    const tool = context.tool.map((value, i) => (i === axis ? value + sign * distance : value));
    return { ...context, tool: tool as [number, number, number] };
  },
  readBack: (args, _context, cell) =>
    args.distance > cell.limits.confirmStep ? describeGoal(translation(args, cell)) : undefined,
  run: async (args, robot, cell) => {
    const goal = translation(args, cell);
    expectDone(await robot.move(goal), describeGoal(goal));
  },
});

/** Skill `move_to`: moves the tool above a thing or a place. */
export const move_to = defineSkill({
  name: 'move_to',
  description: 'Move the tool above a thing that the cameras see, or above a named place.',
  arguments: z.strictObject({ target: z.string().min(1).max(80) }),
  uses: ['arm'],
  timeout: 25,
  unmet: ({ target }, context) =>
    placeOf(context, target) || thingOf(context, target)
      ? []
      : [`there is no ${target}: there are ${namesOf([...context.things, ...context.places])}`],
  expected: ({ target }, context) => {
    const at = (placeOf(context, target) ?? thingOf(context, target))?.position;
    return at ? { ...context, tool: [at[0], at[1], at[2] + CARRY_HEIGHT_M] } : context;
  },
  run: async ({ target }, robot) => {
    const context = robot.known();
    const [x, y, z] = (placeOf(context, target) ?? thingOf(context, target))!.position;
    const [fromX, fromY, fromZ] = robot.reading().tool;
    const height = Math.max(fromZ, z + CARRY_HEIGHT_M);
    expectDone(await robot.moveTo([fromX, fromY, height]), 'moving up');
    expectDone(await robot.moveTo([x, y, height]), `moving above the ${target}`);
    expectDone(await robot.moveTo([x, y, z + CARRY_HEIGHT_M]), `moving down above the ${target}`);
  },
});

const rotation = ({ angle }: { angle: number }, { limits: { angularSpeed: speed } }: WorkCell): MotionGoal => ({
  kind: 'rotate',
  axis: 'z',
  radians: angle,
  speed,
  timeout: timeoutOf(Math.abs(angle), speed),
});

/** Skill `rotate`: turns the tool about its own axis. */
export const rotate = defineSkill({
  name: 'rotate',
  description: 'Turn the tool about its own axis by an angle (rad); positive is clockwise as seen along the tool.',
  arguments: z.strictObject({ angle: z.number().min(-LARGEST).max(LARGEST) }),
  uses: ['arm'],
  timeout: 20,
  unmet: ({ angle }, _context, { limits: { maximumTurn } }) =>
    Math.abs(angle) > maximumTurn * (1 + 1e-9)
      ? [`${angle} rad is too much: at most ${maximumTurn.toFixed(2)} rad`]
      : [],
  expected: (_args, context) => context,
  readBack: (args, _context, cell) =>
    Math.abs(args.angle) > cell.limits.confirmTurn ? describeGoal(rotation(args, cell)) : undefined,
  run: async (args, robot, cell) => {
    const goal = rotation(args, cell);
    expectDone(await robot.move(goal), describeGoal(goal));
  },
});

/** Skill `home`: moves the arm to its home pose. */
export const home = defineSkill({
  name: 'home',
  description: 'Move the arm to its home pose.',
  arguments: z.strictObject({}),
  uses: ['arm'],
  timeout: 30,
  unmet: () => [],
  expected: (_args, { tool: _tool, ...rest }) => rest,
  readBack: () => 'going home',
  run: async (_args, robot) => expectDone(await robot.move({ kind: 'home', speedFactor: 1 }), 'going home'),
});
