import { InputError } from '../errors/errors.ts';
import { quaternion } from '../math/index.ts';
import { CLOCK_JUMP_S } from '../streams/sample-order.ts';
import { isDue } from '../streams/staleness.ts';

/** The load of the force/torque sensor: the tool. */
export interface ToolLoad {
  /** Mass of the tool (kg), at least 0; 0 means that no weight is subtracted. */
  readonly toolMass: number;
  /** Centre of mass of the tool (m), sensor frame. */
  readonly toolCentreOfMass: readonly [number, number, number];
  /**
   * Pose of the sensor in the tool frame, `[x, y, z, qx, qy, qz, qw]` (m). It is constant: no joint lies between them.
   */
  readonly ftInTool: ArrayLike<number>;
  /** Gravity (m/s^2), base frame. Default `[0, 0, -9.81]`. */
  readonly gravity?: readonly [number, number, number];
  /** Duration of the tare (s): the mean over this time is the zero. Default 0.1. */
  readonly tareTime?: number;
}

const OUTPUT_RATE_HZ = 100;

function checkLoad({ toolMass, toolCentreOfMass, ftInTool, gravity }: ToolLoad): void {
  if (!(toolMass >= 0 && Number.isFinite(toolMass)))
    throw new InputError(`tool load: toolMass is ${toolMass} kg, expected at least 0`);
  for (const [name, values] of Object.entries({ toolCentreOfMass, ftInTool, gravity: gravity ?? [] })) {
    const list = Array.from(values);
    if (!list.every(Number.isFinite)) {
      throw new InputError(`tool load: ${name} is ${list.join(', ')}, expected finite numbers`);
    }
  }
}

/**
 * The contact wrench: the measured wrench minus the tool's weight, minus the zero of the tare, averaged to 100 Hz. It
 * is the wrench of the environment on the tool in the sensor frame (N, Nm, force first).
 */
export class ContactWrench {
  static readonly unit = ['N', 'N', 'N', 'N m', 'N m', 'N m'] as const;

  /** Newest compensated sample, not averaged; zeros until the tare is complete. */
  readonly newest = new Float64Array(6);
  /** Stamp of the newest sample (s); -Infinity until the tare is complete. */
  stamp = Number.NEGATIVE_INFINITY;
  readonly rateHz: number;
  readonly #load: ToolLoad;
  readonly #gravity: readonly [number, number, number];
  readonly #tareTime: number;
  readonly #length: number;
  readonly #zero = new Float64Array(6);
  readonly #sum = new Float64Array(6);
  readonly #weight = new Float64Array(6);
  readonly #orientation = new Float64Array(4);
  #count = 0;
  #tareUntil: number | undefined;
  /** Stamp of the last sample of the tare (s). */
  #tareStamp = Number.NaN;
  #tared = false;

  /**
   * @param rateHz rate of the sensor (Hz)
   * @throws {InputError} for a load that is not finite: every contact would be NaN, which exceeds no limit.
   */
  constructor(load: ToolLoad, rateHz: number) {
    checkLoad(load);
    this.#load = load;
    this.#gravity = load.gravity ?? [0, 0, -9.81];
    this.#tareTime = load.tareTime ?? 0.1;
    this.#length = Math.max(1, Math.round(rateHz / OUTPUT_RATE_HZ));
    this.rateHz = rateHz / this.#length;
  }

  /** False while the tare runs. */
  get tared(): boolean {
    return this.#tared;
  }

  /** Starts a new tare with the next sample. There is no output until it is complete. */
  tare(): void {
    this.#tared = false;
    this.#tareUntil = undefined;
    this.stamp = Number.NEGATIVE_INFINITY;
    this.newest.fill(0);
  }

  /**
   * Adds a measured wrench. A sample that is not finite is ignored.
   * @param toolPose tool pose in the base frame at the time of the sample
   * @returns the mean as a new array if the averaging window is full, otherwise undefined.
   */
  addSample(measured: Float64Array, stamp: number, toolPose: Float64Array): Float64Array | undefined {
    if (!this.compensate(measured, stamp, toolPose)) return undefined;
    for (let i = 0; i < 6; i++) this.#sum[i] += this.newest[i];
    if (++this.#count < this.#length) return undefined;
    const mean = new Float64Array(6);
    for (let i = 0; i < 6; i++) mean[i] = this.#sum[i] / this.#length;
    this.#restart();
    return mean;
  }

  /**
   * Updates {@link newest} without averaging; allocates nothing. Returns false during the tare and for a sample that is
   * not finite.
   */
  compensate(measured: Float64Array, stamp: number, toolPose: Float64Array): boolean {
    for (let i = 0; i < 6; i++) if (!Number.isFinite(measured[i])) return false;
    this.#computeWeight(toolPose);
    if (!this.#tared && !this.#measureZero(measured, stamp)) return false;
    this.stamp = stamp;
    for (let i = 0; i < 6; i++) this.newest[i] = measured[i] - this.#weight[i] - this.#zero[i];
    return true;
  }

  /**
   * Adds a sample to the tare. Returns true when the tare is complete; that sample is the first one after it. After a jump of
   * the clock the tare begins again.
   */
  #measureZero(measured: Float64Array, stamp: number): boolean {
    if (Math.abs(stamp - this.#tareStamp) > CLOCK_JUMP_S) this.#tareUntil = undefined;
    this.#tareStamp = stamp;
    if (this.#tareUntil === undefined) {
      this.#tareUntil = stamp + this.#tareTime;
      this.#restart();
    }
    if (this.#count > 0 && isDue(stamp, this.#tareUntil)) {
      for (let i = 0; i < 6; i++) this.#zero[i] = this.#sum[i] / this.#count;
      this.#restart();
      this.#tared = true;
      return true;
    }
    this.#count++;
    for (let i = 0; i < 6; i++) this.#sum[i] += measured[i] - this.#weight[i];
    return false;
  }

  #restart(): void {
    this.#sum.fill(0);
    this.#count = 0;
  }

  /** Weight of the tool in the sensor frame: force m g, torque = centre of mass x force. */
  #computeWeight(toolPose: Float64Array): void {
    const { toolMass, toolCentreOfMass: c, ftInTool } = this.#load;
    quaternion.multiply(toolPose, ftInTool, this.#orientation, 3, 3);
    quaternion.rotateInverse(this.#orientation, this.#gravity, this.#weight);
    for (let i = 0; i < 3; i++) this.#weight[i] *= toolMass;
    const weight = this.#weight;
    weight[3] = c[1] * weight[2] - c[2] * weight[1];
    weight[4] = c[2] * weight[0] - c[0] * weight[2];
    weight[5] = c[0] * weight[1] - c[1] * weight[0];
  }
}
