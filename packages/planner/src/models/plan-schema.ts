import { z } from 'zod';
import type { PlannerContext } from '../context/context.ts';
import { condition, MAX_PLAN_STEPS } from '../plan/plan.ts';
import type { Catalogue } from '../skills/catalogue.ts';
import type { Skill } from '../skills/skill.ts';

/** A JSON schema (draft 2020-12) as data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** JSON schema of a zod schema, without the key that names the draft. */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _draft, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
}

/** JSON schema of a skill's arguments. */
export const argumentsSchemaOf = ({ arguments: schema }: Skill): JsonSchema => jsonSchemaOf(schema);

/**
 * JSON schema of the answers that a catalogue allows: an object with one key `plan`, because endpoints refuse a schema whose root is a choice.
 * Each step is one of the catalogue's skills with that skill's own arguments. It holds models to the form alone; `checkPlan` decides.
 * @param context whose things and places are the only names. Default: any name
 */
export const planSchemaOf = (catalogue: Catalogue, context?: NamedInContext): JsonSchema =>
  withNames(jsonSchemaOf(z.strictObject({ plan: answersOf(catalogue) })), context);

/** JSON schema of the plan alone, a choice at its root: the form in which adapted models answer. @param context see {@link planSchemaOf} */
export const barePlanSchemaOf = (catalogue: Catalogue, context?: NamedInContext): JsonSchema =>
  withNames(jsonSchemaOf(answersOf(catalogue)), context);

/** The part of a context that names things and places. */
export type NamedInContext = Pick<PlannerContext, 'things' | 'places' | 'held'>;

function withNames(schema: JsonSchema, context: NamedInContext | undefined): JsonSchema {
  if (!context) return schema;
  const held = context.held?.thing;
  const things = [...new Set([...context.things.map(({ name }) => name), ...(held === undefined ? [] : [held])])];
  const places = context.places.map(({ name }) => name);
  const names: Readonly<Record<string, readonly string[]>> = {
    ...{ thing: things, heaviest: things, lightest: things, heavierThan: things },
    ...{ place: places, on: places, target: [...things, ...places] },
  };
  const walk = (value: unknown, known: readonly string[]): unknown => {
    if (Array.isArray(value)) return value.map((each) => walk(each, known));
    if (typeof value !== 'object' || value === null) return value;
    if (known.length > 0 && (value as JsonSchema).type === 'string') return { type: 'string', enum: known };
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) =>
        key === 'properties' ? [key, named(each as Readonly<Record<string, unknown>>)] : [key, walk(each, known)],
      ),
    );
  };
  const named = (properties: Readonly<Record<string, unknown>>): unknown =>
    Object.fromEntries(
      Object.entries(properties).map(([name, each]) => [
        name,
        walk(each, Object.hasOwn(names, name) ? names[name] : []),
      ]),
    );
  return walk(schema, []) as JsonSchema;
}

function answersOf(catalogue: Catalogue) {
  const steps = catalogue.skills.map((skill) =>
    z.strictObject({ skill: z.literal(skill.name), arguments: skill.arguments, when: condition.optional() }),
  );
  const sentence = z.string().min(1).max(SENTENCE_LENGTH);
  const kinds = [
    z.strictObject({
      kind: z.literal('steps'),
      restatement: sentence,
      steps: z.array(z.union(steps)).min(1).max(MAX_PLAN_STEPS),
    }),
    z.strictObject({ kind: z.literal('question'), question: sentence }),
    z.strictObject({ kind: z.literal('refusal'), reason: sentence }),
  ];
  return z.union(steps.length > 0 ? kinds : kinds.slice(1));
}

/** Largest number of characters of a sentence of an answer: shorter than a plan allows, since a person reads it. */
const SENTENCE_LENGTH = 240;
