import type { Stop } from './filter-config.ts';

/** Largest force (N) and torque (Nm) on the tool, as lengths of the two vectors. */
export interface ContactLimit {
  /** Largest force (N). */
  readonly force: number;
  /** Largest torque (Nm). */
  readonly torque: number;
}

/** Places and times at which the supervisor expects contact although the task has not announced it. */
export interface ExpectationConfig {
  /** Contact is expected while the tool is lower than this (m, base frame), near a work surface. Null: nowhere. */
  readonly below: number | null;
  /** Contact is expected while the fingers move, and for this long afterwards (s). Null: never. */
  readonly gripping: number | null;
}

/** The tool retreats along the contact force until the contact ends, within a distance and a time. */
export interface RetreatConfig {
  /** Longest travel (m). */
  readonly distance: number;
  /** Speed (m/s). */
  readonly speed: number;
  /** Longest duration (s). */
  readonly time: number;
  /** Below this force (N) the contact has ended. */
  readonly release: number;
  /**
   * The tool does not retreat below this height (m, base frame): a sensor with a wrong zero would press it onto the
   * work surface there. Null: there is no surface.
   */
  readonly floor: number | null;
}

/** Limits of the torque that the environment exerts on a joint, as a momentum observer estimates it. */
export interface ExternalTorqueConfig {
  /** Largest torque or force (Nm, N): one value for all joints, or one for each joint by name. */
  readonly limit: number | Readonly<Record<string, number>>;
  /** Bandwidth of the observer (1/s). */
  readonly gain: number;
  /** Consecutive samples over the limit that make a fault. */
  readonly samples: number;
  /** `included` if the measured efforts carry the arm's weight; `compensated` if the drive removes it beforehand. */
  readonly gravity: 'included' | 'compensated';
  /** Reflected inertia of the drives (kg m^2, kg) by joint; a URDF has no field for it. */
  readonly armature: Readonly<Record<string, number>>;
}

/** Limits of contact at the wrist, and the reaction of the arm to it. */
export interface ForceConfig {
  /** Limit in free motion, where no contact is expected. */
  readonly free: ContactLimit;
  /** Limit while contact is expected. */
  readonly expected: ContactLimit;
  /** Conditions under which the supervisor expects contact by itself. */
  readonly expect: ExpectationConfig;
  /** This many consecutive samples over the limit are a fault, and so is one sample over the limit times `factor`. */
  readonly strike: { readonly samples: number; readonly factor: number };
  /** The stop that a contact fault leads to. */
  readonly stop: Stop;
  /**
   * `brake` stops along the path. `retreat` first moves along the contact force: the reflex of Haddadin,
   * Albu-Schaeffer, De Luca and Hirzinger, "Collision detection and reaction", IROS 2008.
   */
  readonly reaction: 'brake' | 'retreat';
  /** Bounds of a retreat. */
  readonly retreat: RetreatConfig;
  /** The momentum observer, for robots that measure joint efforts. Null: not used. */
  readonly externalTorque: ExternalTorqueConfig | null;
  /** A contact with a person that lasts longer than this (s) is quasi-static; ISO/TS 15066 uses 0.5 s. */
  readonly transientTime: number;
}
