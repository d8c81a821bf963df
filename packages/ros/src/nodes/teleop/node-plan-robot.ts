import { PolicyError } from '@praxis/core';
import { FeltContact, sensedContext, type ThingFinder } from '@praxis/evaluation';
import { type KnownPlace, makeContext, type PlannerContext, type PlanRobot, type SkillReading } from '@praxis/planner';
import { isStop, type SafetyState } from '@praxis/safety';
import type { RobotSetup } from '@praxis/sim';
import { type GoalResult, type MotionGoal, type SwitchedPolicy, supervisionPhase } from '@praxis/teleop';
import type { Observable } from 'rxjs';
import type { NodeLoop } from '../../loop/node-loop.ts';
import type { NodeArm } from '../../robot/node-robot.ts';

/** Time between two looks at the robot while a plan waits (ms): two periods of the commands. */
const PERIOD_MS = 20;
/** A picture that arrived longer ago than this (s) shows the scene no more. */
const PICTURE_TIMEOUT_S = 1;

/** Options of {@link NodePlanRobot}. */
export interface NodePlanRobotOptions {
  readonly loop: NodeLoop;
  readonly policy: SwitchedPolicy;
  readonly arm: NodeArm;
  readonly setup: RobotSetup;
  /** Finds things in the pictures of the cameras; undefined for a policy without detection, and then plans know no thing. */
  readonly finder: ThingFinder | undefined;
  /** Names of the cameras that the finder reads. */
  readonly cameras: readonly string[];
  readonly places: readonly KnownPlace[];
  /** Newest state of the supervisor; `unknown` before the first. */
  readonly supervisor: () => SafetyState | 'unknown';
  /** Passes an instruction to the learned policy. */
  readonly setInstruction: (text: string) => void;
}

/** The arm of a node's running control loop, as plans see it. */
export class NodePlanRobot implements PlanRobot {
  readonly results$: Observable<GoalResult>;
  readonly #options: NodePlanRobotOptions;
  readonly #contact: FeltContact;

  constructor(options: NodePlanRobotOptions) {
    this.#options = options;
    this.results$ = options.policy.motion.results$;
    this.#contact = new FeltContact(options.loop.loop, options.arm.tool);
  }

  reading(): SkillReading {
    const { robot, loop } = this.#options.loop;
    const { pose, width } = loop.derived.endEffector;
    return { time: robot.clock.now(), tool: Float64Array.from(pose), width, ...this.#contact.newest };
  }

  supervision(): ReturnType<PlanRobot['supervision']> {
    const state = this.#options.supervisor();
    const phase = supervisionPhase(state === 'unknown' ? undefined : state, isStop);
    return phase === 'running' ? { phase } : { phase, cause: `the supervisor's state is ${state}` };
  }

  next(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, PERIOD_MS));
  }

  instruct(text: string): void {
    this.#options.setInstruction(text);
    this.#options.policy.instruct();
  }

  start(id: number, goal: MotionGoal): void {
    this.#options.policy.start(id, goal);
  }

  hold(): void {
    this.#options.policy.hold();
  }

  /** @throws {PolicyError} when the picture of a camera is missing or old, or does not fit the detection */
  async look(): Promise<PlannerContext> {
    const blindness = this.blindness();
    if (blindness !== undefined) throw new PolicyError(blindness);
    const { finder, setup, places } = this.#options;
    const reading = this.reading();
    const { phase: state, cause } = this.supervision();
    const supervisor = cause === undefined ? { state } : { state, cause };
    if (finder) return sensedContext({ finder, setup, places, supervisor, reading });
    const gripper = setup.arms[0].gripper?.range;
    return makeContext({ reading, things: [], places, supervisor, ...(gripper ? { gripper } : {}) });
  }

  /** The reason for which nothing can be found now; undefined when things can, and for a robot whose plans know none. */
  blindness(): string | undefined {
    const { robot } = this.#options.loop;
    const late = this.#options.cameras.find((name) => {
      const arrived = robot.topics.get(`images.${name}`)?.lastPassed ?? Number.NEGATIVE_INFINITY;
      return robot.clock.now() - arrived > PICTURE_TIMEOUT_S;
    });
    return late === undefined ? undefined : `camera ${late}: no picture within ${PICTURE_TIMEOUT_S} s`;
  }
}
