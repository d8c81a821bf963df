import { setImmediate } from 'node:timers/promises';
import { type ChunkScheduler, InputError, type Policy } from '@praxis/core';
import { type Catalogue, PlanExecution, type Planner, type PlannerContext } from '@praxis/planner';
import type { ThingDetector } from '@praxis/policy';
import { type EpisodeOptions, type RobotChoice, type Task, type TaskState, taskState } from '@praxis/sim';
import { type Language, sentenceKind } from '@praxis/teleop';
import type { Registry } from '../config/registry.ts';
import type { ContextKind } from '../episodes/planned-outcome.ts';
import { WallClockPacer } from '../episodes/wall-clock-pacer.ts';
import type { CommandSource } from '../teleoperation/command-source.ts';
import { DrivenArm } from '../teleoperation/driven-arm.ts';
import { ThingFinder } from './context/thing-finder.ts';
import { SimPlanRobot } from './sim-plan-robot.ts';
import { simulatedContext } from './simulated-context.ts';
import { catalogueOf, type PolicyFacts, planLimits, workCellOf } from './work-cell.ts';

/** Options of {@link PlannedArm.create}. */
export interface PlannedArmOptions
  extends Pick<EpisodeOptions, 'judges' | 'wordings' | 'mask' | 'instruction' | 'tap'> {
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
  /** Finds things in pictures, for the context `camera`. */
  readonly detector?: ThingDetector;
  /** `realtime`: simulated time follows the wall clock. Default `turns`: it runs only while a plan waits for it, as fast as it can. */
  readonly pace?: 'turns' | 'realtime';
  /** Sentences of the operator while a plan runs. Default: none. */
  readonly commands?: CommandSource;
}

/** Simulated time before a plan begins, in which sensors and cameras deliver their first samples (s). */
const WARM_UP_S = 0.3;
/** Simulated time after the end of a plan in which everything comes to rest (s). */
const SETTLING_TIME_S = 1;
/** Control periods between two looks for sentences of the operator. */
const LISTENING_PERIODS = 25;

/** A simulated arm in the scene of a task, which executes plans, one at a time. */
export class PlannedArm {
  readonly arm: DrivenArm;
  readonly robot: SimPlanRobot;
  readonly catalogue: Catalogue;
  readonly #options: PlannedArmOptions;
  readonly #pacer = new WallClockPacer();
  readonly #finder: ThingFinder | undefined;
  #execution: PlanExecution | undefined;
  #periods = 0;

  /** @throws {InputError} for a seed out of range, and for cameras without a detection; {BindError} when the policy does not fit the robot */
  static async create(options: PlannedArmOptions): Promise<PlannedArm> {
    const { robot, registry, facts, context, detector, pace: _pace, commands: _commands, ...more } = options;
    if (context === 'camera' && !detector) {
      throw new InputError(
        'the policy has no detection to find things with: expected one, or the context truth or blind',
      );
    }
    const modalities = registry.modalities.values;
    const arm = await DrivenArm.create({ ...more, ...robot, modalities, limits: planLimits(robot) });
    const places = arm.episode.instance.places ?? [];
    const cell = workCellOf({ robot, registry, places, ...(facts ? { policy: facts } : {}) });
    const planned = new PlannedArm(options, arm, catalogueOf(cell, registry));
    while (arm.time < WARM_UP_S) await planned.step();
    return planned;
  }

  private constructor(options: PlannedArmOptions, arm: DrivenArm, catalogue: Catalogue) {
    this.#options = options;
    this.arm = arm;
    this.catalogue = catalogue;
    const { context, detector } = options;
    const { robot } = arm.episode;
    this.#finder = context === 'camera' && detector ? new ThingFinder(robot, robot.setup, detector) : undefined;
    this.robot = new SimPlanRobot({ arm, look: () => this.#look(), next: () => this.step() });
  }

  /** Runs one control period, after the sentences of the operator that have arrived. */
  async step(): Promise<void> {
    const { commands, pace } = this.#options;
    if (commands && this.#execution && ++this.#periods % LISTENING_PERIODS === 0) {
      await setImmediate();
      for (let text = commands.next(); text !== undefined; text = commands.next()) this.acceptText(text);
    }
    await this.arm.step();
    if (pace === 'realtime') await this.#pacer.waitUntil(this.arm.time);
  }

  /**
   * Hears a sentence of the operator. A stop goes to the supervisor at once, past every plan; a hold cancels the plan that runs; a question
   * is answered; any other sentence answers or interrupts the plan.
   */
  acceptText(text: string): void {
    const kind = sentenceKind(this.#options.language, text);
    if (kind === 'stop' || (kind === 'question' && !this.#execution?.isAsking)) this.arm.acceptText(text);
    else if (kind === 'hold') this.#execution?.cancel('held by the operator');
    else this.#execution?.hear(text);
  }

  /**
   * Prepares the execution of one request, for the caller to run; sentences of the operator go to it from now on.
   * @param answerTime time for a person to answer (s); 0 without a person. Default: that of the execution
   */
  execution(planner: Planner, answerTime?: number): PlanExecution {
    const { robot, catalogue } = this;
    this.#execution = new PlanExecution({
      ...{ robot, planner, catalogue },
      ...(answerTime === undefined ? {} : { answerTime }),
    });
    return this.#execution;
  }

  /** Lets the arm and what it moved come to rest. @param seconds simulated time (s). Default: 1 */
  async settle(seconds = SETTLING_TIME_S): Promise<void> {
    this.arm.policy.hold();
    for (const end = this.arm.time + seconds; this.arm.time < end; ) await this.arm.step();
  }

  /** The true state of the scene, for judges. */
  state(): TaskState {
    return taskState(this.arm.episode.world, this.arm.episode.robot);
  }

  close(): Promise<void> {
    this.#finder?.close();
    return this.arm.close();
  }

  async #look(): Promise<PlannerContext> {
    const { arm, robot, catalogue } = this;
    const { places } = catalogue.cell;
    const context = await simulatedContext({ episode: arm.episode, robot, places, finder: this.#finder });
    return this.#options.context === 'blind' ? { ...context, things: [] } : context;
  }
}
