import { jsonText, PolicyError } from '@praxis/core';
import * as z from 'zod';
import { elementCount } from '../numbers/axes.ts';
import { issueText } from './issue.ts';

/** Largest number of elements of a tensor: 256 MiB as float32, more than twice an image of 3840 x 2160. */
export const MAX_ELEMENTS = 2 ** 26;

/** Name of a file beside the manifest. Folders are not allowed, so that a manifest never reads outside its own folder. */
export const file = z.string().regex(/^[A-Za-z0-9_-][A-Za-z0-9._-]*$/, 'expected a plain file name without folders');
/** A name that is not empty. */
export const name = z.string().min(1);
const tooMany = `expected at most ${MAX_ELEMENTS} elements`;
/** A number of elements. */
export const size = z.int().positive().max(MAX_ELEMENTS, tooMany);
/** Shape of a tensor. */
export const shape = z.array(size).refine((sizes) => elementCount(sizes) <= MAX_ELEMENTS, tooMany);
/** A number above 0. */
export const positive = z.number().positive();

/** Digests of the files beside the manifest. */
export const sha256 = z
  .record(file, z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits in lower case'))
  .describe('hexadecimal SHA-256 of each file');

/** One number for each joint, or null for infinity, which JSON lacks. */
const limits = (infinity: number) =>
  z.array(z.number().nullable()).transform((all) => all.map((limit) => limit ?? infinity));
/** A robot that a policy was trained for. */
export const robot = z.object({
  name: name.describe('name of the robot, that of its URDF'),
  joints: z
    .array(name)
    .describe('joints from base to tool; none for a robot of several arms, which is known by its name alone'),
  lower: limits(Number.NEGATIVE_INFINITY).describe('lowest position of each joint (rad, m); null for none'),
  upper: limits(Number.POSITIVE_INFINITY).describe('highest position of each joint (rad, m); null for none'),
  maxVelocity: z
    .array(z.number().nonnegative().nullable())
    .transform((all) => all.map((speed) => speed ?? Number.POSITIVE_INFINITY))
    .describe('largest speed of each joint (rad/s, m/s); null for none'),
  gripperRange: z
    .array(z.number())
    .length(2)
    .optional()
    .describe('least and greatest width of the gripper (m); absent for a robot without one'),
  configuration: z.array(z.number()).describe('position of each joint (rad, m) in one configuration'),
  toolPose: z
    .array(z.number())
    .length(7)
    .describe('pose of the tool in the base frame there: x, y, z (m), quaternion x, y, z, w'),
});

/** What a manifest of any version says of the policy as a whole. */
export const policyFields = {
  name: name.describe('name of the policy in reports'),
  version: z.string().min(1).describe('version of the weights'),
  robots: z
    .array(robot)
    .optional()
    .describe(
      'robots that the policy was trained for; it drives another one only if the user accepts that robot by name',
    ),
  instructions: z
    .array(name)
    .optional()
    .describe('wordings that this policy understands, in the notation of the command language, which they extend'),
};

/** A field that contradicts other fields. */
export interface Inconsistency {
  readonly field: string;
  readonly value: unknown;
  readonly expected: string;
}

/**
 * Checks a parsed file against its schema, and its fields against each other.
 * @param check returns the first field that contradicts another one
 * @param where name of the file in errors, for example its path
 * @throws {PolicyError} in one line with the field, its value and the expected value
 */
export function checked<T extends z.ZodType>(
  schema: T,
  check: (value: z.infer<T>) => Inconsistency | undefined,
  json: unknown,
  where: string,
): z.infer<T> {
  const result = schema.safeParse(json);
  if (!result.success) throw new PolicyError(`${where}: ${issueText(result.error, json)}`);
  const wrong = check(result.data);
  if (wrong) throw new PolicyError(`${where}: ${wrong.field} is ${jsonText(wrong.value)}, expected ${wrong.expected}`);
  return result.data;
}
