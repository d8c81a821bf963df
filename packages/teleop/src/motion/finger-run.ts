import type { MotionGoal } from '../dialogue/goal.ts';
import type { Ended, GoalRun } from './goal-run.ts';
import type { ToolGuide } from './tool-guide.ts';
import type { MeasuredTool } from './tool-pose.ts';

/** Told this far (m) beyond what is between them, the fingers press with their whole force. */
const FULL_SQUEEZE = 0.04;
/** Fingers within this (m) of their goal are there. */
const ARRIVED = 0.003;
/** Fingers that moved by less than this (m) for so long (s) stand. */
const STILL = { metres: 0.001, time: 0.4 };

/**
 * Opens or closes the fingers. A command is a width, and what a position servo presses with is how far it is told beyond
 * what is in its way: closing, it is never told more than its effort's share of {@link FULL_SQUEEZE} ahead of the fingers.
 */
export class GripperMotion {
  readonly #goal: Extract<MotionGoal, { kind: 'gripper' }>;
  readonly #closing: boolean;
  #told: number;
  #moved: { readonly width: number; readonly time: number };

  /** @param told width (m) that the fingers are told now */
  constructor(goal: Extract<MotionGoal, { kind: 'gripper' }>, told: number, measured: number, now: number) {
    this.#goal = goal;
    this.#closing = goal.width < measured;
    // Fingers that hold something press with the new effort from now on.
    this.#told = this.#closing ? Math.max(told, measured) : told;
    this.#moved = { width: measured, time: now };
  }

  /** @returns the width (m) to be told from now on */
  update(measured: number, now: number): number {
    if (Math.abs(measured - this.#moved.width) > STILL.metres) this.#moved = { width: measured, time: now };
    const { width, effort } = this.#goal;
    // Never wider again: what it holds may be pulled, and would be let go.
    this.#told = this.#closing ? Math.min(this.#told, Math.max(width, measured - effort * FULL_SQUEEZE)) : width;
    return this.#told;
  }

  /** After {@link update}. */
  state(measured: number, now: number): 'moving' | 'arrived' | 'gripped' | 'stuck' {
    if (Math.abs(measured - this.#goal.width) <= ARRIVED) return 'arrived';
    if (now - this.#moved.time < STILL.time) return 'moving';
    return this.#closing ? 'gripped' : 'stuck';
  }
}

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
