import type { Planner } from '@praxis/planner';
import { type PlannerFromOptions, plannerFrom } from '@praxis/planner/node';
import type { Registry } from '../config/registry.ts';

/**
 * Makes the planner that a text names: a registered one such as `rules`, `http(s)://HOST/v1#MODEL`, `FILE.gguf` or `recorded:DIR`.
 * @throws {InputError} in one line for what names no planner
 */
export const openPlanner = (
  text: string,
  registry: Registry,
  options: Omit<PlannerFromOptions, 'registered'> = {},
): Promise<Planner> => plannerFrom(text, { ...options, registered: registry.planners });
