import type { MotionGoal } from '../dialogue/goal.ts';
import type { GoalRun, RunOutcome } from './goal-run.ts';
import type { ToolGuide } from './tool-guide.ts';
import type { MeasuredTool } from './tool-pose.ts';

/** Commanded width below the measured width at which the fingers press with full force (m). */
const FULL_FORCE_OFFSET_M = 0.04;
/** Distance to the commanded width within which the fingers have arrived (m). */
const WIDTH_TOLERANCE_M = 0.003;
/** Fingers stand still when they move by at most `metres` (m) during `time` (s). */
const STANDSTILL_LIMITS = { metres: 0.001, time: 0.4 };
/**
 * Fingers that open are stuck after this time without motion (s): they move only once the command, which was up to
 * {@link FULL_FORCE_OFFSET_M} ahead of them, is back where they are.
 */
const OPENING_STANDSTILL_S = 1;

/**
 * Computes the width commands that open or close the fingers. A position servo presses in proportion to the distance between
 * its command and an obstacle. A closing command therefore stays within the effort's share of {@link FULL_FORCE_OFFSET_M}
 * ahead of the fingers.
 */
export class GripperMotion {
  readonly #goal: Extract<MotionGoal, { kind: 'gripper' }>;
  readonly #closing: boolean;
  #commandedWidth: number;
  #lastMovement: { readonly width: number; readonly time: number };

  /**
   * @param commandedWidth commanded distance between the fingers at the start (m)
   * @param measured measured distance at the start (m)
   * @param now time of the start (s)
   */
  constructor(goal: Extract<MotionGoal, { kind: 'gripper' }>, commandedWidth: number, measured: number, now: number) {
    this.#goal = goal;
    this.#closing = goal.width < measured;
    // Fingers that already hold an object press with the new effort at once.
    this.#commandedWidth = this.#closing ? Math.max(commandedWidth, measured) : commandedWidth;
    this.#lastMovement = { width: measured, time: now };
  }

  /** @returns the width to command from now on (m) */
  commandWidth(measured: number, now: number): number {
    if (Math.abs(measured - this.#lastMovement.width) > STANDSTILL_LIMITS.metres)
      this.#lastMovement = { width: measured, time: now };
    const { width, effort } = this.#goal;
    // The command never widens: an object that is pulled would be released.
    this.#commandedWidth = this.#closing
      ? Math.min(this.#commandedWidth, Math.max(width, measured - effort * FULL_FORCE_OFFSET_M))
      : width;
    return this.#commandedWidth;
  }

  /** State of the fingers; call it after {@link commandWidth} with the same arguments. */
  state(measured: number, now: number): 'moving' | 'arrived' | 'gripped' | 'stuck' {
    if (Math.abs(measured - this.#goal.width) <= WIDTH_TOLERANCE_M) return 'arrived';
    const patience = this.#closing ? STANDSTILL_LIMITS.time : OPENING_STANDSTILL_S;
    if (now - this.#lastMovement.time < patience) return 'moving';
    return this.#closing ? 'gripped' : 'stuck';
  }
}

/** Time after which a gripper goal is given up (s). */
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

  /** @param commandedWidth commanded distance between the fingers at the start (m) @param measured measured distance (m) */
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
