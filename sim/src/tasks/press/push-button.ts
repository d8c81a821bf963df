import type { Mechanism, PartJoints } from '../mechanism.ts';
import { type ButtonSpring, buttonForce, SNAP_DEPTH_M } from './button-spring.ts';

/** A button that moved at least this far was pressed on purpose (m). */
const PRESSED_M = 0.001;
/** A button that is closer to rest than this is released (m). */
const RELEASED_M = 0.0004;

/** One button with its snap, and what happened to it. */
export class PushButton implements Mechanism {
  readonly name: string;
  readonly spring: ButtonSpring;
  #clicked = false;
  #pressed = false;
  #position = 0;
  #largestForce = 0;

  /** @param name name of the sliding part */
  constructor(name: string, spring: ButtonSpring) {
    this.name = name;
    this.spring = spring;
  }

  /** True once the cap snapped past the detent. */
  get clicked(): boolean {
    return this.#clicked;
  }

  /** True once the cap was moved on purpose. */
  get pressed(): boolean {
    return this.#pressed;
  }

  /** True while the cap is at rest. */
  get released(): boolean {
    return this.#position < RELEASED_M;
  }

  /** Largest force on the cap beyond that of the detent (N); 0 while there was none. */
  get excessForce(): number {
    return Math.max(0, this.#largestForce - this.spring.peakForce);
  }

  /** Forgets what happened so far. */
  forget(): void {
    this.#clicked = false;
    this.#pressed = false;
    this.#largestForce = 0;
  }

  /** Pushes the cap back. */
  advance(joints: PartJoints): void {
    const position = joints.position(this.name);
    const force = buttonForce(this.spring, position);
    joints.push(this.name, -force);
    this.#position = position;
    this.#largestForce = Math.max(this.#largestForce, force);
    if (position > PRESSED_M) this.#pressed = true;
    if (position > this.spring.travel + SNAP_DEPTH_M) this.#clicked = true;
  }
}
