/**
 * Motion of the output: velocity and acceleration are finite differences of the positions sent (rad, rad/s, rad/s^2).
 */
export class MotionState {
  readonly position: Float64Array;
  readonly velocity: Float64Array;
  readonly acceleration: Float64Array;

  constructor(joints: number) {
    this.position = new Float64Array(joints);
    this.velocity = new Float64Array(joints);
    this.acceleration = new Float64Array(joints);
  }

  /** Sets the state to rest at `position` (rad). */
  rest(position: ArrayLike<number>): void {
    for (let i = 0; i < this.position.length; i++) this.position[i] = position[i];
    this.velocity.fill(0);
    this.acceleration.fill(0);
  }

  copy(from: MotionState): void {
    this.position.set(from.position);
    this.velocity.set(from.velocity);
    this.acceleration.set(from.acceleration);
  }

  /** Moves joint `i` to `position` (rad) within `period` (s). */
  move(i: number, position: number, period: number): void {
    const velocity = (position - this.position[i]) / period;
    this.acceleration[i] = (velocity - this.velocity[i]) / period;
    this.velocity[i] = velocity;
    this.position[i] = position;
  }

  get standing(): boolean {
    for (let i = 0; i < this.velocity.length; i++) if (this.velocity[i] !== 0) return false;
    return true;
  }
}
