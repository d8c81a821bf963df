import type { PlanCost } from './planner.ts';

/** The sum of two costs; what neither has stays undefined. */
export const addCosts = (a: PlanCost, b: PlanCost): PlanCost => ({
  seconds: a.seconds + b.seconds,
  ...optional('promptTokens', a, b),
  ...optional('answerTokens', a, b),
  ...optional('money', a, b),
});

const optional = (key: 'promptTokens' | 'answerTokens' | 'money', a: PlanCost, b: PlanCost): Partial<PlanCost> =>
  a[key] === undefined && b[key] === undefined ? {} : { [key]: (a[key] ?? 0) + (b[key] ?? 0) };
