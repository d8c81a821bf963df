import type { PlanVerdict } from '../check/verdict.ts';
import type { PlannerContext } from '../context/context.ts';
import type { PlanEnd, PlanProgress } from '../execute/progress.ts';
import type { StepPlan } from '../plan/plan.ts';
import type { Catalogue } from '../skills/catalogue.ts';

/** What a run of a plan has done so far. */
export interface PlanStatus {
  /** Name of the run, unique within its host. */
  readonly id: string;
  readonly plan: StepPlan;
  /** `running`, or how it ended. */
  readonly state: 'running' | PlanEnd;
  /** What happened, oldest first. */
  readonly progress: readonly PlanProgress[];
  /** What was done, in one sentence, once it has ended. */
  readonly summary?: string;
}

/**
 * Port: a robot that another program commands by plans: a simulated one, one behind ROS 2, one in the studio. It has one commander at a
 * time. A reset after a stop is no part of it: that is a person's.
 */
export interface PlanHost {
  /** Name for people, such as `praxis_arm in the simulator`. */
  readonly name: string;
  readonly catalogue: Catalogue;
  /** Takes new pictures and returns what is there. */
  look(): Promise<PlannerContext>;
  /** Decides, as `checkPlan` does, on what was just seen. */
  check(plan: unknown): Promise<PlanVerdict>;
  /**
   * Starts a plan that {@link check} accepts; it is checked again.
   * @param agreed sentences that were read back and that a person has said yes to; a plan that needs another yes does not begin
   * @returns the first status
   * @throws {InputError} in one line when the plan is not accepted, or another one runs
   */
  run(plan: StepPlan, agreed: readonly string[]): Promise<PlanStatus>;
  /** Status of a run, of the newest one without a name; undefined when there is none. */
  status(id?: string): PlanStatus | undefined;
  /** Ends a run: the arm holds. A run that has ended stays as it is. @throws {InputError} for an unknown run */
  cancel(id: string, reason: string): Promise<PlanStatus>;
  /** Requests a protective stop from the supervisor, past every plan. It may be repeated. */
  stop(): Promise<void>;
  close?(): Promise<void>;
}
