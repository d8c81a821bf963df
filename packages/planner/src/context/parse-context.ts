import { InputError, jsonText } from '@praxis/core';
import { z } from 'zod';
import type { PlannerContext } from './context.ts';

const name = z.string().min(1).max(80);
const point = z.tuple([z.number(), z.number(), z.number()]);
const thing = z
  .strictObject({
    name,
    words: z.array(z.string()).optional(),
    position: point,
    confidence: z.number().min(0).max(1).default(1),
    on: name.optional(),
    mass: z.number().positive().optional(),
  })
  .transform(({ words, ...rest }) => ({
    ...rest,
    words: words ?? rest.name.split(' ').filter((word) => /^\p{L}+$/u.test(word)),
  }));
const utterance = z.strictObject({
  time: z.number().default(0),
  from: z.enum(['operator', 'bystander', 'label']),
  text: z.string().max(2000),
});
const record = z.strictObject({
  step: z.strictObject({ skill: name, arguments: z.record(z.string(), z.unknown()).default({}) }),
  outcome: z.enum(['done', 'failed', 'skipped', 'interrupted']).default('done'),
  seen: z.string().default(''),
});
const schema = z.strictObject({
  time: z.number().default(0),
  things: z.array(thing).max(100),
  places: z
    .array(z.strictObject({ name, position: point, halfSize: z.tuple([z.number().positive(), z.number().positive()]) }))
    .max(100)
    .default([]),
  held: z.strictObject({ thing: name.optional(), mass: z.number().positive().optional() }).optional(),
  gripperWidth: z.number().min(0).optional(),
  tool: point.optional(),
  contactForce: z.number().min(0).optional(),
  supervisor: z.strictObject({ state: name, cause: z.string().optional() }).default({ state: 'running' }),
  utterances: z.array(utterance).max(1000).default([]),
  history: z.array(record).max(1000).default([]),
});

/**
 * Parses the context of a planner, as a file has it. SI units; positions in the base frame of the arm. Only `things` is required; of a thing its
 * `name` and `position`.
 * @param source name of the file, for messages
 * @throws {InputError} in one line that names the file, the field and what was expected
 *
 * @example
 * parseContext({ things: [{ name: 'red cube', position: [0.42, 0.1, 0.02] }] }, 'scene.json');
 */
export function parseContext(value: unknown, source: string): PlannerContext {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    throw new InputError(`${source}: ${path.map(String).join('.') || 'the file'} is not valid: ${message}`);
  }
  const names = [...parsed.data.things, ...parsed.data.places].map((each) => each.name);
  const twice = names.find((each, i) => names.indexOf(each) !== i);
  if (twice !== undefined) throw new InputError(`${source}: ${jsonText(twice)} is there twice, expected unique names`);
  return parsed.data;
}
