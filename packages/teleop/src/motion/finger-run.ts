import type { MotionGoal } from '../dialogue/goal.ts';
import type { Ended, GoalRun } from './goal-run.ts';
import { GripperMotion } from './gripper-motion.ts';
import type { ToolGuide } from './tool-guide.ts';
import type { MeasuredTool } from './tool-pose.ts';

/** Fingers that have not come to anything after this long (s) do not. */
const GRIPPER_TIME = 4;

/** Opens or closes the fingers while the tool comes to rest. */
export class FingerRun implements GoalRun {
  readonly id: number;
  readonly goal: Extract<MotionGoal, { kind: 'gripper' }>;
  readonly target = undefined;
  readonly #guide: ToolGuide;
  readonly #motion: GripperMotion;
  readonly #deadline: number;
  #width: number;

  /** @param told width (m) that the fingers are told now @param measured the one that they have */
  constructor(
    id: number,
    goal: Extract<MotionGoal, { kind: 'gripper' }>,
    guide: ToolGuide,
    told: number,
    measured: number,
    now: number,
  ) {
    this.id = id;
    this.goal = goal;
    this.#guide = guide;
    this.#motion = new GripperMotion(goal, told, measured, now);
    this.#deadline = now + GRIPPER_TIME;
    this.#width = told;
    guide.brake(now);
  }

  get width(): number {
    return this.#width;
  }

  advance({ width }: MeasuredTool, now: number): Ended | undefined {
    this.#width = this.#motion.update(width, now);
    switch (this.#motion.state(width, now)) {
      case 'arrived':
        return { outcome: 'done' };
      case 'gripped':
        return { outcome: 'done', gripped: width };
      case 'stuck':
        return { outcome: 'blocked' };
      case 'moving':
    }
    if (now < this.#deadline) return undefined;
    this.#guide.brake(now);
    return { outcome: 'timed_out' };
  }
}
