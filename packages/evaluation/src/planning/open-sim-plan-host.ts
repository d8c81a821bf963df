import { free, type RobotChoice } from '@praxis/sim';
import { Language } from '@praxis/teleop';
import { openDriver } from '../episodes/driver.ts';
import type { PolicySource } from '../project/policy-source.ts';
import type { Project } from '../project/project.ts';
import { DrivenArm } from '../teleoperation/driven-arm.ts';
import { SimPlanHost, type SimPlanHostOptions } from './sim-plan-host.ts';
import { truthContext } from './truth-context.ts';
import { catalogueOf, planLimits, policyFacts, workCellOf } from './work-cell.ts';

/** Options of {@link openSimPlanHost}. */
export interface OpenSimPlanHostOptions extends Pick<SimPlanHostOptions, 'pace'> {
  readonly project: Project;
  /** Name of the task whose scene the arm works in, or `free` for a scene without one. */
  readonly task: string;
  readonly seed: number;
  readonly robot: RobotChoice;
  /** Policy that executes instructions. */
  readonly policy: PolicySource;
  /** Name of a robot that the policy may drive although it was not trained for it. Default: none. */
  readonly acceptRobot?: string;
}

/** Simulated time before the first plan, in which sensors and cameras deliver their first samples (s). */
const WARM_UP_S = 0.3;

/**
 * Makes a simulated arm in the scene of a task that other programs command by plans.
 * @throws {InputError} for an unknown task and a seed out of range; {BindError} when the policy does not fit the robot
 */
export async function openSimPlanHost({
  project: { registry },
  task,
  robot,
  policy,
  pace,
  ...options
}: OpenSimPlanHostOptions): Promise<SimPlanHost> {
  const scene = task === free.name ? free : registry.tasks.find(task);
  const driver = await openDriver(policy, [], 'process');
  const arm = await DrivenArm.create({
    ...driver,
    ...options,
    ...robot,
    task: scene,
    modalities: registry.modalities.values,
    language: new Language(),
    limits: planLimits(robot),
  });
  const facts = policyFacts(policy);
  const places = arm.episode.instance.places ?? [];
  const cell = workCellOf({ robot, registry, places, ...(facts && { policy: facts }) });
  while (arm.time < WARM_UP_S) await arm.step();
  const look = async () => truthContext(arm.episode, cell.places);
  return new SimPlanHost({ arm, catalogue: catalogueOf(cell, registry), look, pace });
}
