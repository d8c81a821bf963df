import type { Vector3 } from '@praxis/model';
import * as z from 'zod';
import type { FilterConfig } from './filter-config.ts';
import {
  atLeastOne,
  atLeastZero,
  finite,
  list,
  object,
  oneOf,
  parse,
  perJoint,
  positive,
  share,
  table,
  text,
  vector,
} from './schema-blocks.ts';

/** A unit vector may differ from length 1 by this much. */
const UNIT_LENGTH_TOLERANCE = 1e-6;

const lengthOf = (v: Vector3): number => Math.sqrt(v.reduce((sum, each) => sum + each * each, 0));

const unit = vector.refine((v) => Math.abs(lengthOf(v) - 1) < UNIT_LENGTH_TOLERANCE, {
  error: ({ input }) => `has length ${lengthOf(input as Vector3)}, expected 1`,
});

const range = z.tuple([finite, finite], '2 numbers').refine(([lower, upper]) => lower < upper, {
  error: ({ input }) => `is ${(input as number[]).join(' .. ')}, expected the lower end first`,
});

const box = object({ name: text.optional(), minimum: vector, maximum: vector }).refine(
  ({ minimum, maximum }) => minimum.every((each, i) => each < maximum[i]),
  {
    error: ({ input }) => {
      const { minimum, maximum } = input as { minimum: Vector3; maximum: Vector3 };
      return `minimum is ${minimum}, maximum ${maximum}, expected the lesser first`;
    },
  },
);

const plane = object({ name: text.optional(), normal: unit, offset: finite });
const capsule = object({ name: text.optional(), from: vector, to: vector, radius: positive });
const point = object({ link: text, offset: vector.optional() });
const barrier = { rate: positive.optional(), buffer: atLeastZero.optional() };
const braking = object({ deceleration: share, jerk: share });

const limits = object({
  margin: atLeastZero.optional(),
  position: table(range).optional(),
  velocity: perJoint(positive).optional(),
  acceleration: perJoint(positive),
  jerk: perJoint(positive).nullable(),
});

const workspace = object({
  ...barrier,
  points: list(point),
  inside: list(box).optional(),
  outside: list(box).optional(),
  planes: list(plane).optional(),
});

const distance = object({
  ...barrier,
  margin: atLeastZero,
  obstacles: object({
    capsules: list(capsule).optional(),
    boxes: list(box).optional(),
    planes: list(plane).optional(),
  }).optional(),
  ignoreLinks: list(text).optional(),
  linkCapsules: table(list(capsule)).optional(),
  self: oneOf('links', 'none').optional(),
  ignorePairs: list(z.tuple([text, text], 'the names of 2 links')).optional(),
});

const singularity = object({ slowBelow: positive, slowestAt: atLeastZero, leastShare: share }).refine(
  ({ slowBelow, slowestAt }) => slowestAt < slowBelow,
  {
    path: ['slowestAt'],
    error: ({ input }) => {
      const { slowBelow, slowestAt } = input as { slowBelow: number; slowestAt: number };
      return `is ${slowestAt}, expected less than slowBelow, ${slowBelow}`;
    },
  },
);

const contact = object({
  regions: table(
    object({
      quasiStaticForce: positive,
      quasiStaticPressure: positive,
      transientFactor: atLeastOne,
      effectiveMass: positive,
      springConstant: positive,
    }),
  ),
  exposed: list(text),
  movingMass: positive,
  payload: atLeastZero,
  contactArea: positive,
});

const gripper = object({ minimum: finite, maximum: finite, speed: positive }).refine(
  ({ minimum, maximum }) => minimum < maximum,
  {
    error: ({ input }) => {
      const { minimum, maximum } = input as { minimum: number; maximum: number };
      return `is ${minimum} .. ${maximum}, expected the lesser first`;
    },
  },
);

/** Has no defaults: a stage that is absent is off, and `DEFAULT_FILTER` is a whole configuration. */
export const filterSchema: z.ZodType<FilterConfig> = object({
  limits,
  age: object({ maximum: positive, future: atLeastZero }).optional(),
  jump: object({ position: perJoint(positive) }).optional(),
  joints: object({ clamp: oneOf('along_path', 'per_joint') }).optional(),
  gripper: gripper.optional(),
  cartesian: object({ speed: positive }).optional(),
  workspace: workspace.optional(),
  distance: distance.optional(),
  singularity: singularity.optional(),
  contact: contact.optional(),
  stop: object({ hold: braking, protective: braking, emergency: braking }),
});

/**
 * Checks a filter's configuration from outside, for example a parsed JSON file. The filter checks links and joints
 * against the robot when it is constructed.
 * @param where name of the value in messages
 * @throws {InputError} that names the field, its value and the expected one; an unknown field is an error too.
 */
export const parseFilterConfig = (value: unknown, where = 'filter'): FilterConfig => parse(filterSchema, value, where);
