import { Random } from '@praxis/core';
import type { JointLimits } from '../filter/limits/joint-limits.ts';

export const BEHAVIOURS = [
  'limits',
  'steps',
  'walk',
  'bang',
  'sine',
  'edge',
  'garbage',
  'far',
  'still',
  'slow',
] as const;
type Behaviour = (typeof BEHAVIOURS)[number];

/** Generates commands that try to move an arm past its limits, with a behaviour that changes from time to time. */
export class Adversary {
  /** The last command (rad, m). The object is reused. */
  readonly command: { readonly position: Float64Array; gripperWidth: number };
  readonly #random: Random;
  readonly #limits: JointLimits;
  readonly #period: number;
  readonly #goal: Float64Array;
  readonly #speed: Float64Array;
  #behaviour: Behaviour = 'walk';
  #left = 0;

  /** @param period time between two commands (s) */
  constructor(limits: JointLimits, period: number, seed: number) {
    const n = limits.lower.length;
    this.#random = new Random(seed);
    this.#limits = limits;
    this.#period = period;
    this.#goal = new Float64Array(n);
    this.#speed = new Float64Array(n);
    this.command = { position: new Float64Array(n), gripperWidth: 0.04 };
  }

  /** The present behaviour, for messages of a failed test. */
  get behaviour(): Behaviour {
    return this.#behaviour;
  }

  /** The next command for an output at `position` (rad) with `velocity` (rad/s). The object is reused. */
  next(position: Float64Array, velocity: Float64Array): { readonly position: Float64Array; gripperWidth: number } {
    if (this.#left-- <= 0) this.#change(position);
    const { command } = this;
    for (let i = 0; i < position.length; i++) command.position[i] = this.#joint(i, position[i], velocity[i]);
    command.gripperWidth = this.#random.uniform(-0.05, 0.15);
    if (this.#behaviour === 'garbage' && this.#random.uniform(0, 1) < 0.3) {
      const values = [Number.NaN, Number.POSITIVE_INFINITY, -1e300, 1e9, Number.NEGATIVE_INFINITY, 5e-324];
      command.position[this.#random.integer(position.length)] = values[this.#random.integer(values.length)];
    }
    return command;
  }

  #change(position: Float64Array): void {
    const random = this.#random;
    this.#behaviour = BEHAVIOURS[random.integer(BEHAVIOURS.length)];
    this.#left = 1 + random.integer(random.uniform(0, 1) < 0.3 ? 8 : 400);
    const { lower, upper, velocity } = this.#limits;
    for (let i = 0; i < position.length; i++) {
      const low = Math.max(lower[i], -4);
      const high = Math.min(upper[i], 4);
      const side = random.uniform(0, 1);
      if (this.#behaviour === 'limits')
        this.#goal[i] = side < 0.45 ? low : side < 0.9 ? high : random.uniform(low, high);
      else if (this.#behaviour === 'far') this.#goal[i] = random.uniform(-20, 20);
      else this.#goal[i] = random.uniform(low - 0.2, high + 0.2);
      this.#speed[i] = (side < 0.5 ? -1 : 1) * random.uniform(0, 1.3) * velocity[i];
    }
  }

  #joint(i: number, q: number, v: number): number {
    const random = this.#random;
    const { lower, upper, velocity, acceleration, jerk } = this.#limits;
    const t = this.#period;
    switch (this.#behaviour) {
      case 'limits':
      case 'far':
        return this.#goal[i];
      case 'steps':
        return q + random.uniform(-0.05, 0.05);
      case 'walk':
        return q + v * t + random.uniform(-1, 1) * jerk[i] * t * t * t;
      case 'bang':
        return q + (v + (random.uniform(0, 1) < 0.5 ? -1 : 1) * acceleration[i] * t) * t;
      case 'sine':
        return q + this.#speed[i] * t;
      case 'edge': {
        const room = random.uniform(0, 1) * 1e-6;
        return this.#speed[i] > 0 ? upper[i] - room : lower[i] + room;
      }
      case 'garbage':
        return q + random.uniform(-3, 3) * velocity[i] * t;
      case 'still':
        return q;
      case 'slow':
        return q + Math.sign(this.#goal[i] - q) * Math.min(Math.abs(this.#goal[i] - q), 0.3 * velocity[i] * t);
    }
  }
}
