import { poseDistance } from '@praxis/core';
import type { MotionGoal } from '../dialogue/goal.ts';
import { type GoalRun, isContinuous, isContinuousRenewal, type RunOutcome } from './goal-run.ts';
import type { Plan } from './plan.ts';
import type { ToolGuide } from './tool-guide.ts';
import { isWithin, type MeasuredTool, type ToolPose } from './tool-pose.ts';

/** Distance to the target within which the tool has arrived (m and rad). */
const ARRIVAL_TOLERANCE = {
  pose: { metres: 0.002, radians: 0.01 },
  position: { metres: 0.002, radians: Infinity },
};
/** Time after the end of the commanded motion in which the tool can still arrive (s). */
const SETTLING_TIME_S = 1;

/** Moves the tool along a straight plan, after it has come to rest from the previous goal. */
export class ToolRun implements GoalRun {
  readonly id: number;
  readonly goal: MotionGoal;
  readonly width = undefined;
  readonly #plan: Plan;
  readonly #guide: ToolGuide;
  readonly #deadline: number;
  /** False while the tool still brakes. */
  #hasStarted: boolean;

  /** @param before run that this one replaces; continuous motion that it renews goes on without braking */
  constructor(id: number, goal: MotionGoal, plan: Plan, guide: ToolGuide, before: GoalRun | undefined, now: number) {
    this.id = id;
    this.goal = goal;
    this.#plan = plan;
    this.#guide = guide;
    this.#deadline = now + plan.timeout;
    const moving = before instanceof ToolRun && before.#hasStarted && isContinuousRenewal(before.goal, goal);
    this.#hasStarted = moving && guide.continueStraight(plan, now);
    if (!this.#hasStarted) guide.brake(now);
  }

  get target(): ToolPose {
    return this.#plan.target;
  }

  advance(measured: MeasuredTool, now: number): RunOutcome | undefined {
    const ended = this.#advanceTool(measured, now);
    if (ended || now < this.#deadline) return ended;
    this.#guide.brake(now);
    return { outcome: isContinuous(this.goal) ? 'expired' : 'timed_out' };
  }

  #advanceTool({ pose }: MeasuredTool, now: number): RunOutcome | undefined {
    if (now < this.#guide.end) return undefined;
    if (this.#hasStarted) return this.#checkArrival(pose, now);
    this.#guide.startFromRest(this.#plan, now);
    this.#hasStarted = true;
    return undefined;
  }

  #checkArrival(pose: ToolPose, now: number): RunOutcome | undefined {
    if (isContinuous(this.goal)) return { outcome: this.#plan.clipped ? 'at_edge' : 'expired' };
    if (isWithin(poseDistance(pose, this.target), ARRIVAL_TOLERANCE[this.#plan.task])) return { outcome: 'done' };
    if (now < this.#guide.end + SETTLING_TIME_S) return undefined;
    // Hold at the measured pose, so that the arm does not keep pushing toward a target that it cannot reach.
    this.#guide.holdAt(pose, now);
    return { outcome: 'blocked' };
  }
}
