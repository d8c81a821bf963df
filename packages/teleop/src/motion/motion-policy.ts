import type { ActionChunk, Observation, Policy, PolicySpec, Pose } from '@praxis/core';
import type { Observable } from 'rxjs';
import type { MotionGoal } from '../dialogue/goal.ts';
import { type DialogueLimits, refusalReason, resolveLimits } from '../dialogue/limits.ts';
import { type GoalOutcome, GoalReporter, type GoalResult } from './goal-result.ts';
import type { GoalRun } from './goal-run.ts';
import { GripperRun } from './gripper-run.ts';
import { checkHome, type MotionPolicyOptions, motionSpec } from './motion-options.ts';
import { PoseHistory, planGoal } from './plan.ts';
import { commandedWidthAt, covers, guidedChunk, ToolGuide } from './tool-guide.ts';
import { type MeasuredTool, measuredTool } from './tool-pose.ts';
import { ToolRun } from './tool-run.ts';

type MotionRequest =
  | { readonly kind: 'hold' }
  | { readonly kind: 'goal'; readonly id: number; readonly goal: MotionGoal };

/**
 * Executes motion goals as a {@link Policy}: each inference returns the next part of a straight path with bounded speed and
 * acceleration, and without a goal the pose where the tool stands. Its only input is `ee_state`, and its actions reach the arm
 * through the control loop, controller and supervisor like those of any other policy. It executes one goal at a time: a new goal
 * brakes the previous one along its path.
 *
 * @example
 * const policy = new MotionPolicy({ workspace, home });
 * policy.results$.subscribe((result) => console.log(resultInWords(result)));
 * policy.start(1, { kind: 'translate', frame: 'base', axis: 'z', metres: 0.05, speed: 0.05, timeout: 3, until: 'done' });
 * const chunk = await policy.infer(observation); // the control loop's part
 */
export class MotionPolicy implements Policy {
  readonly spec: PolicySpec;
  /** The end of each goal, once. */
  readonly results$: Observable<GoalResult>;
  readonly limits: DialogueLimits;
  readonly #options: MotionPolicyOptions;
  readonly #reporter = new GoalReporter();
  readonly #poseHistory = new PoseHistory();
  #request: MotionRequest | undefined;
  #run: GoalRun | undefined;
  readonly #guide: ToolGuide;
  /** Commanded distance between the fingers (m). */
  #commandedWidth: number | undefined;
  #previousChunk: ActionChunk | undefined;
  #measuredPose: Pose | undefined;
  /** Time of the last inference (s). */
  #lastStamp = 0;
  /** Reason to refuse goals, while the policy is suspended. */
  #suspendReason: string | undefined;

  /** @throws {InputError} on a limit that is not a positive number, or a home outside the workspace */
  constructor(options: MotionPolicyOptions) {
    checkHome(options);
    this.#options = options;
    this.#guide = new ToolGuide(options.task ?? 'pose');
    this.limits = resolveLimits(options.limits ?? {});
    this.results$ = this.#reporter.results$;
    this.spec = motionSpec(options);
  }

  /** The goal in execution. */
  get goal(): MotionGoal | undefined {
    return this.#run?.goal;
  }

  /**
   * The reason, in words, why a goal would be refused where the tool stands now; undefined when it would not, and while another policy
   * moves the arm.
   */
  refusalOf(goal: MotionGoal): string | undefined {
    const fault = refusalReason(goal, this.limits);
    if (fault !== undefined || goal.kind === 'gripper' || !this.#guide.isActive) return fault;
    const plan = this.#plan(goal, this.#startPose(this.#lastStamp));
    return 'why' in plan ? plan.why : undefined;
  }

  /** Starts a goal at the next inference, or refuses it. @param id number under which the pose at its start is stored */
  start(id: number, goal: MotionGoal): void {
    const fault = this.#suspendReason ?? refusalReason(goal, this.limits);
    if (fault !== undefined) this.#reporter.report(id, goal, 'refused', { why: fault });
    else this.#queueRequest({ kind: 'goal', id, goal });
  }

  /** Brakes along the present path and stays there. */
  hold(): void {
    this.#queueRequest({ kind: 'hold' });
  }

  /**
   * Ends the goal and refuses others while the supervisor blocks motion. Its targets follow an arm that is moved by hand.
   * @param why reason in the results of refused goals, in words
   */
  suspend(why: string): void {
    this.#suspendReason = why;
    this.#endMotion('stopped');
  }

  /** Accepts goals again; the arm stays at its present pose. */
  restore(): void {
    this.#suspendReason = undefined;
  }

  /** Ends the goal, because another policy moves the arm from now on. */
  releaseControl(): void {
    this.#endMotion('replaced');
    this.#commandedWidth = undefined;
    this.#previousChunk = undefined;
  }

  /** Moves the arm from now on. @param last chunk of the previous policy: the tool brakes along it and the fingers keep its width */
  takeControl(last: ActionChunk | undefined): void {
    this.#previousChunk = last;
  }

  /** @throws {PolicyError} when the tool's pose is missing, too old or not finite */
  async infer(observation: Observation): Promise<ActionChunk> {
    const { stamp } = observation;
    this.#lastStamp = stamp;
    const measured = measuredTool(this.spec, observation);
    this.#measuredPose = measured.pose;
    this.#reporter.setPose(measured.pose, stamp);
    this.#checkTracking(measured, stamp);
    this.#startRequest(measured, stamp);
    this.#advanceGoal(measured, stamp);
    return guidedChunk(this.#guide, this.#commandedWidth!, this.spec, stamp);
  }

  /** Clears all state; a goal in execution gets no result. */
  reset(): void {
    this.#request = undefined;
    this.#run = undefined;
    this.#guide.clear();
    this.#commandedWidth = undefined;
    this.#previousChunk = undefined;
    this.#poseHistory.clear();
  }

  async close(): Promise<void> {
    this.#reporter.close();
  }

  #queueRequest(request: MotionRequest): void {
    const before = this.#request;
    if (before?.kind === 'goal') {
      this.#reporter.report(before.id, before.goal, request.kind === 'hold' ? 'held' : 'replaced');
    }
    this.#request = request;
  }

  #endMotion(outcome: GoalOutcome): void {
    const waiting = this.#request;
    this.#request = undefined;
    this.#reportEnd(outcome);
    if (waiting?.kind === 'goal') this.#reporter.report(waiting.id, waiting.goal, outcome);
    this.#guide.clear();
  }

  /** Makes an arm that does not follow, or must not move, stay at its present pose. */
  #checkTracking({ pose, width }: MeasuredTool, now: number): void {
    if (!this.#guide.isActive) this.#startMotion(pose, now);
    this.#commandedWidth ??= width;
    if (this.#suspendReason !== undefined) this.#guide.holdAt(pose, now);
    if (this.#guide.isTracked(pose, now)) return;
    this.#reportEnd('blocked');
    this.#guide.holdAt(pose, now);
  }

  #startMotion(pose: Pose, now: number): void {
    const last = this.#previousChunk;
    this.#previousChunk = undefined;
    if (!last || !covers(last, now)) {
      this.#guide.holdAt(pose, now);
      return;
    }
    this.#commandedWidth = commandedWidthAt(last, now) ?? this.#commandedWidth;
    this.#guide.brakeAlongChunk(last, now);
  }

  #startRequest(measured: MeasuredTool, now: number): void {
    const request = this.#request;
    this.#request = undefined;
    if (!request) return;
    if (request.kind === 'goal') this.#startGoal(request.id, request.goal, measured, now);
    else {
      this.#reportEnd('held');
      this.#guide.brake(now);
    }
  }

  #startGoal(id: number, goal: MotionGoal, measured: MeasuredTool, now: number): void {
    const from = this.#startPose(now);
    const before = this.#run;
    this.#reportEnd('replaced');
    if (goal.kind === 'gripper') {
      this.#run = new GripperRun(id, goal, this.#guide, this.#commandedWidth!, measured.width, now);
    } else {
      const plan = this.#plan(goal, from);
      if ('why' in plan) {
        this.#guide.brake(now);
        this.#reporter.report(id, goal, 'refused', { why: plan.why });
        return;
      }
      this.#run = new ToolRun(id, goal, plan, this.#guide, before, now);
    }
    this.#poseHistory.record(id, from);
  }

  /** Pose from which a goal is planned: the commanded one, with the measured orientation where the arm need not follow it. */
  #startPose(now: number): Pose {
    const pose = this.#guide.poseAt(now);
    if (this.#options.task === 'position' && this.#measuredPose) pose.set(this.#measuredPose.subarray(3), 3);
    return pose;
  }

  #plan(goal: Exclude<MotionGoal, { kind: 'gripper' }>, from: Pose): ReturnType<typeof planGoal> {
    const poseAtStart = (id: number) => this.#poseHistory.poseOf(id);
    return planGoal(goal, from, { ...this.#options, limits: this.limits, poseAtStart });
  }

  #advanceGoal(measured: MeasuredTool, now: number): void {
    const ended = this.#run?.advance(measured, now);
    this.#commandedWidth = this.#run?.width ?? this.#commandedWidth;
    if (ended) this.#reportEnd(ended.outcome, ended);
  }

  #reportEnd(outcome: GoalOutcome, { gripped }: Pick<GoalResult, 'gripped'> = {}): void {
    const run = this.#run;
    if (!run) return;
    this.#run = undefined;
    this.#reporter.report(run.id, run.goal, outcome, { gripped, target: run.target });
  }
}
