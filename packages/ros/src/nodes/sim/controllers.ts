import { mix } from '@praxis/core';
import { type JointTrajectoryMessage, MessageError, secondsOf } from '@praxis/wire';

/** s. */
const LOOK_AHEAD_S = 0.02;

/**
 * Joint targets as the controllers of ros2_control would have them: `forward_command_controller` hands a target to the drives,
 * which go there within a short look-ahead, as drives that take targets over a network do; `joint_trajectory_controller` goes to the points of a trajectory in time, in straight lines.
 */
export class JointTargets {
  readonly #names: readonly string[];
  /** rad. */
  readonly position: Float64Array;
  #points: readonly { readonly time: number; readonly position: Float64Array }[] = [];
  #from: { readonly time: number; readonly position: Float64Array } | undefined;

  constructor(names: readonly string[], start: Float64Array) {
    this.#names = names;
    this.position = start.slice();
  }

  /** @throws {MessageError} when it has not a finite number for each joint. */
  forward(data: Float64Array, now: number): void {
    if (data.length !== this.#names.length) {
      throw new MessageError(
        `commands: ${data.length} numbers, expected ${this.#names.length}: ${this.#names.join(', ')}`,
      );
    }
    const wrong = data.findIndex((value) => !Number.isFinite(value));
    if (wrong >= 0) throw new MessageError(`commands: ${this.#names[wrong]} is ${data[wrong]}`);
    this.#setPoints([{ time: now + LOOK_AHEAD_S, position: data.slice() }], now);
  }

  /** @throws {MessageError} when joints are missing, times do not rise, or a number is not finite. */
  follow({ joint_names: names, points }: JointTrajectoryMessage, now: number): void {
    const places = this.#names.map((name) => names.indexOf(name));
    const missing = this.#names.filter((_, i) => places[i] < 0);
    if (missing.length > 0) throw new MessageError(`trajectory: no ${missing.join(', ')} among ${names.join(', ')}`);
    let last = 0;
    const read = points.map(({ positions, time_from_start }, k) => {
      const time = secondsOf(time_from_start);
      if (time < last) throw new MessageError(`trajectory: point ${k} comes before the one before`);
      last = time;
      const position = Float64Array.from(places, (place) => positions[place]);
      if (!position.every(Number.isFinite)) throw new MessageError(`trajectory: point ${k} is ${positions.join(', ')}`);
      return { time: now + time, position };
    });
    this.#setPoints(read, now);
  }

  #setPoints(points: readonly { readonly time: number; readonly position: Float64Array }[], now: number): void {
    this.interpolate(now);
    this.#from = { time: now, position: this.position.slice() };
    this.#points = points;
  }

  /** Moves the targets to where they are to be at `now` (s). */
  interpolate(now: number): void {
    if (!this.#from) return;
    let from = this.#from;
    for (const point of this.#points) {
      if (now < point.time) {
        const share = (now - from.time) / (point.time - from.time);
        for (let i = 0; i < this.position.length; i++) {
          this.position[i] = mix(from.position[i], point.position[i], share);
        }
        return;
      }
      from = point;
    }
    this.position.set(from.position);
    this.#from = undefined;
  }
}
