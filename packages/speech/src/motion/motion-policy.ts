import {
  ACTION_SIZE,
  type ActionChunk,
  EE_STATE,
  EndEffectorState,
  InputError,
  type Observation,
  type Policy,
  type PolicySpec,
  type Pose,
  type Workspace,
} from '@praxis/core';
import { interpolateChunk } from '@praxis/policy';
import { type Observable, Subject } from 'rxjs';
import type { MotionGoal } from '../dialogue/goal.ts';
import { checkedLimits, type DialogueLimits } from '../dialogue/limits.ts';
import { goalFault } from './goal-check.ts';
import { GripperMotion } from './gripper-motion.ts';
import { type Plan, planOf } from './plan.ts';
import type { GoalOutcome, GoalResult } from './result.ts';
import { ToolGuide } from './tool-guide.ts';
import { distance, type MeasuredTool, measuredTool, within } from './tool-pose.ts';

export interface MotionPolicyOptions {
  /** Where spoken motion may take the tool: within the loop's own workspace, with some room to its edges. */
  readonly workspace: Workspace;
  /** Where `home` goes. */
  readonly home: Pose;
  /** Whether the arm gets straight from one pose to another. Without it that it does not is found out on the way. */
  readonly reaches?: (from: Pose, to: Pose) => boolean;
  readonly limits?: Partial<DialogueLimits>;
  /** Horizon and periods of its chunks. Default those of the shipped policy. */
  readonly timing?: Pick<PolicySpec, 'horizon' | 'actionPeriod' | 'inferencePeriod'>;
  /** Frame of the tool's pose. Default `base_link`. */
  readonly baseFrame?: string;
}

const TIMING = { horizon: 16, actionPeriod: 0.05, inferencePeriod: 0.1 };
/** Near enough to be there. */
const ARRIVED = { metres: 0.002, radians: 0.01 };
/** A tool that is not there so long (s) after its way has ended does not get there. */
const SETTLING = 1;
/** Fingers that have not come to anything after this long (s) do not. */
const GRIPPER_TIME = 4;
/** Poses that are kept to go back to. */
const KEPT_POSES = 64;
/** It looks at no sensor. */
const NO_GATES = { vision: 0, wrench: 0, language: 0, joints: 0 };
const NOWHERE = { metres: 0, radians: 0 };

interface Active {
  readonly id: number;
  readonly goal: MotionGoal;
  readonly deadline: number;
  readonly plan: Plan | undefined;
  readonly gripper: GripperMotion | undefined;
  /** False while the tool still brakes from what it did before. */
  departed: boolean;
}

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
  readonly #results = new Subject<GoalResult>();
  readonly #poses = new Map<number, Pose>();
  #request: Request | undefined;
  #active: Active | undefined;
  readonly #guide = new ToolGuide();
  /** Told to the fingers (m). */
  #width: number | undefined;
  #measured: MeasuredTool | undefined;
  #handedOver: ActionChunk | undefined;
  /** Why goals are refused. */
  #suspended: string | undefined;
  #now = 0;

  /** @throws {InputError} on a limit that is no positive number, or a home outside the workspace. */
  constructor(options: MotionPolicyOptions) {
    const { workspace, home, baseFrame = 'base_link', timing = TIMING } = options;
    const { minimum, maximum } = workspace;
    if (minimum.some((edge, i) => !(home[i] >= edge && home[i] <= maximum[i]))) {
      throw new InputError(`home is at ${home.slice(0, 3)} m, expected within ${minimum} .. ${maximum}`);
    }
    this.#options = options;
    this.limits = checkedLimits(options.limits ?? {});
    this.results$ = this.#results.asObservable();
    const input = { ...EndEffectorState.spec, name: EE_STATE, frame: baseFrame, rateHz: 20 };
    const { horizon, actionPeriod, inferencePeriod } = timing;
    const inputs = [{ ...input, maximumAge: 0.1, window: 1 }];
    this.spec = { name: 'motion', inputs, horizon, actionPeriod, inferencePeriod };
  }

  /** The goal under way. */
  get goal(): MotionGoal | undefined {
    return this.#active?.goal;
  }

  /** From the next inference on. @param id under which the pose at its start is kept */
  start(id: number, goal: MotionGoal): void {
    const fault = this.#suspended ?? goalFault(goal, this.limits);
    if (fault !== undefined) this.#report(id, goal, 'refused', { why: fault });
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
    this.#now = stamp;
    this.#measured = measuredTool(this.spec.name, inputs.get(EE_STATE));
    this.#place(this.#measured, stamp);
    this.#takeRequest(this.#measured, stamp);
    this.#advance(this.#measured, stamp);
    return this.#chunk(stamp);
  }

  /** Forgets everything; a goal that was under way has no result. */
  reset(): void {
    this.#request = undefined;
    this.#active = undefined;
    this.#guide.forget();
    this.#width = undefined;
    this.#handedOver = undefined;
    this.#poses.clear();
  }

  async close(): Promise<void> {
    this.#results.complete();
  }

  #ask(request: Request): void {
    const before = this.#request;
    if (before?.kind === 'goal') {
      this.#report(before.id, before.goal, request.kind === 'hold' ? 'held' : 'replaced');
    }
    this.#request = request;
  }

  #leave(outcome: GoalOutcome): void {
    const waiting = this.#request;
    this.#request = undefined;
    this.#finish(outcome);
    if (waiting?.kind === 'goal') this.#report(waiting.id, waiting.goal, outcome);
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
    if (!last || now < last.stamp || now > last.stamp + last.horizon * last.period) {
      this.#guide.stand(pose, now);
      return;
    }
    const row = new Float64Array(ACTION_SIZE);
    interpolateChunk(last, now, row);
    this.#width = row[7];
    this.#guide.brakeOn(last, now);
  }

  #takeRequest(measured: MeasuredTool, now: number): void {
    const request = this.#request;
    this.#request = undefined;
    if (!request) return;
    if (request.kind === 'goal') this.#begin(request.id, request.goal, measured, now);
    else this.#rest('held', now);
  }

  #begin(id: number, goal: MotionGoal, measured: MeasuredTool, now: number): void {
    const from = this.#guide.at(now);
    const before = this.#active;
    this.#finish('replaced');
    if (goal.kind === 'gripper') {
      this.#guide.brake(now);
      const gripper = new GripperMotion(goal, this.#width!, measured.width, now);
      this.#active = { id, goal, deadline: now + GRIPPER_TIME, plan: undefined, gripper, departed: true };
    } else {
      const plan = planOf(goal, from, { ...this.#options, limits: this.limits, pose: (kept) => this.#poses.get(kept) });
      if ('why' in plan) {
        this.#guide.brake(now);
        this.#report(id, goal, 'refused', plan);
        return;
      }
      const departed = before?.departed === true && isRenewed(before.goal, goal) && this.#guide.goOn(plan, now);
      if (!departed) this.#guide.brake(now);
      this.#active = { id, goal, deadline: now + plan.timeout, plan, gripper: undefined, departed };
    }
    this.#poses.set(id, from);
    if (this.#poses.size > KEPT_POSES) this.#poses.delete(this.#poses.keys().next().value!);
  }

  #advance(measured: MeasuredTool, now: number): void {
    const active = this.#active;
    if (!active) return;
    if (active.gripper) this.#moveFingers(active.gripper, measured, now);
    else if (!active.departed) this.#depart(active, now);
    else if (now >= this.#guide.end) this.#arrive(active, measured, now);
    if (this.#active && now >= active.deadline) this.#rest(isTold(active.goal) ? 'expired' : 'timed_out', now);
  }

  #depart(active: Active, now: number): void {
    if (now < this.#guide.end) return;
    this.#guide.depart(active.plan!, now);
    active.departed = true;
  }

  #arrive({ goal, plan }: Active, measured: MeasuredTool, now: number): void {
    if (isTold(goal)) this.#finish(plan!.clipped ? 'at_edge' : 'expired');
    else if (within(distance(measured.pose, plan!.target), ARRIVED)) this.#finish('done');
    else if (now >= this.#guide.end + SETTLING) {
      this.#finish('blocked');
      // What it does not reach it does not go on pushing for.
      this.#guide.stand(measured.pose, now);
    }
  }

  #moveFingers(gripper: GripperMotion, { width }: MeasuredTool, now: number): void {
    this.#width = gripper.update(width, now);
    const state = gripper.state(width, now);
    if (state === 'arrived') this.#finish('done');
    else if (state === 'gripped') this.#finish('done', { gripped: width });
    else if (state === 'stuck') this.#finish('blocked');
  }

  #rest(outcome: GoalOutcome, now: number): void {
    this.#finish(outcome);
    this.#guide.brake(now);
  }

  #finish(outcome: GoalOutcome, more: Pick<GoalResult, 'gripped'> = {}): void {
    const active = this.#active;
    if (!active) return;
    this.#active = undefined;
    this.#report(active.id, active.goal, outcome, more, active.plan);
  }

  #report(
    id: number,
    goal: MotionGoal,
    outcome: GoalOutcome,
    more: Pick<GoalResult, 'gripped' | 'why'> = {},
    plan?: Plan,
  ): void {
    const short = plan && this.#measured ? distance(this.#measured.pose, plan.target) : NOWHERE;
    this.#results.next({ id, goal, outcome, time: this.#now, short, ...more });
  }

  #chunk(stamp: number): ActionChunk {
    const { horizon, actionPeriod: period } = this.spec;
    const actions = new Float64Array(horizon * ACTION_SIZE);
    for (let k = 0; k < horizon; k++) {
      actions.set(this.#guide.at(stamp + (k + 1) * period), k * ACTION_SIZE);
      actions[k * ACTION_SIZE + 7] = this.#width!;
    }
    return { stamp, period, horizon, actions, gates: NO_GATES };
  }
}

const isTold = (goal: MotionGoal): boolean => goal.kind === 'translate' && goal.until === 'told';

/** Motion until told otherwise, once more the same way. */
function isRenewed(before: MotionGoal, after: MotionGoal): boolean {
  if (before.kind !== 'translate' || after.kind !== 'translate') return false;
  const told = before.until === 'told' && after.until === 'told';
  const direction = before.frame === after.frame && before.axis === after.axis;
  return told && direction && Math.sign(before.metres) === Math.sign(after.metres);
}
