import type { ChunkScheduler, Policy } from '@praxis/core';
import { type Catalogue, type KnownPlace, PlanExecution, type Planner, type PlannerContext } from '@praxis/planner';
import type { EpisodeOptions, RobotChoice, Task } from '@praxis/sim';
import type { Language } from '@praxis/teleop';
import type { Registry } from '../config/registry.ts';
import { DrivenArm } from '../teleoperation/driven-arm.ts';
import type { ContextKind } from './planned-outcome.ts';
import { SimPlanRobot } from './sim-plan-robot.ts';
import { truthContext } from './truth-context.ts';
import { catalogueOf, type PolicyFacts, planLimits, workCellOf } from './work-cell.ts';

/** Options of {@link PlannedArm.create}. */
export interface PlannedArmOptions extends Pick<EpisodeOptions, 'judges' | 'wordings' | 'mask' | 'instruction'> {
  readonly robot: RobotChoice;
  readonly registry: Registry;
  readonly task: Task;
  readonly seed: number;
  readonly policy: Policy | 'expert';
  readonly scheduler: ChunkScheduler;
  readonly acceptRobot?: string;
  /** Facts about the learned policy. Default: none, and then no step instructs it. */
  readonly facts?: PolicyFacts;
  /** Language of the commands that go past the planner, such as stop. */
  readonly language: Language;
  readonly context: ContextKind;
  /** Waits for the next control period. Default: runs it. */
  readonly next?: (arm: DrivenArm) => Promise<void>;
}

/** Simulated time before a plan begins, in which sensors and cameras deliver their first samples (s). */
const WARM_UP_S = 0.3;

/** A simulated arm in the scene of a task, which executes plans. */
export class PlannedArm {
  readonly arm: DrivenArm;
  readonly robot: SimPlanRobot;
  readonly catalogue: Catalogue;

  /** @throws {InputError} for a seed out of range; {BindError} when the policy does not fit the robot */
  static async create(options: PlannedArmOptions): Promise<PlannedArm> {
    const { robot, registry, facts, context, next, ...more } = options;
    const modalities = registry.modalities.values;
    const arm = await DrivenArm.create({ ...more, ...robot, modalities, limits: planLimits(robot) });
    const places = arm.episode.instance.places ?? [];
    const cell = workCellOf({ robot, registry, places, ...(facts ? { policy: facts } : {}) });
    const catalogue = catalogueOf(cell, registry);
    const look = async () => contextOf(arm, cell.places, context);
    const planned = new SimPlanRobot({ arm, look, ...(next ? { next: () => next(arm) } : {}) });
    while (arm.time < WARM_UP_S) await planned.next();
    return new PlannedArm(arm, planned, catalogue);
  }

  private constructor(arm: DrivenArm, robot: SimPlanRobot, catalogue: Catalogue) {
    this.arm = arm;
    this.robot = robot;
    this.catalogue = catalogue;
  }

  /** Prepares the execution of one request. @param answerTime time for a person to answer (s); 0 without a person */
  execution(planner: Planner, answerTime?: number): PlanExecution {
    const { robot, catalogue } = this;
    return new PlanExecution({ robot, planner, catalogue, ...(answerTime === undefined ? {} : { answerTime }) });
  }

  close(): Promise<void> {
    return this.arm.close();
  }
}

function contextOf({ episode }: DrivenArm, places: readonly KnownPlace[], kind: ContextKind): PlannerContext {
  const truth = truthContext(episode, places);
  return kind === 'blind' ? { ...truth, things: [] } : truth;
}
