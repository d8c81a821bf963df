import type { PlannerContext, PlanRobot, SkillReading } from '@praxis/planner';
import type { GoalResult, MotionGoal, SupervisionPhase } from '@praxis/teleop';
import type { Observable } from 'rxjs';
import type { DrivenArm } from '../teleoperation/driven-arm.ts';
import { ContactForce } from './contact-force.ts';

/** Options of {@link SimPlanRobot}. */
export interface SimPlanRobotOptions {
  readonly arm: DrivenArm;
  /** Finds what is in the scene now. */
  readonly look: () => Promise<PlannerContext>;
  /** Waits for the next control period. Default: runs it. */
  readonly next?: () => Promise<void>;
}

/** A simulated arm as plans see it. In lock step its time stands still while nothing waits for it. */
export class SimPlanRobot implements PlanRobot {
  readonly results$: Observable<GoalResult>;
  readonly #options: SimPlanRobotOptions;
  readonly #force: ContactForce;

  constructor(options: SimPlanRobotOptions) {
    const { arm } = options;
    this.#options = options;
    this.results$ = arm.policy.motion.results$;
    this.#force = new ContactForce(arm.episode.loop, arm.episode.robot.setup.tool);
  }

  reading(): SkillReading {
    const { arm } = this.#options;
    const force = this.#force.newest;
    return {
      time: arm.time,
      tool: Float64Array.from(arm.pose),
      width: arm.width,
      ...(force ? { force } : {}),
    };
  }

  supervision(): { phase: SupervisionPhase; cause?: string } {
    const { supervisionPhase: phase, episode } = this.#options.arm;
    const cause = episode.supervisor?.stopCause?.message;
    return cause === undefined ? { phase } : { phase, cause };
  }

  next(): Promise<void> {
    const { arm, next } = this.#options;
    return next ? next() : arm.step();
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
