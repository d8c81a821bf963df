import { InputError } from '../errors/errors.ts';
import { limitLength } from './limited-motion.ts';

/**
 * Compliance of the tool as a virtual mass, damper and spring along the named axes: mass x'' + damping x' + stiffness x
 * = contact force.
 */
export interface AdmittanceOptions {
  /** Virtual mass (kg), more than 0. */
  readonly mass: number;
  /** Damping (N s/m), at least 0. */
  readonly damping: number;
  /** Stiffness (N/m), at least 0. With 0 the tool does not return by itself. */
  readonly stiffness: number;
  /** Compliant axes of the base frame; the tool is stiff along the others. */
  readonly axes: readonly ('x' | 'y' | 'z')[];
  /** Largest offset from the target (m). Default 0.05. */
  readonly maximumOffset?: number;
}

/**
 * Computes the offset and velocity of a compliant tool in base axes. Implicit Euler keeps it stable at any stiffness.
 */
export class Admittance {
  /** Offset from the target (m), base axes. */
  readonly offset = new Float64Array(3);
  /** Rate of the offset (m/s), base axes. */
  readonly velocity = new Float64Array(3);
  /** Stiffness along each axis (N/m), at least 0; it may change between two steps. */
  readonly stiffness: Float64Array;
  readonly #options: AdmittanceOptions;
  readonly #compliant: readonly boolean[];
  readonly #maximumOffset: number;

  /** @throws {InputError} when an option is out of range. */
  constructor(options: AdmittanceOptions) {
    const { mass, damping, stiffness, axes, maximumOffset = 0.05 } = options;
    if (!(mass > 0)) throw new InputError(`admittance: mass is ${mass} kg, expected more than 0`);
    if (!(damping >= 0)) throw new InputError(`admittance: damping is ${damping} N s/m, expected at least 0`);
    if (!(stiffness >= 0)) throw new InputError(`admittance: stiffness is ${stiffness} N/m, expected at least 0`);
    if (!(maximumOffset > 0)) {
      throw new InputError(`admittance: maximum offset is ${maximumOffset} m, expected more than 0`);
    }
    this.#options = options;
    this.stiffness = new Float64Array(3).fill(stiffness);
    this.#maximumOffset = maximumOffset;
    this.#compliant = (['x', 'y', 'z'] as const).map((axis) => axes.includes(axis));
  }

  /**
   * Integrates one step of `dt` seconds.
   * @param force force of the environment on the tool, and what the tool is to press with (N), base axes
   */
  integrate(force: ArrayLike<number>, dt: number): void {
    const { mass, damping } = this.#options;
    for (let i = 0; i < 3; i++) {
      if (!this.#compliant[i]) continue;
      const stiffness = this.stiffness[i];
      const resistance = 1 + (dt * damping) / mass + (dt * dt * stiffness) / mass;
      const acceleration = (force[i] - stiffness * this.offset[i]) / mass;
      this.velocity[i] = (this.velocity[i] + dt * acceleration) / resistance;
      this.offset[i] += dt * this.velocity[i];
    }
    if (limitLength(this.offset, this.#maximumOffset)) this.velocity.fill(0);
  }
}
