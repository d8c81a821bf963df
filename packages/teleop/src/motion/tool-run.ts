import { poseDistance } from '@praxis/core';
import type { MotionGoal } from '../dialogue/goal.ts';
import { type Ended, type GoalRun, isRenewed, isTold } from './goal-run.ts';
import type { Plan } from './plan.ts';
import type { ToolGuide } from './tool-guide.ts';
import { type MeasuredTool, type ToolPose, within } from './tool-pose.ts';

/** Near enough to be there. */
const ARRIVED = { metres: 0.002, radians: 0.01 };
/** A tool that is not there so long (s) after its way has ended does not get there. */
const SETTLING = 1;

/** Takes the tool somewhere, straight, once it has come to rest from what it did before. */
export class ToolRun implements GoalRun {
  readonly id: number;
  readonly goal: MotionGoal;
  readonly width = undefined;
  readonly #plan: Plan;
  readonly #guide: ToolGuide;
  readonly #deadline: number;
  /** False while the tool still brakes. */
  #departed: boolean;

  /** @param before what was under way until now: the same motion once more goes on without braking */
  constructor(id: number, goal: MotionGoal, plan: Plan, guide: ToolGuide, before: GoalRun | undefined, now: number) {
    this.id = id;
    this.goal = goal;
    this.#plan = plan;
    this.#guide = guide;
    this.#deadline = now + plan.timeout;
    const moving = before instanceof ToolRun && before.#departed && isRenewed(before.goal, goal);
    this.#departed = moving && guide.goOn(plan, now);
    if (!this.#departed) guide.brake(now);
  }

  get target(): ToolPose {
    return this.#plan.target;
  }

  advance(measured: MeasuredTool, now: number): Ended | undefined {
    const ended = this.#goOn(measured, now);
    if (ended || now < this.#deadline) return ended;
    this.#guide.brake(now);
    return { outcome: isTold(this.goal) ? 'expired' : 'timed_out' };
  }

  #goOn({ pose }: MeasuredTool, now: number): Ended | undefined {
    if (now < this.#guide.end) return undefined;
    if (this.#departed) return this.#arrived(pose, now);
    this.#guide.depart(this.#plan, now);
    this.#departed = true;
    return undefined;
  }

  #arrived(pose: ToolPose, now: number): Ended | undefined {
    if (isTold(this.goal)) return { outcome: this.#plan.clipped ? 'at_edge' : 'expired' };
    if (within(poseDistance(pose, this.target), ARRIVED)) return { outcome: 'done' };
    if (now < this.#guide.end + SETTLING) return undefined;
    // What it does not reach it does not go on pushing for.
    this.#guide.stand(pose, now);
    return { outcome: 'blocked' };
  }
}
