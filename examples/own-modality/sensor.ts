import {
  cos,
  isDue,
  Random,
  type Robot,
  RobotDecorator,
  type SignalSpec,
  type Stamped,
  type StreamValue,
  sin,
} from '@praxis/core';
import { type Observable, Subject } from 'rxjs';
import type { Motor } from './motor.ts';

/** Spec of the new sensor. No package names its modality, `vibration`. */
export const VIBRATION = {
  name: 'vibration',
  modality: 'vibration',
  dtype: 'float64',
  shape: [3],
  unit: 'm / s^2',
  frame: 'tool0',
  rateHz: 100,
} as const satisfies SignalSpec;

/** Standard deviation of the noise in one sample (m/s^2). */
const NOISE_STD_M_S2 = 0.4;
const FULL_TURN_RAD = 6.283185307179586;

/** Adds to any robot an accelerometer in the hand that measures a motor's vibration. */
export class VibrationRobot extends RobotDecorator {
  readonly #motor: Motor;
  readonly #random: Random;
  readonly #out = new Subject<Stamped<StreamValue>>();
  #samples = 0;

  constructor(robot: Robot, motor: Motor, seed: number) {
    super(robot, { ...robot.spec, streams: [...robot.spec.streams, VIBRATION] });
    this.#motor = motor;
    this.#random = new Random(seed, 'vibration');
    // The joints' stamps drive the sensor: a sample is published as soon as its time has passed.
    robot.stream('joints').subscribe({
      next: ({ stamp }) => this.#publishVibration(stamp),
      complete: () => this.#out.complete(),
    });
  }

  override stream(name: string): Observable<Stamped<StreamValue>> {
    return name === VIBRATION.name ? this.#out.asObservable() : super.stream(name);
  }

  /** An unbalanced mass turns about the tool's z and accelerates the hand along x and y with a phase shift of a quarter turn. */
  #publishVibration(now: number): void {
    if (!isDue(now, this.#samples / VIBRATION.rateHz)) return;
    this.#samples++;
    const { frequencyHz, amplitude, phaseAngle } = this.#motor;
    const angle = FULL_TURN_RAD * frequencyHz * now + phaseAngle;
    const noise = () => this.#random.normal(0, NOISE_STD_M_S2);
    const value = Float64Array.of(amplitude * cos(angle) + noise(), amplitude * sin(angle) + noise(), noise());
    this.#out.next({ value, stamp: now, received: now });
  }
}
