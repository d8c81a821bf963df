import { Registry } from '@praxis/evaluation/config';

const registry = new Registry();

/** Names of the tasks that come with Praxis, as errors list them. The test of the registry says which they are. */
export const TASKS: readonly string[] = registry.tasks.names;
/** Those that a policy does, and those that take a planner. */
export const POLICY_TASKS: readonly string[] = registry.policyTaskNames;
export const PLANNER_TASKS: readonly string[] = registry.plannerTaskNames;
