import { InputError, jsonText } from '@praxis/core';
import type { Planner } from '@praxis/planner';
import type { Registry } from '../config/registry.ts';

/**
 * Makes the planner that a text names.
 * @throws {InputError} in one line for what names no planner
 */
export async function openPlanner(text: string, registry: Registry): Promise<Planner> {
  const make = registry.planners.get(text);
  if (make) return make();
  throw new InputError(`unknown planner ${jsonText(text)}: expected one of ${registry.planners.names.join(', ')}`);
}
