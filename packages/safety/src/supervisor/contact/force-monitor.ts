import { ContactWrench, quaternion, type ToolLoad, type Wrench } from '@praxis/core';
import type { ContactLimit, ForceConfig } from '../../config/force-config.ts';
import type { Monitor } from '../monitors/monitor.ts';
import type { MeasuredArm } from '../states/measured-arm.ts';
import type { SafetyData } from '../states/state-machine.ts';

const FORCE_INDEX = 0;
const TORQUE_INDEX = 1;

const length = (v: Float64Array, at: number) =>
  Math.sqrt(v[at] * v[at] + v[at + 1] * v[at + 1] + v[at + 2] * v[at + 2]);

const dot = (a: Float64Array, b: Float64Array) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/**
 * Monitors the contact wrench (without gravity and sensor zero) at each sample of the wrist sensor. Contact above the
 * limit for this place and time is a fault, in two consecutive samples that push in the same direction or in one far
 * above the limit, until it ends.
 */
export class ForceMonitor implements Monitor {
  readonly cause = 'contact';
  readonly expectation: ContactExpectation;
  readonly #config: ForceConfig;
  readonly #load: ToolLoad;
  readonly #contact: ContactWrench;
  readonly #orientation = new Float64Array(4);
  /** Magnitudes of force and torque of the newest sample (N, Nm). */
  readonly #magnitude = new Float64Array(2);
  /** Force of the environment on the tool, base axes (N). */
  readonly force = new Float64Array(3);
  readonly #forceInBase = new Float64Array(3);
  #limit: ContactLimit;
  #overInRow = 0;

  constructor(config: ForceConfig, load: ToolLoad, rateHz: number) {
    this.#config = config;
    this.#load = load;
    this.#limit = config.free;
    this.#contact = new ContactWrench(load, rateHz);
    this.expectation = new ContactExpectation(config);
  }

  get reaction() {
    return this.#config.stop;
  }

  /** Magnitude of the newest contact force (N); 0 while the sensor's zero is measured. */
  get magnitude(): number {
    return this.#magnitude[FORCE_INDEX];
  }

  /** False while the sensor's zero is measured; contact is unknown then. */
  get tared(): boolean {
    return this.#contact.tared;
  }

  /** Measures the sensor's zero again. Nothing may touch the tool. */
  tare(): void {
    this.#contact.tare();
    this.#magnitude.fill(0);
    this.#overInRow = 0;
  }

  /** Evaluates a measured wrench (N, Nm, sensor's frame); false while the contact is still unknown. */
  observe(measured: Wrench, stamp: number, arm: MeasuredArm, now: number): boolean {
    if (!this.#contact.compensate(measured, stamp, arm.pose)) return false;
    const { newest } = this.#contact;
    this.#magnitude[FORCE_INDEX] = length(newest, 0);
    this.#magnitude[TORQUE_INDEX] = length(newest, 3);
    quaternion.multiply(arm.pose, this.#load.ftInTool, this.#orientation, 3, 3);
    quaternion.rotate(this.#orientation, newest, this.#forceInBase);
    const steady = dot(this.#forceInBase, this.force) > 0;
    this.force.set(this.#forceInBase);
    this.#limit = this.expectation.limit(arm, now);
    const { samples, factor } = this.#config.strike;
    if (!this.#exceeds(1)) this.#overInRow = 0;
    else if (this.#exceeds(factor)) this.#overInRow = Math.max(samples, this.#overInRow + 1);
    // An object that slips in the grip vibrates: its force reverses from sample to sample, and a push does not.
    else this.#overInRow = steady ? this.#overInRow + 1 : 1;
    return true;
  }

  check(): boolean {
    return this.#overInRow >= this.#config.strike.samples;
  }

  data(): SafetyData {
    const { force, torque } = this.#limit;
    return {
      force_n: this.#magnitude[FORCE_INDEX],
      torque_nm: this.#magnitude[TORQUE_INDEX],
      force_limit_n: force,
      torque_limit_nm: torque,
      force_x_n: this.force[0],
      force_y_n: this.force[1],
      force_z_n: this.force[2],
    };
  }

  message(): string {
    const { force, torque } = this.#limit;
    const size = `${this.#magnitude[FORCE_INDEX].toFixed(1)} N and ${this.#magnitude[TORQUE_INDEX].toFixed(2)} Nm`;
    return `contact of ${size}, expected at most ${force} N and ${torque} Nm`;
  }

  #exceeds(times: number): boolean {
    // A number that is not finite exceeds every limit.
    return !(
      this.#magnitude[FORCE_INDEX] <= this.#limit.force * times &&
      this.#magnitude[TORQUE_INDEX] <= this.#limit.torque * times
    );
  }
}

/** Fingers faster than this (m/s) grip or release. */
const GRIPPING_SPEED_M_S = 0.005;
const LAST_GRIP_INDEX = 0;

/** The contact that the task announces: none, the configured limit, or a limit of its own. */
export type Expectation = 'free' | 'expected' | ContactLimit;

/**
 * The contact to expect now: what the task announces, or what tool height and finger motion imply, whichever is more.
 */
export class ContactExpectation {
  #announced: Expectation = 'free';
  readonly #config: ForceConfig;
  readonly #times = Float64Array.of(Number.NEGATIVE_INFINITY);

  constructor(config: ForceConfig) {
    this.#config = config;
  }

  set(what: Expectation): void {
    this.#announced = what;
  }

  /** Discards the time of the last gripping after a jump of the clock. */
  restartTiming(): void {
    this.#times[LAST_GRIP_INDEX] = Number.NEGATIVE_INFINITY;
  }

  /** The contact limit that applies now. */
  limit(arm: MeasuredArm, now: number): ContactLimit {
    const { free, expected, expect } = this.#config;
    if (Math.abs(arm.gripperSpeed) > GRIPPING_SPEED_M_S) this.#times[LAST_GRIP_INDEX] = now;
    if (typeof this.#announced === 'object') return this.#announced;
    if (this.#announced === 'expected') return expected;
    if (expect.below !== null && arm.pose[2] < expect.below) return expected;
    if (expect.gripping !== null && now - this.#times[LAST_GRIP_INDEX] <= expect.gripping) return expected;
    return free;
  }
}
