import type { JointLimits } from './limits/joint-limits.ts';
import type { Viability } from './limits/viability.ts';
import type { MotionState } from './stop/path-brake.ts';

/** A joint nearer to its command than this (rad) does not set the pace of the other joints, because rounding would. */
const SAME_POSITION_RAD = 1e-9;
/** Distance (rad) by which rounding may carry a joint past its command. */
const OVERSHOOT_TOLERANCE_RAD = 1e-12;

/**
 * The next output while the stages change it: joint velocities within the bounds that the limits leave for this period.
 * The bounds are computed when the first stage changes something.
 */
export class Candidate {
  /** Velocities over the next period (rad/s). */
  readonly velocity: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly #limits: JointLimits;
  readonly #viability: Viability;
  readonly #period: number;
  readonly #state: MotionState;
  readonly #wanted: Float64Array;
  #bounded = false;
  #exact = true;

  constructor(limits: JointLimits, viability: Viability, state: MotionState, period: number) {
    const n = limits.velocity.length;
    this.#limits = limits;
    this.#viability = viability;
    this.#state = state;
    this.#period = period;
    this.velocity = new Float64Array(n);
    this.low = new Float64Array(n);
    this.high = new Float64Array(n);
    this.#wanted = new Float64Array(n);
  }

  /** True while the output equals the command. */
  get exact(): boolean {
    return this.#exact;
  }

  /** Starts from the command (rad). */
  begin(command: ArrayLike<number>): void {
    this.#bounded = false;
    this.#exact = true;
    for (let i = 0; i < this.velocity.length; i++) {
      this.velocity[i] = (command[i] - this.#state.position[i]) / this.#period;
    }
  }

  /** Next acceleration of joint `i` (rad/s^2). */
  accelerationOf(i: number): number {
    return (this.velocity[i] - this.#state.velocity[i]) / this.#period;
  }

  /** @returns the first joint whose command its limits do not admit, or -1 */
  firstInadmissible(command: ArrayLike<number>): number {
    const { acceleration } = this.#state;
    for (let i = 0; i < this.velocity.length; i++) {
      if (!this.#viability.admits(i, command[i], this.velocity[i], this.accelerationOf(i), acceleration[i])) return i;
    }
    return -1;
  }

  /**
   * Finds a joint that approaches its command too fast to stop there. An output that left its commands rejoins them
   * only where it can continue with them, because it would oscillate about them otherwise.
   * @param target velocity of the command (rad/s)
   * @returns the first such joint, or -1
   */
  firstOvershooting(target: Float64Array): number {
    for (let i = 0; i < this.velocity.length; i++) {
      const profile = this.#viability.profiles[i];
      const beyond = profile.distance(this.velocity[i] - target[i], this.accelerationOf(i));
      if (Math.abs(beyond) > OVERSHOOT_TOLERANCE_RAD) return i;
    }
    return -1;
  }

  /**
   * Moves towards a command that the limits do not admit: straight towards it if all joints can, else each joint as
   * soon as it can. A joint passes its command only if it must.
   * @param target velocity of the command (rad/s)
   */
  approach(command: ArrayLike<number>, target: Float64Array, clamp: 'along_path' | 'per_joint'): void {
    this.#change();
    const { position, velocity } = this.#state;
    const period = this.#period;
    let least = 0;
    let most = 1 / period;
    for (let i = 0; i < this.velocity.length; i++) {
      const low = (this.low[i] - velocity[i]) / period;
      const high = (this.high[i] - velocity[i]) / period;
      const travel = command[i] - position[i];
      const behind = target[i] * period - travel;
      const next = this.#viability.approach(i, behind, velocity[i] - target[i], low, high);
      this.#wanted[i] = velocity[i] + period * next;
      if (Math.abs(travel) < SAME_POSITION_RAD) continue;
      least = Math.max(least, (travel > 0 ? this.low[i] : this.high[i]) / travel);
      most = Math.min(most, this.#wanted[i] / travel);
    }
    const straight = clamp === 'along_path' && least <= most;
    for (let i = 0; i < this.velocity.length; i++) {
      this.#set(i, straight ? most * (command[i] - position[i]) : this.#wanted[i]);
    }
  }

  /** Sets the velocities to a share of `from` (rad/s), as far as the limits allow. */
  scale(from: Float64Array, share: number): void {
    this.#change();
    for (let i = 0; i < this.velocity.length; i++) this.#set(i, from[i] * share);
  }

  /** Sets the velocities (rad/s), as far as the limits allow. */
  setVelocity(velocity: Float64Array): void {
    this.scale(velocity, 1);
  }

  /**
   * Lets no joint move faster than its command by more than a share of its limit. It is for an arm far behind its command,
   * which would otherwise catch up as fast as it can.
   * @param target velocity of the command (rad/s)
   */
  limitCatchingUp(target: Float64Array, share: number): void {
    this.#change();
    for (let i = 0; i < this.velocity.length; i++) {
      const most = Math.abs(target[i]) + share * this.#limits.velocity[i];
      this.#set(i, Math.min(Math.max(this.velocity[i], -most), most));
    }
  }

  /** Computes the bounds of the velocities without changing the motion. */
  computeBounds(): void {
    if (this.#bounded) return;
    this.#bounded = true;
    const { position, velocity, acceleration } = this.#state;
    const period = this.#period;
    for (let i = 0; i < this.velocity.length; i++) {
      const v = velocity[i];
      this.low[i] = v + period * this.#viability.lowest(i, position[i], v, acceleration[i]);
      this.high[i] = v + period * this.#viability.highest(i, position[i], v, acceleration[i]);
    }
  }

  /**
   * Moves a state (the arm's or a copy) to the output. The output has the command's exact bits while no stage has
   * changed it.
   */
  commit(command: ArrayLike<number>, state: MotionState): void {
    const { lower, upper } = this.#limits;
    for (let i = 0; i < this.velocity.length; i++) {
      // This cuts only rounding errors.
      const next = state.position[i] + this.#period * this.velocity[i];
      const position = this.#exact ? command[i] : Math.min(Math.max(next, lower[i]), upper[i]);
      state.move(i, position, this.#period);
    }
  }

  #set(i: number, velocity: number): void {
    this.velocity[i] = Math.min(Math.max(velocity, this.low[i]), this.high[i]);
  }

  #change(): void {
    this.computeBounds();
    this.#exact = false;
  }
}

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

  reset(): void {
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
