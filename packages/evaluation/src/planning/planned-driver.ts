import type { Planner } from '@praxis/planner';
import type { ThingDetector } from '@praxis/policy';
import type { Registry } from '../config/registry.ts';
import { type Driver, openDriver } from '../episodes/driver.ts';
import type { EvaluationSetup } from '../episodes/outcome.ts';
import { warmUp } from '../episodes/play.ts';
import { policySource } from '../project/policy-source.ts';
import { loadProject } from '../project/project.ts';
import { openPlanner } from './open-planner.ts';
import { policyDetector, policyFacts } from './policy-facts.ts';
import type { PolicyFacts } from './work-cell.ts';

/** What plans need beside the driver. */
export interface PlannedDriver extends Driver {
  readonly planner: Planner;
  readonly facts: PolicyFacts | undefined;
  readonly detector: ThingDetector | undefined;
}

/** Opens the policy and the planner of an evaluation in a worker process, and warms the policy up. */
export async function openPlannedDriver(
  setup: EvaluationSetup,
): Promise<{ readonly driver: PlannedDriver; readonly registry: Registry }> {
  const { registry, ...project } = await loadProject(setup.config);
  const source = policySource(setup.policy, { ...project, registry }, setup.policySpec);
  const driver = await openDriver(source, setup.mask);
  await warmUp(driver, setup, registry);
  const planner = await openPlanner(setup.planner!.name, registry);
  const planned = { planner, facts: policyFacts(source), detector: await policyDetector(source) };
  return { driver: { ...driver, ...planned }, registry };
}
