import { z } from 'zod';

/** Largest number of steps of a plan. */
export const MAX_PLAN_STEPS = 20;
/** Largest number of characters of a sentence in a plan. */
const MAX_SENTENCE_LENGTH = 400;

const sentence = z.string().min(1).max(MAX_SENTENCE_LENGTH);
const thingName = z.string().min(1).max(80);

/**
 * Names a thing: by the name that it has in the context, or as the one of several that weighs most or least, which only the
 * wrist sensor can tell while the plan runs.
 */
export const thingReference = z.union([
  thingName,
  z.strictObject({ heaviest: z.array(thingName).min(2).max(8) }),
  z.strictObject({ lightest: z.array(thingName).min(2).max(8) }),
]);
/** See {@link thingReference}. */
export type ThingReference = z.infer<typeof thingReference>;

/**
 * A condition on what the sensors know when a step would begin. `heavy` and `light`: above and below the work cell's limit, once the thing
 * was weighed. `seen`: the cameras find it. `on`: it lies on a place. `heavierThan`: both were weighed.
 */
export const condition = z.strictObject({
  thing: thingReference,
  is: z.enum(['heavy', 'light', 'seen', 'held']).optional(),
  on: z.string().max(80).optional(),
  heavierThan: thingName.optional(),
  not: z.boolean().optional(),
});
/** See {@link condition}. */
export type Condition = z.infer<typeof condition>;

/** One step: a skill by name, with its arguments. A step whose condition does not hold is left out. */
export const planStep = z.strictObject({
  skill: z.string().min(1).max(40),
  arguments: z.record(z.string(), z.unknown()),
  when: condition.optional(),
});
/** See {@link planStep}. */
export type PlanStep = z.infer<typeof planStep>;

/**
 * What a planner answers: steps with the request in its own words, a question to the person, or a refusal with its reason. It is data; only
 * `checkPlan` decides whether it may run.
 */
export const plan = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('steps'),
    restatement: sentence,
    steps: z.array(planStep).min(1).max(MAX_PLAN_STEPS),
  }),
  z.strictObject({ kind: z.literal('question'), question: sentence }),
  z.strictObject({ kind: z.literal('refusal'), reason: sentence }),
]);
/** See {@link plan}. */
export type Plan = z.infer<typeof plan>;
/** A plan that has steps. */
export type StepPlan = Extract<Plan, { kind: 'steps' }>;
