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

export interface ForceConfig {
  /** Contact in free motion, where none is expected. */
  readonly free: ContactLimit;
  /** While contact is expected: near the work surface, gripping, or where the task says so. */
  readonly expected: ContactLimit;
  /** Contact is expected without being announced... */
  readonly expect: {
    /** ...while the tool is lower than this (m, base frame); null: nowhere. */
    readonly below: number | null;
    /** ...while the gripper is told to close further than the fingers are, or moves, and so long after (s); null: not. */
    readonly gripping: number | null;
  };
  readonly strike: {
    /** Samples in a row over the limit that make it a fault. */
    readonly samples: number;
    /** One sample over the limit times this is enough. */
    readonly factor: number;
  };
  readonly reaction: {
    readonly stop: 'hold' | 'protective_stop' | 'emergency_stop';
    /**
     * `brake` stops along the path. `retract` then gives way along the force until it is gone: the reflex of Haddadin,
     * Albu-Schaeffer, De Luca and Hirzinger, "Collision detection and reaction", IROS 2008.
     */
    readonly motion: 'brake' | 'retract';
    /** How far (m), how fast (m/s) and for how long (s) at most the tool gives way. */
    readonly retract: { readonly distance: number; readonly speed: number; readonly time: number };
  };
  /** Momentum observer, where the joints' efforts are measured; null: not used. */
  readonly externalTorque: ExternalTorqueConfig | null;
  /** By name. */
  readonly regions: Readonly<Record<string, BodyRegion>>;
  /** The region that is to be protected now: one of `regions`; null: none. */
  readonly region: string | null;
  /** Contact area (cm^2) for the region's pressure. */
  readonly contactArea: number;
  /** A contact longer than this (s) is quasi-static. ISO/TS 15066 has 0.5 s. */
  readonly transientTime: number;
}

export interface ExternalTorqueConfig {
  /** Nm or N; one for all joints or one for each by name. */
  readonly limit: number | Readonly<Record<string, number>>;
  /** Bandwidth of the observer (1/s). */
  readonly gain: number;
  /** Samples in a row over the limit that make it a fault. */
  readonly samples: number;
  /** `included` when the measured efforts carry the arm's weight, `compensated` when that is done and not measured. */
  readonly gravity: 'included' | 'compensated';
  /** Reflected inertia of each joint's drive (kg m^2), by name; the URDF has no place for it. */
  readonly armature: Readonly<Record<string, number>>;
}

export const DEFAULT_FORCE: ForceConfig = {
  free: { force: 25, torque: 4 },
  expected: { force: 90, torque: 9 },
  expect: { below: 0.14, gripping: 0.3 },
  strike: { samples: 2, factor: 2 },
  reaction: {
    stop: 'protective_stop',
    motion: 'retract',
    retract: { distance: 0.05, speed: 0.25, time: 0.5 },
  },
  externalTorque: null,
  regions: {},
  region: null,
  contactArea: 1,
  transientTime: 0.5,
};
