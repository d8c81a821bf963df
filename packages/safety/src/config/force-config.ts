import type { Stop } from '../supervisor/states/state.ts';

/** A force and a torque that the tool may feel (N, Nm), as lengths of the vectors. */
export interface ContactLimit {
  readonly force: number;
  readonly torque: number;
}

/**
 * Limits of one body region in the form of ISO/TS 15066, Annex A. The figures come from whoever assesses the risk of the
 * application; none is built in.
 */
export interface BodyRegion {
  /** Largest permissible quasi-static (clamping) force (N). */
  readonly quasiStaticForce: number;
  /** Largest permissible quasi-static pressure (N/cm^2). */
  readonly quasiStaticPressure: number;
  /** Transient contact may be so many times as strong. */
  readonly transientFactor: number;
  /** Effective mass of the region (kg). */
  readonly effectiveMass: number;
  /** Effective spring constant of the region (N/m). */
  readonly springConstant: number;
}

/** When contact is expected without anybody saying so. */
export interface ExpectationConfig {
  /** While the tool is lower than this (m, base frame): near a work surface. Null: nowhere. */
  readonly below: number | null;
  /** While the fingers move, and so long after (s). Null: not. */
  readonly gripping: number | null;
}

/** The tool gives way along the force until it is gone, but no farther (m) and no longer (s) than this. */
export interface RetreatConfig {
  readonly distance: number;
  /** m/s. */
  readonly speed: number;
  readonly time: number;
  /** The contact is gone below this force (N). */
  readonly release: number;
  /**
   * It does not give way to below this height of the tool (m, base frame): a work surface is there, and a sensor that is off
   * would press the tool onto it. Null: nothing is.
   */
  readonly floor: number | null;
}

export interface ExternalTorqueConfig {
  /** Nm or N; one for all joints or one for each by name. */
  readonly limit: number | Readonly<Record<string, number>>;
  /** Bandwidth of the observer (1/s). */
  readonly gain: number;
  /** Samples in a row over the limit that make it a fault. */
  readonly samples: number;
  /** `included` when the measured efforts carry the arm's weight, `compensated` when that is done beside and not measured. */
  readonly gravity: 'included' | 'compensated';
  /** Reflected inertia of the drives (kg m^2, kg), by joint; the URDF has no place for it. */
  readonly armature: Readonly<Record<string, number>>;
}

export interface ForceConfig {
  /** In free motion, where no contact is expected. */
  readonly free: ContactLimit;
  /** While contact is expected. */
  readonly expected: ContactLimit;
  readonly expect: ExpectationConfig;
  /** So many samples in a row over the limit are a fault, or a single one over the limit times `factor`. */
  readonly strike: { readonly samples: number; readonly factor: number };
  readonly stop: Stop;
  /**
   * `brake` stops along the path. `retreat` gives way along the force first: the reflex of Haddadin, Albu-Schaeffer, De
   * Luca and Hirzinger, "Collision detection and reaction", IROS 2008.
   */
  readonly reaction: 'brake' | 'retreat';
  readonly retreat: RetreatConfig;
  /** Momentum observer, where the joints' efforts are measured. Null: not used. */
  readonly externalTorque: ExternalTorqueConfig | null;
  /** A contact with a person that is longer than this (s) is quasi-static; ISO/TS 15066 has 0.5 s. */
  readonly transientTime: number;
}

export const DEFAULT_FORCE: ForceConfig = {
  free: { force: 20, torque: 4 },
  expected: { force: 85, torque: 9 },
  expect: { below: 0.14, gripping: 0.3 },
  strike: { samples: 2, factor: 2 },
  stop: 'protective_stop',
  reaction: 'retreat',
  retreat: { distance: 0.08, speed: 0.4, time: 0.5, release: 4, floor: 0.14 },
  externalTorque: null,
  transientTime: 0.5,
};
