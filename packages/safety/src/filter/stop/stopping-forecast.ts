import type { Kinematics } from '@praxis/core';
import type { PathBrake } from './path-brake.ts';
import { MotionState } from './path-brake.ts';

/** Estimated time and travel of a stop that begins now. */
export interface StoppingEstimate {
  /** Time until the arm stands (s). */
  readonly time: number;
  /** Longest remaining travel of a joint (rad). */
  readonly jointDistance: number;
  /** Remaining travel of the tool (m). */
  readonly toolDistance: number;
}

/** Longest stop of a robot (s). */
const MAX_STOP_S = 20;

/** Estimates a stop by stopping a copy of the motion. It returns the same object each time. */
export class StoppingForecast {
  readonly #kinematics: Kinematics;
  readonly #order: Int32Array;
  readonly #period: number;
  readonly #state: MotionState;
  readonly #joints: Float64Array;
  readonly #travel: Float64Array;
  readonly #tool = new Float64Array(7);
  readonly #last = new Float64Array(7);
  readonly #estimate = { time: 0, jointDistance: 0, toolDistance: 0 };

  /**
   * @param order index in the motion of each joint of the kinematics
   * @param period time between two outputs (s)
   */
  constructor(kinematics: Kinematics, order: Int32Array, period: number) {
    this.#kinematics = kinematics;
    this.#order = order;
    this.#period = period;
    this.#state = new MotionState(order.length);
    this.#joints = new Float64Array(order.length);
    this.#travel = new Float64Array(order.length);
  }

  estimate(motion: MotionState, brake: PathBrake): StoppingEstimate {
    const estimate = this.#estimate;
    this.#state.copy(motion);
    this.#travel.fill(0);
    estimate.time = 0;
    estimate.jointDistance = 0;
    estimate.toolDistance = 0;
    this.#placeTool();
    const most = MAX_STOP_S / this.#period;
    for (let k = 1; k <= most && !this.#state.standing; k++) {
      brake.step(this.#state);
      estimate.time = k * this.#period;
      this.#last.set(this.#tool);
      this.#placeTool();
      estimate.toolDistance += this.#toolStep();
      estimate.jointDistance = Math.max(estimate.jointDistance, this.#longestTravel());
    }
    return estimate;
  }

  #longestTravel(): number {
    let longest = 0;
    for (let i = 0; i < this.#travel.length; i++) {
      this.#travel[i] += Math.abs(this.#state.velocity[i]) * this.#period;
      longest = Math.max(longest, this.#travel[i]);
    }
    return longest;
  }

  #placeTool(): void {
    for (let i = 0; i < this.#order.length; i++) this.#joints[i] = this.#state.position[this.#order[i]];
    this.#kinematics.forward(this.#joints, this.#tool);
  }

  #toolStep(): number {
    const x = this.#tool[0] - this.#last[0];
    const y = this.#tool[1] - this.#last[1];
    const z = this.#tool[2] - this.#last[2];
    return Math.sqrt(x * x + y * y + z * z);
  }
}
