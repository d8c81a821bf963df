import type { Registry } from '@praxis/evaluation/config';
import { catalogueOf, type PictureDetector, type PolicyFacts, workCellOf } from '@praxis/evaluation/planning';
import type { Catalogue, Planner } from '@praxis/planner';
import type { RobotChoice, TaskInstance } from '@praxis/sim';

/** Makes plans for the requests of an episode, and finds what they are about. */
export interface PlanningSetup {
  readonly planner: Planner;
  readonly catalogue: Catalogue;
  /** Finds things in pictures. Undefined: the simulator tells where they are. */
  readonly detector: PictureDetector | undefined;
  /** Request that is done first; undefined waits for one of the user. */
  readonly ownRequest: string | undefined;
}

/** What plans need of a learned policy. */
export interface PlannedPolicy {
  readonly facts: PolicyFacts | undefined;
  openDetector(): Promise<PictureDetector | undefined>;
}

/** Options of {@link openPlanning}. */
export interface OpenPlanningOptions {
  readonly registry: Registry;
  /** Name of a registered planner. */
  readonly planner: string;
  /** The learned policy; undefined for the scripted expert. */
  readonly policy: PlannedPolicy | undefined;
}

/** What of a planning setup does not depend on the scene of the episode. */
export type OpenedPlanning = Pick<PlanningSetup, 'planner' | 'detector'> & Pick<OpenPlanningOptions, 'policy'>;

/**
 * Makes a planner and loads the detection of the policy.
 * @throws {InputError} for an unknown planner; {PolicyError} when a file of the detection does not load
 */
export async function openPlanning({ registry, planner: name, policy }: OpenPlanningOptions): Promise<OpenedPlanning> {
  const planner = await registry.planners.find(name)();
  return { planner, policy, detector: await policy?.openDetector() };
}

/** The planning of one episode: the places of its scene, and what robot, policy and configuration can do. */
export function planningOf(
  { planner, detector, policy }: OpenedPlanning,
  robot: RobotChoice,
  registry: Registry,
  { places = [], instruction }: Pick<TaskInstance, 'places' | 'instruction'>,
  requests: 'own first' | 'of the user',
): PlanningSetup {
  const facts = policy?.facts;
  const cell = workCellOf({ robot, registry, places, ...(facts ? { policy: facts } : {}) });
  const ownRequest = requests === 'own first' ? instruction : undefined;
  return { planner, detector, catalogue: catalogueOf(cell, registry), ownRequest };
}
