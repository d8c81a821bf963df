import type { JointLimits } from './limits/joint-limits.ts';
import type { Viability } from './limits/viability.ts';
import type { MotionState } from './stop/motion-state.ts';

/** A joint nearer to its command than this (rad) does not say how fast the others go there: rounding would. */
const SAME_POSITION_RAD = 1e-9;
/** How far (rad) a joint may go past its command by rounding. */
const OVERSHOOT_TOLERANCE_RAD = 1e-12;

/**
 * The next output while the stages work on it: velocities within the box that the joints' limits leave for this period.
 * The box is made when the first stage wants to change something.
 */
export class Candidate {
  /** Velocities over the next period, rad/s. */
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

  /** True while the output is the command itself. */
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

  /** Joint `i`'s next acceleration (rad/s^2). */
  accelerationOf(i: number): number {
    return (this.velocity[i] - this.#state.velocity[i]) / this.#period;
  }

  /** The joint that may not go where it is told, or -1. */
  firstInadmissible(command: ArrayLike<number>): number {
    const { acceleration } = this.#state;
    for (let i = 0; i < this.velocity.length; i++) {
      if (!this.#viability.admits(i, command[i], this.velocity[i], this.accelerationOf(i), acceleration[i])) return i;
    }
    return -1;
  }

  /**
   * The joint that would go past its command because it comes there too fast, or -1. An output that had to leave its
   * commands takes them up again where it can go on with them, or it would swing about them.
   * @param target velocity of the command (rad/s)
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
   * Goes towards a command that cannot be reached within the limits: straight towards it where all joints can, else each
   * joint as soon as it can; no joint passes its command unless it must.
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
      const way = command[i] - position[i];
      const behind = target[i] * period - way;
      const next = this.#viability.approach(i, behind, velocity[i] - target[i], low, high);
      this.#wanted[i] = velocity[i] + period * next;
      if (Math.abs(way) < SAME_POSITION_RAD) continue;
      least = Math.max(least, (way > 0 ? this.low[i] : this.high[i]) / way);
      most = Math.min(most, this.#wanted[i] / way);
    }
    const straight = clamp === 'along_path' && least <= most;
    for (let i = 0; i < this.velocity.length; i++) {
      this.#set(i, straight ? most * (command[i] - position[i]) : this.#wanted[i]);
    }
  }

  /** Goes on at a share of this motion, as far as the limits let it. @param from the motion to share (rad/s) */
  scale(from: Float64Array, share: number): void {
    this.#change();
    for (let i = 0; i < this.velocity.length; i++) this.#set(i, from[i] * share);
  }

  /** Takes these velocities (rad/s), as far as the limits let it. */
  setVelocity(velocity: Float64Array): void {
    this.scale(velocity, 1);
  }

  /** Makes the box without changing the motion. */
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

  /** Moves a state (the arm's, or a copy) to the output: the command's own bits while no stage has changed it. */
  commit(command: ArrayLike<number>, state: MotionState): void {
    const { lower, upper } = this.#limits;
    for (let i = 0; i < this.velocity.length; i++) {
      // Only what rounding adds is cut.
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
