/** The connection to the controller of an arm. Write one for your hardware: a socket, a serial line, a vendor's library. */
export interface ArmDriver {
  /** Names of the joints, in the order of all positions. */
  readonly joints: readonly string[];
  /** Calls back at 500 Hz with measured positions (rad) and velocities (rad/s). */
  onState(listener: (position: Float64Array, velocity: Float64Array) => void): void;
  /** Sets the target (rad), which the controller holds until the next one. */
  sendTarget(position: Float64Array): void;
  /** Stops the arm where it is. */
  stop(): void;
}

/** Time in which a joint covers 63 % of the way to its target (s). */
const TIME_CONSTANT_S = 0.03;

/** Stands in for hardware, so that this example runs anywhere: each joint approaches its target exponentially. */
export class ImitatedDriver implements ArmDriver {
  readonly joints = ['axis1', 'axis2', 'axis3', 'axis4', 'axis5', 'axis6'];
  readonly #position = Float64Array.of(0, 0.4, 1.2, 0, 1.5, 0);
  readonly #target = this.#position.slice();
  #listener: (position: Float64Array, velocity: Float64Array) => void = () => {};

  onState(listener: (position: Float64Array, velocity: Float64Array) => void): void {
    this.#listener = listener;
  }

  sendTarget(position: Float64Array): void {
    this.#target.set(position);
  }

  stop(): void {
    this.#target.set(this.#position);
  }

  /** Advances the imitated arm. @param seconds duration of the step (s) */
  step(seconds: number): void {
    const share = Math.min(1, seconds / TIME_CONSTANT_S);
    const velocity = this.#position.map((q, i) => ((this.#target[i] - q) * share) / seconds);
    velocity.forEach((v, i) => {
      this.#position[i] += v * seconds;
    });
    this.#listener(this.#position.slice(), velocity);
  }
}
