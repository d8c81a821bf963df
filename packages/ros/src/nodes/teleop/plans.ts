import { InputError } from '@praxis/core';
import {
  catalogueOf,
  openPlanner,
  type Project,
  policyDetector,
  policyFacts,
  policySource,
  ThingFinder,
  workCellOf,
} from '@praxis/evaluation';
import { PlanExecution } from '@praxis/planner';
import { type RobotChoice, setupOf } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import type { SwitchedPolicy } from '@praxis/teleop';
import type { NodeLoop } from '../../loop/node-loop.ts';
import type { RosSession } from '../../rcl/session.ts';
import { type NodeRobot, onlyArm } from '../../robot/node-robot.ts';
import { NodePlanRobot, type NodePlanRobotOptions } from './node-plan-robot.ts';

/** Options of {@link openPlans}. */
export interface PlansOptions extends Pick<NodePlanRobotOptions, 'supervisor' | 'setInstruction'> {
  /** Values of the node's parameters. */
  readonly parameters: { readonly planner: string; readonly policy: string };
  readonly project: Project;
  readonly nodeRobot: NodeRobot;
  readonly loop: NodeLoop;
  readonly policy: SwitchedPolicy;
}

/** The arm of a node, and what executes requests on it. */
export interface Plans {
  readonly robot: NodePlanRobot;
  /** Prepares the execution of one request, which waits for no answer of a person. */
  execution(): PlanExecution;
}

/**
 * Opens the planner and the detection of things, until the node closes.
 * @throws {InputError} for what names no planner, and for an arm that neither a folder nor Praxis describes; {PolicyError} when a file of the
 * policy is not valid
 */
export async function openPlans(session: RosSession, options: PlansOptions): Promise<Plans> {
  const { parameters, project, nodeRobot, loop, policy, supervisor, setInstruction } = options;
  const { registry } = project;
  const choice = choiceOf(nodeRobot);
  const planner = await openPlanner(parameters.planner, registry);
  session.onClose(() => planner.close?.());
  const source = policySource(parameters.policy || undefined, project);
  const facts = policyFacts(source);
  const detector = await policyDetector(source);
  const setup = setupOf(choice);
  const finder = detector && new ThingFinder(loop.robot, setup, detector);
  session.onClose(() => finder?.close());
  if (!detector) session.log.warn(`policy ${policy.learned.spec.name}: no detection, so that plans know no things`);
  const cell = workCellOf({
    ...{ robot: choice, registry, limits: policy.motion.limits },
    ...(facts ? { policy: facts } : {}),
  });
  const catalogue = catalogueOf(cell, registry);
  await planner.prepare?.(catalogue);
  const robot = new NodePlanRobot({
    ...{ loop, policy, setup, finder, supervisor, setInstruction },
    arm: onlyArm(nodeRobot, 'plans move'),
    cameras: detector?.cameras ?? [],
    places: cell.places,
  });
  session.log.info(`planner ${planner.name}`);
  const execution = (): PlanExecution => {
    // Between two goals people may have changed the scene.
    finder?.forget();
    return new PlanExecution({ robot, planner, catalogue, answerTime: 0 });
  };
  return { robot, execution };
}

/** The robot as the work cell needs it. */
function choiceOf({ folder, urdf, spec }: NodeRobot): RobotChoice {
  if (folder) return folder.choice;
  if (urdf === armUrdf()) return { urdf };
  throw new InputError(
    `parameter planner: robot ${spec.name} has no folder, which says where its cameras are; expected the parameter robot`,
  );
}
