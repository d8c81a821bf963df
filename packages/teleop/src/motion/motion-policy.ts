import { type ActionChunk, EE_STATE, type Observation, type Policy, type PolicySpec, type Pose } from '@praxis/core';
import type { Observable } from 'rxjs';
import type { MotionGoal } from '../dialogue/goal.ts';
import { checkedLimits, type DialogueLimits, goalFault } from '../dialogue/limits.ts';
import { FingerRun } from './finger-run.ts';
import { type GoalOutcome, GoalReports, type GoalResult } from './goal-result.ts';
import type { GoalRun } from './goal-run.ts';
import { checkHome, type MotionPolicyOptions, motionSpec } from './motion-options.ts';
import { KeptPoses, planOf } from './plan.ts';
import { guidedChunk, ToolGuide, widthAt } from './tool-guide.ts';
import { type MeasuredTool, measuredTool } from './tool-pose.ts';
import { ToolRun } from './tool-run.ts';

type Request = { readonly kind: 'hold' } | { readonly kind: 'goal'; readonly id: number; readonly goal: MotionGoal };

/**
 * Carries out motion goals as a {@link Policy}: each inference gives the next part of a straight way with bounded speed and
 * acceleration, and without a goal the place where the tool stands. It knows the arm by `ee_state` alone, and moves it through
 * whatever loop, controller and supervisor it is bound to. One goal at a time: a new one brakes the last on its own path.
 */
export class MotionPolicy implements Policy {
  readonly spec: PolicySpec;
  readonly results$: Observable<GoalResult>;
  readonly limits: DialogueLimits;
  readonly #options: MotionPolicyOptions;
  readonly #reports = new GoalReports();
  readonly #poses = new KeptPoses();
  #request: Request | undefined;
  #run: GoalRun | undefined;
  readonly #guide = new ToolGuide();
  /** Told to the fingers (m). */
  #width: number | undefined;
  #handedOver: ActionChunk | undefined;
  /** Why goals are refused. */
  #suspended: string | undefined;

  /** @throws {InputError} on a limit that is no positive number, or a home outside the workspace. */
  constructor(options: MotionPolicyOptions) {
    checkHome(options);
    this.#options = options;
    this.limits = checkedLimits(options.limits ?? {});
    this.results$ = this.#reports.results$;
    this.spec = motionSpec(options);
  }

  /** The goal under way. */
  get goal(): MotionGoal | undefined {
    return this.#run?.goal;
  }

  /** From the next inference on. @param id under which the pose at its start is kept */
  start(id: number, goal: MotionGoal): void {
    const fault = this.#suspended ?? goalFault(goal, this.limits);
    if (fault !== undefined) this.#reports.tell(id, goal, 'refused', { why: fault });
    else this.#ask({ kind: 'goal', id, goal });
  }

  /** Comes to rest on the path it is on, and stays there. */
  hold(): void {
    this.#ask({ kind: 'hold' });
  }

  /** Nothing is let through to the arm: ends the goal, refuses others, and does not pull at an arm that is moved meanwhile. */
  suspend(why: string): void {
    this.#suspended = why;
    this.#leave('stopped');
  }

  /** The arm may be moved again; it stays where it is found. */
  restore(): void {
    this.#suspended = undefined;
  }

  /** Somebody else moves the arm from now on. */
  leave(): void {
    this.#leave('replaced');
    this.#width = undefined;
    this.#handedOver = undefined;
  }

  /** Moves the arm from now on: brakes on the way of what moved it last, and keeps the fingers as they were told. */
  takeOver(last: ActionChunk | undefined): void {
    this.#handedOver = last;
  }

  /** @throws {PolicyError} when the tool was not measured lately. */
  async infer({ stamp, inputs }: Observation): Promise<ActionChunk> {
    const measured = measuredTool(this.spec.name, inputs.get(EE_STATE));
    this.#reports.update(measured.pose, stamp);
    this.#place(measured, stamp);
    this.#takeRequest(measured, stamp);
    this.#advance(measured, stamp);
    return guidedChunk(this.#guide, this.#width!, this.spec, stamp);
  }

  /** Forgets everything; a goal that was under way has no result. */
  reset(): void {
    this.#request = undefined;
    this.#run = undefined;
    this.#guide.forget();
    this.#width = undefined;
    this.#handedOver = undefined;
    this.#poses.clear();
  }

  async close(): Promise<void> {
    this.#reports.close();
  }

  #ask(request: Request): void {
    const before = this.#request;
    if (before?.kind === 'goal') {
      this.#reports.tell(before.id, before.goal, request.kind === 'hold' ? 'held' : 'replaced');
    }
    this.#request = request;
  }

  #leave(outcome: GoalOutcome): void {
    const waiting = this.#request;
    this.#request = undefined;
    this.#finish(outcome);
    if (waiting?.kind === 'goal') this.#reports.tell(waiting.id, waiting.goal, outcome);
    this.#guide.forget();
  }

  /** Where the arm does not follow, or may not be moved, it is to stay where it is. */
  #place({ pose, width }: MeasuredTool, now: number): void {
    if (!this.#guide.known) this.#takeControl(pose, now);
    this.#width ??= width;
    if (this.#suspended !== undefined) this.#guide.stand(pose, now);
    if (this.#guide.isFollowed(pose, now)) return;
    this.#finish('blocked');
    this.#guide.stand(pose, now);
  }

  #takeControl(pose: Pose, now: number): void {
    const last = this.#handedOver;
    this.#handedOver = undefined;
    const width = last && widthAt(last, now);
    if (width === undefined) {
      this.#guide.stand(pose, now);
      return;
    }
    this.#width = width;
    this.#guide.brakeOn(last!, now);
  }

  #takeRequest(measured: MeasuredTool, now: number): void {
    const request = this.#request;
    this.#request = undefined;
    if (!request) return;
    if (request.kind === 'goal') this.#begin(request.id, request.goal, measured, now);
    else {
      this.#finish('held');
      this.#guide.brake(now);
    }
  }

  #begin(id: number, goal: MotionGoal, measured: MeasuredTool, now: number): void {
    const from = this.#guide.at(now);
    const before = this.#run;
    this.#finish('replaced');
    if (goal.kind === 'gripper') {
      this.#run = new FingerRun(id, goal, this.#guide, this.#width!, measured.width, now);
    } else {
      const plan = planOf(goal, from, { ...this.#options, limits: this.limits, pose: (kept) => this.#poses.at(kept) });
      if ('why' in plan) {
        this.#guide.brake(now);
        this.#reports.tell(id, goal, 'refused', { why: plan.why });
        return;
      }
      this.#run = new ToolRun(id, goal, plan, this.#guide, before, now);
    }
    this.#poses.keep(id, from);
  }

  #advance(measured: MeasuredTool, now: number): void {
    const ended = this.#run?.advance(measured, now);
    this.#width = this.#run?.width ?? this.#width;
    if (ended) this.#finish(ended.outcome, ended);
  }

  #finish(outcome: GoalOutcome, { gripped }: Pick<GoalResult, 'gripped'> = {}): void {
    const run = this.#run;
    if (!run) return;
    this.#run = undefined;
    this.#reports.tell(run.id, run.goal, outcome, { gripped, target: run.target });
  }
}
