import { jsonText } from '@praxis/core';
import type { z } from 'zod';
import { MAX_PLAN_STEPS, type Plan, plan } from '../plan/plan.ts';
import type { PlanFault } from './verdict.ts';

/** Number of faults of one value that are named; more of them say nothing new. */
const MAX_ISSUES = 3;
/** Length of a value in a message (characters). */
const MAX_VALUE_LENGTH = 60;

/** Parses what a planner answered. The number of steps is checked first, so that a plan of any size costs nothing. */
export function parsePlan(value: unknown): { readonly plan: Plan } | { readonly faults: readonly PlanFault[] } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const found = Array.isArray(value) ? `a list of ${value.length}` : jsonText(value, MAX_VALUE_LENGTH);
    return { faults: [{ kind: 'schema', message: `the answer is ${found}, expected an object with a kind` }] };
  }
  const { steps } = value as { readonly steps?: unknown };
  if (Array.isArray(steps) && steps.length > MAX_PLAN_STEPS) {
    const message = `the plan has ${steps.length} steps, expected at most ${MAX_PLAN_STEPS}`;
    return { faults: [{ kind: 'length', message }] };
  }
  const parsed = plan.safeParse(value);
  if (parsed.success) return { plan: parsed.data };
  return { faults: issueLines(parsed.error, value).map((message) => ({ kind: 'schema', message })) };
}

/** The faults that a schema found, one line each: `steps.0.skill: missing, expected string`. */
export function issueLines({ issues }: z.ZodError, value: unknown): readonly string[] {
  return issues.slice(0, MAX_ISSUES).map((issue) => {
    const place = issue.path.map(String).join('.') || 'the object';
    const expected = issue.message.replace(/^Invalid input: /, '').replace(/, received .*$/, '');
    return `${place} is ${jsonText(valueAt(value, issue.path), MAX_VALUE_LENGTH)}: ${expected}`;
  });
}

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined),
    value,
  );
