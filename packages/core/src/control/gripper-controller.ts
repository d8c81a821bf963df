import type { ControlState } from './target-follower.ts';

/** Limits of a {@link GripperController}. */
export interface GripperControllerOptions {
  /** Speed of the gripper (m/s). Default 0.1. */
  readonly gripperSpeed?: number;
  /** Range of the gripper width (m). Default 0..0.08. */
  readonly gripperRange?: readonly [number, number];
}

/** Moves the width of a gripper to its target at a bounded speed. */
export class GripperController {
  /** Commanded distance between the fingers (m). */
  width = 0;
  readonly #target: Float64Array | undefined;
  readonly #speed: number;
  readonly #range: readonly [number, number];

  /** @param target one number, the wanted width (m); undefined keeps the measured width */
  constructor(
    target: Float64Array | undefined,
    { gripperSpeed = 0.1, gripperRange = [0, 0.08] }: GripperControllerOptions,
  ) {
    this.#target = target;
    this.#speed = gripperSpeed;
    this.#range = gripperRange;
  }

  /** Starts at a measured width (m). */
  reset(width: number): void {
    this.width = width;
    this.#target?.fill(width);
  }

  /** Computes one control period of `dt` seconds. */
  move(state: ControlState, dt: number): void {
    if (!this.#target || state === 'holding' || state === 'waiting') return;
    const [narrow, wide] = this.#range;
    const wanted = Math.min(Math.max(this.#target[0], narrow), wide);
    const step = this.#speed * dt;
    this.width += Math.min(Math.max(wanted - this.width, -step), step);
  }
}
