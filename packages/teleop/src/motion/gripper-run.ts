import type { MotionGoal } from '../dialogue/goal.ts';
import type { GoalRun, RunOutcome } from './goal-run.ts';
import type { ToolGuide } from './tool-guide.ts';
import type { MeasuredTool } from './tool-pose.ts';

/** Told this far (m) beyond what is between them, the fingers press with their whole force. */
const FULL_FORCE_OFFSET_M = 0.04;
/** Fingers within this (m) of their goal are there. */
const WIDTH_TOLERANCE_M = 0.003;
/** Fingers that moved by less than this (m) for so long (s) stand. */
const STANDSTILL_LIMITS = { metres: 0.001, time: 0.4 };

/**
 * Opens or closes the fingers. A command is a width, and what a position servo presses with is how far it is told beyond
 * what is in its way: closing, it is never told more than its effort's share of {@link FULL_FORCE_OFFSET_M} ahead of the fingers.
 */
export class GripperMotion {
  readonly #goal: Extract<MotionGoal, { kind: 'gripper' }>;
  readonly #closing: boolean;
  #commandedWidth: number;
  #lastMovement: { readonly width: number; readonly time: number };

  /** @param commandedWidth width (m) that the fingers are told now */
  constructor(goal: Extract<MotionGoal, { kind: 'gripper' }>, commandedWidth: number, measured: number, now: number) {
    this.#goal = goal;
    this.#closing = goal.width < measured;
    // Fingers that hold something press with the new effort from now on.
    this.#commandedWidth = this.#closing ? Math.max(commandedWidth, measured) : commandedWidth;
    this.#lastMovement = { width: measured, time: now };
  }

  /** @returns the width (m) to be told from now on */
  commandWidth(measured: number, now: number): number {
    if (Math.abs(measured - this.#lastMovement.width) > STANDSTILL_LIMITS.metres)
      this.#lastMovement = { width: measured, time: now };
    const { width, effort } = this.#goal;
    // Never wider again: what it holds may be pulled, and would be let go.
    this.#commandedWidth = this.#closing
      ? Math.min(this.#commandedWidth, Math.max(width, measured - effort * FULL_FORCE_OFFSET_M))
      : width;
    return this.#commandedWidth;
  }

  /** After {@link commandWidth}. */
  state(measured: number, now: number): 'moving' | 'arrived' | 'gripped' | 'stuck' {
    if (Math.abs(measured - this.#goal.width) <= WIDTH_TOLERANCE_M) return 'arrived';
    if (now - this.#lastMovement.time < STANDSTILL_LIMITS.time) return 'moving';
    return this.#closing ? 'gripped' : 'stuck';
  }
}

/** Fingers that have not come to anything after this long (s) do not. */
const GRIPPER_TIMEOUT_S = 4;

/** Opens or closes the fingers while the tool comes to rest. */
export class GripperRun implements GoalRun {
  readonly id: number;
  readonly goal: Extract<MotionGoal, { kind: 'gripper' }>;
  readonly target = undefined;
  readonly #guide: ToolGuide;
  readonly #motion: GripperMotion;
  readonly #deadline: number;
  #commandedWidth: number;

  /** @param commandedWidth width (m) that the fingers are told now @param measured the one that they have */
  constructor(
    id: number,
    goal: Extract<MotionGoal, { kind: 'gripper' }>,
    guide: ToolGuide,
    commandedWidth: number,
    measured: number,
    now: number,
  ) {
    this.id = id;
    this.goal = goal;
    this.#guide = guide;
    this.#motion = new GripperMotion(goal, commandedWidth, measured, now);
    this.#deadline = now + GRIPPER_TIMEOUT_S;
    this.#commandedWidth = commandedWidth;
    guide.brake(now);
  }

  get width(): number {
    return this.#commandedWidth;
  }

  advance({ width }: MeasuredTool, now: number): RunOutcome | undefined {
    this.#commandedWidth = this.#motion.commandWidth(width, now);
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
