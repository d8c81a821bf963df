import { jsonText } from '@praxis/core';
import { condition } from '../plan/plan.ts';
import { PlannerError } from '../planners/planner-error.ts';
import type { Catalogue } from '../skills/catalogue.ts';
import { planIn } from './parse-plan.ts';
import { argumentsSchemaOf, type JsonSchema, jsonSchemaOf, planSchemaOf } from './plan-schema.ts';

/** A function that a model may call, as the OpenAI protocol describes it. */
export interface PlanTool {
  readonly name: string;
  readonly description: string;
  /** JSON schema of its arguments: an object. */
  readonly parameters: JsonSchema;
}

/** A call of a function by a model. */
export interface ToolCall {
  readonly name: string;
  /** JSON text as the model wrote it. */
  readonly arguments: string;
}

/** Tool that takes a whole plan. */
export const PROPOSE_PLAN = 'propose_plan';
/** Tool that asks the person in place of a plan. A skill of this name goes before it. */
const QUESTION = 'answer_with_question';
/** Tool that refuses the request. A skill of this name goes before it. */
const REFUSAL = 'answer_with_refusal';

/** The one tool `propose_plan`, whose argument is a plan over the catalogue. */
export const proposePlanTool = (catalogue: Catalogue): PlanTool => ({
  name: PROPOSE_PLAN,
  description: 'Propose the plan, the question or the refusal that answers the request.',
  parameters: planSchemaOf(catalogue),
});

/** One tool for each skill, called once for each step in order, and two that ask or refuse. */
export const skillTools = (catalogue: Catalogue): readonly PlanTool[] => [
  ...catalogue.skills.map((skill) => ({
    name: skill.name,
    description: skill.description,
    parameters: withCondition(argumentsSchemaOf(skill)),
  })),
  ...ALTERNATIVES.filter(({ name }) => !catalogue.get(name)),
];

/** Adds the condition of a step to the arguments of a skill, unless the skill has an argument of that name. */
function withCondition(schema: JsonSchema): JsonSchema {
  const properties = schema.properties as Readonly<Record<string, unknown>> | undefined;
  if (properties && 'when' in properties) return schema;
  return { ...schema, properties: { ...properties, when: jsonSchemaOf(condition) } };
}

function sentenceSchema(name: string): JsonSchema {
  const properties = { [name]: { type: 'string', minLength: 1 } };
  return { type: 'object', properties, required: [name], additionalProperties: false };
}

const ALTERNATIVES: readonly PlanTool[] = [
  {
    name: QUESTION,
    description: 'Ask the person one question in place of a plan, when the request is ambiguous.',
    parameters: sentenceSchema('question'),
  },
  {
    name: REFUSAL,
    description: 'Refuse a request that is impossible or unsafe, with the reason.',
    parameters: sentenceSchema('reason'),
  },
];

/**
 * The plan that tool calls mean, unchecked: each call of a skill is a step. A tool that does not exist becomes a step, which `checkPlan`
 * rejects by name.
 * @param source name of the planner, for messages
 * @param restatement what the plan does, in words
 * @throws {PlannerError} when the arguments of a call are no JSON
 */
export function planFromCalls(
  calls: readonly ToolCall[],
  { source, restatement, catalogue }: { source: string; restatement: string; catalogue: Catalogue },
): unknown {
  const parsed = calls.map(({ name, arguments: text }) => ({ name, arguments: argumentsIn(text, name, source) }));
  const whole = parsed.find(({ name }) => name === PROPOSE_PLAN);
  if (whole) return planIn(whole.arguments);
  const alternative = parsed.find(({ name }) => !catalogue.get(name) && (name === QUESTION || name === REFUSAL));
  if (alternative) {
    return { kind: alternative.name === QUESTION ? 'question' : 'refusal', ...(alternative.arguments as object) };
  }
  return { kind: 'steps', restatement, steps: parsed.map(stepOf) };
}

function stepOf({ name, arguments: given }: { name: string; arguments: unknown }): unknown {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return { skill: name, arguments: given };
  const { when, ...rest } = given as Record<string, unknown>;
  return { skill: name, arguments: rest, ...(when !== undefined && when !== null && { when }) };
}

function argumentsIn(text: string, name: string, source: string): unknown {
  try {
    return JSON.parse(text.trim() === '' ? '{}' : text);
  } catch (cause) {
    throw new PlannerError(
      `${source}: the arguments of its call ${jsonText(name)} are ${jsonText(text)}, expected JSON`,
      { cause },
    );
  }
}
