import { lerp } from '@praxis/core';
import { type JointTrajectoryMessage, MessageError, secondsOf } from '@praxis/wire';

/** Time (s) in which the drives reach a forwarded target: typical of drives that receive targets over a network. */
const LOOK_AHEAD_S = 0.02;

/**
 * Joint targets as two controllers of ros2_control compute them. `forward_command_controller` passes a target to the drives,
 * which reach it within the look-ahead time. `joint_trajectory_controller` interpolates linearly between the points of a
 * trajectory.
 */
export class JointTargets {
  readonly #names: readonly string[];
  /** Joint targets (rad), in the order of the names. */
  readonly position: Float64Array;
  #points: readonly { readonly time: number; readonly position: Float64Array }[] = [];
  readonly #queue: Float64Array[] = [];
  #from: { readonly time: number; readonly position: Float64Array } | undefined;

  constructor(names: readonly string[], start: Float64Array) {
    this.#names = names;
    this.position = start.slice();
  }

  /**
   * Queues a target (rad) for {@link takeTarget}.
   * @throws {MessageError} when the data does not hold one finite number for each joint.
   */
  queueTarget(data: Float64Array): void {
    if (data.length !== this.#names.length) {
      throw new MessageError(
        `commands: ${data.length} numbers, expected ${this.#names.length}: ${this.#names.join(', ')}`,
      );
    }
    const wrong = data.findIndex((value) => !Number.isFinite(value));
    if (wrong >= 0) throw new MessageError(`commands: ${this.#names[wrong]} is ${data[wrong]}`);
    this.#queue.push(data.slice());
  }

  /**
   * Starts a motion to the next queued target. Each period takes one, so that targets which arrived together while the simulator
   * was late move the arm as they would have one after the other. What lies further back than that is dropped.
   * @param now time of the period (s)
   * @param missed number of periods that are due after this one
   */
  takeTarget(now: number, missed: number): void {
    while (this.#queue.length > missed + 1) this.#queue.shift();
    const position = this.#queue.shift();
    if (position) this.#setPoints([{ time: now + LOOK_AHEAD_S, position }], now);
  }

  /**
   * Starts a trajectory at `now` (s).
   * @throws {MessageError} when joints are missing, times decrease, or a number is not finite.
   */
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
    this.#queue.length = 0;
    this.#setPoints(read, now);
  }

  #setPoints(points: readonly { readonly time: number; readonly position: Float64Array }[], now: number): void {
    this.interpolate(now);
    this.#from = { time: now, position: this.position.slice() };
    this.#points = points;
  }

  /** Sets `position` to the targets at `now` (s). */
  interpolate(now: number): void {
    if (!this.#from) return;
    let from = this.#from;
    for (const point of this.#points) {
      if (now < point.time) {
        const share = (now - from.time) / (point.time - from.time);
        for (let i = 0; i < this.position.length; i++) {
          this.position[i] = lerp(from.position[i], point.position[i], share);
        }
        return;
      }
      from = point;
    }
    this.position.set(from.position);
    this.#from = undefined;
  }
}
