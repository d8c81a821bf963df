import type { JointLimits } from './limits/joint-limits.ts';

/** Velocity from each command to the next; 0 where the commands jump, because a jump has no meaningful velocity. */
export class TargetVelocity {
  /** Velocity of the commands (rad/s). */
  readonly velocity: Float64Array;
  readonly #last: Float64Array;
  readonly #limit: Float64Array;
  readonly #period: number;
  #known = false;

  constructor({ velocity }: JointLimits, period: number) {
    this.velocity = new Float64Array(velocity.length);
    this.#last = new Float64Array(velocity.length);
    this.#limit = velocity;
    this.#period = period;
  }

  forget(): void {
    this.#known = false;
    this.velocity.fill(0);
  }

  observe(command: ArrayLike<number>): void {
    for (let i = 0; i < this.velocity.length; i++) {
      const velocity = (command[i] - this.#last[i]) / this.#period;
      this.velocity[i] = this.#known && Math.abs(velocity) <= this.#limit[i] ? velocity : 0;
      this.#last[i] = command[i];
    }
    this.#known = true;
  }
}
