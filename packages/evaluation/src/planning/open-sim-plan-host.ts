import { free, type RobotChoice } from '@praxis/sim';
import { Language } from '@praxis/teleop';
import { openDriver } from '../episodes/driver.ts';
import type { PolicySource } from '../project/policy-source.ts';
import type { Project } from '../project/project.ts';
import { PlannedArm } from './planned-arm.ts';
import { policyDetector, policyFacts } from './policy-facts.ts';
import { SimPlanHost, type SimPlanHostOptions } from './sim-plan-host.ts';

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
  const detector = await policyDetector(policy);
  const planned = await PlannedArm.create({
    ...driver,
    ...options,
    robot,
    registry,
    task: scene,
    facts: policyFacts(policy),
    language: new Language(),
    detector,
    // The expert finds nothing in pictures; it knows the simulator's state.
    context: detector ? 'camera' : 'truth',
  });
  return new SimPlanHost({
    arm: planned.arm,
    catalogue: planned.catalogue,
    look: () => planned.robot.look(),
    pace,
    close: async () => {
      await planned.close();
      if (driver.policy !== 'expert') await driver.policy.close();
    },
  });
}
