import type { PlannerContext, PlanRobot, SkillReading } from '@praxis/planner';
import { isStop } from '@praxis/safety';
import type { Episode } from '@praxis/sim';
import {
  type GoalResult,
  type MotionGoal,
  type SupervisionPhase,
  type SwitchedPolicy,
  supervisionPhase,
} from '@praxis/teleop';
import type { Observable } from 'rxjs';
import { FeltContact } from './felt-contact.ts';

/** Options of {@link SimPlanRobot}. */
export interface SimPlanRobotOptions {
  /** An episode with a supervisor, and the policy that it runs. */
  readonly arm: { readonly episode: Episode; readonly policy: SwitchedPolicy };
  /** Finds what is in the scene now. */
  readonly look: () => Promise<PlannerContext>;
  /** Waits for the next control period, or runs it. */
  readonly next: () => Promise<void>;
}

/** A simulated arm as plans see it. In lock step its time stands still while nothing waits for it. */
export class SimPlanRobot implements PlanRobot {
  readonly results$: Observable<GoalResult>;
  readonly #options: SimPlanRobotOptions;
  readonly #contact: FeltContact;

  constructor(options: SimPlanRobotOptions) {
    const { arm } = options;
    this.#options = options;
    this.results$ = arm.policy.motion.results$;
    this.#contact = new FeltContact(arm.episode.loop, arm.episode.robot.setup.tool);
  }

  reading(): SkillReading {
    const { episode } = this.#options.arm;
    const { pose, width } = episode.loop.derived.endEffector;
    return { time: episode.time, tool: Float64Array.from(pose), width, ...this.#contact.newest };
  }

  supervision(): { phase: SupervisionPhase; cause?: string } {
    const { supervisor } = this.#options.arm.episode;
    const phase = supervisionPhase(supervisor?.state ?? 'running', isStop);
    const cause = supervisor?.stopCause?.message;
    return cause === undefined ? { phase } : { phase, cause };
  }

  next(): Promise<void> {
    return this.#options.next();
  }

  instruct(text: string): void {
    const { policy, episode } = this.#options.arm;
    episode.setInstruction(text);
    policy.instruct();
  }

  start(id: number, goal: MotionGoal): void {
    this.#options.arm.policy.start(id, goal);
  }

  hold(): void {
    this.#options.arm.policy.hold();
  }

  look(): Promise<PlannerContext> {
    return this.#options.look();
  }
}
