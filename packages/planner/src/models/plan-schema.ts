import { z } from 'zod';
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
 */
export const planSchemaOf = (catalogue: Catalogue): JsonSchema =>
  jsonSchemaOf(z.strictObject({ plan: answersOf(catalogue) }));

/** JSON schema of the plan alone, a choice at its root: the form in which adapted models answer. */
export const barePlanSchemaOf = (catalogue: Catalogue): JsonSchema => jsonSchemaOf(answersOf(catalogue));

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
