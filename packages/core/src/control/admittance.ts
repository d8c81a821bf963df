import { InputError } from '../errors/errors.ts';
import { limitLength } from './limited-motion.ts';

/** How the tool gives way to contact: mass x'' + damping x' + stiffness x = contact force, along the axes named. */
export interface AdmittanceOptions {
  /** kg, > 0. */
  readonly mass: number;
  /** N s/m, >= 0. */
  readonly damping: number;
  /** N/m, >= 0; with 0 the tool does not come back by itself. */
  readonly stiffness: number;
  /** Axes of the base frame. */
  readonly axes: readonly ('x' | 'y' | 'z')[];
  /** How far it may give way (m). Default 0.05. */
  readonly maximumOffset?: number;
}

/** How far and how fast the tool has given way, in base axes. Implicit Euler, so any stiffness is stable. */
export class Admittance {
  /** m. */
  readonly offset = new Float64Array(3);
  /** m/s. */
  readonly velocity = new Float64Array(3);
  readonly #options: AdmittanceOptions;
  readonly #compliant: readonly boolean[];
  readonly #maximumOffset: number;

  /** @throws {InputError} when a number is out of range. */
  constructor(options: AdmittanceOptions) {
    const { mass, damping, stiffness, axes, maximumOffset = 0.05 } = options;
    if (!(mass > 0)) throw new InputError(`admittance: mass is ${mass} kg, expected more than 0`);
    if (!(damping >= 0)) throw new InputError(`admittance: damping is ${damping} N s/m, expected at least 0`);
    if (!(stiffness >= 0)) throw new InputError(`admittance: stiffness is ${stiffness} N/m, expected at least 0`);
    if (!(maximumOffset > 0)) {
      throw new InputError(`admittance: maximum offset is ${maximumOffset} m, expected more than 0`);
    }
    this.#options = options;
    this.#maximumOffset = maximumOffset;
    this.#compliant = (['x', 'y', 'z'] as const).map((axis) => axes.includes(axis));
  }

  /** @param force of the environment on the tool (N), base axes */
  integrate(force: ArrayLike<number>, dt: number): void {
    const { mass, damping, stiffness } = this.#options;
    const resistance = 1 + (dt * damping) / mass + (dt * dt * stiffness) / mass;
    for (let i = 0; i < 3; i++) {
      if (!this.#compliant[i]) continue;
      const acceleration = (force[i] - stiffness * this.offset[i]) / mass;
      this.velocity[i] = (this.velocity[i] + dt * acceleration) / resistance;
      this.offset[i] += dt * this.velocity[i];
    }
    if (limitLength(this.offset, this.#maximumOffset)) this.velocity.fill(0);
  }
}
