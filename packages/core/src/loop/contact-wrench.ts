import { quaternion } from '../math/index.ts';
import { isDue } from '../streams/staleness.ts';

/** What hangs on the force/torque sensor. */
export interface ToolLoad {
  /** kg. */
  readonly toolMass: number;
  /** m, in the sensor's frame. */
  readonly toolCentreOfMass: readonly [number, number, number];
  /** Pose of the sensor's frame in the tool frame, `[x, y, z, qx, qy, qz, qw]`. Constant: no joint lies between them. */
  readonly ftInTool: ArrayLike<number>;
  /** m/s^2 in the base frame. Default `[0, 0, -9.81]`. */
  readonly gravity?: readonly [number, number, number];
  /** Seconds from the first sample whose mean is the zero. Default 0.1. */
  readonly tareTime?: number;
}

const OUTPUT_RATE_HZ = 100;

/**
 * The force of contact: measured wrench less the tool's weight, less the zero found while nothing touched the tool, as
 * a mean over as many samples as make 100 Hz. All in the sensor's frame, N and Nm, force first, exerted by the
 * environment on the tool.
 */
export class ContactWrench {
  static readonly unit = ['N', 'N', 'N', 'N m', 'N m', 'N m'] as const;

  /** The newest sample, not averaged; zeros before the zero is known. */
  readonly newest = new Float64Array(6);
  /** Stamp of the newest sample (s); -Infinity while the zero is not known. */
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
  #tared = false;

  /** @param rateHz of the sensor */
  constructor(load: ToolLoad, rateHz: number) {
    this.#load = load;
    this.#gravity = load.gravity ?? [0, 0, -9.81];
    this.#tareTime = load.tareTime ?? 0.1;
    this.#length = Math.max(1, Math.round(rateHz / OUTPUT_RATE_HZ));
    this.rateHz = rateHz / this.#length;
  }

  /** False while the zero is being measured. */
  get tared(): boolean {
    return this.#tared;
  }

  /** Measures the zero anew, from the next sample on; nothing comes out until it is known. */
  tare(): void {
    this.#tared = false;
    this.#tareUntil = undefined;
    this.stamp = Number.NEGATIVE_INFINITY;
    this.newest.fill(0);
  }

  /**
   * Takes a measured wrench and the tool's pose in the base frame at that time. Returns the mean as a new array when a
   * boxcar is full, else undefined. A sample that is not finite is left out.
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
   * The same for whoever looks at {@link newest} alone, sample by sample; makes no mean and allocates nothing. False while
   * the zero is being measured, and for a sample that is not finite.
   */
  compensate(measured: Float64Array, stamp: number, toolPose: Float64Array): boolean {
    for (let i = 0; i < 6; i++) if (!Number.isFinite(measured[i])) return false;
    this.#computeWeight(toolPose);
    if (!this.#tared && !this.#measureZero(measured, stamp)) return false;
    this.stamp = stamp;
    for (let i = 0; i < 6; i++) this.newest[i] = measured[i] - this.#weight[i] - this.#zero[i];
    return true;
  }

  /** True when the zero is known; the sample that came with it is then the first behind it. */
  #measureZero(measured: Float64Array, stamp: number): boolean {
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

  /** The tool's weight as the sensor feels it: force m g turned into its frame, torque = centre of mass x force. */
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
