import type { MotionGoal } from '../dialogue/goal.ts';

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
