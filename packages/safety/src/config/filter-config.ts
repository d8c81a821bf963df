import type { Vector3 } from '@praxis/model';

/** The kinds of braking, the softest first. */
export const STOP_MODES = ['hold', 'protective', 'emergency'] as const;

/**
 * Braking of a stop; each mode has its own limits. `hold` brakes for a stop that stays powered, `protective` for a stop
 * that closes the brakes afterwards, and `emergency` brakes hardest.
 */
export type StopMode = (typeof STOP_MODES)[number];

/** One value for all joints, or one value for each joint by name. SI units. */
export type PerJoint = number | Readonly<Record<string, number>>;

/** Joint limits that tighten the limits of the URDF. A value here never widens a limit of the URDF. */
export interface JointLimitsConfig {
  /** Distance kept from both ends of each joint's range (rad, m). Default 0. */
  readonly margin?: number;
  /** Narrower ranges by joint name, `[lower, upper]` (rad, m). */
  readonly position?: Readonly<Record<string, readonly [number, number]>>;
  /** Largest speed (rad/s, m/s). Required for joints whose URDF gives none. */
  readonly velocity?: PerJoint;
  /** Largest acceleration (rad/s^2, m/s^2). */
  readonly acceleration: PerJoint;
  /** Largest jerk (rad/s^3, m/s^3). `null` means that the robot has no such limit. */
  readonly jerk: PerJoint | null;
}

/** Limits of one kind of braking. Both values are shares of the joints' limits, above 0 and at most 1. */
export interface BrakingConfig {
  /** Share of the acceleration limit. */
  readonly deceleration: number;
  /** Share of the jerk limit. */
  readonly jerk: number;
}

/** A point that moves with a link. */
export interface LinkPoint {
  /** Name of the link. */
  readonly link: string;
  /** Position in the link's frame (m). Default: the link's origin. */
  readonly offset?: Vector3;
}

/** A box whose sides are parallel to the axes of the root link's frame (m). */
export interface Box {
  /** Name that messages use. */
  readonly name?: string;
  /** Corner with the lowest coordinates (m). */
  readonly minimum: Vector3;
  /** Corner with the highest coordinates (m). */
  readonly maximum: Vector3;
}

/** The half space `normal . p >= offset` is allowed. Root link's frame, m. */
export interface Plane {
  /** Name that messages use. */
  readonly name?: string;
  /** Unit vector that points into the allowed half space. */
  readonly normal: Vector3;
  /** Distance of the plane from the origin along `normal` (m). */
  readonly offset: number;
}

/** A rounded rod: all points within `radius` of the segment between two ends (m). */
export interface Capsule {
  /** Name that messages use. */
  readonly name?: string;
  /** First end of the segment (m). */
  readonly from: Vector3;
  /** Second end of the segment (m). */
  readonly to: Vector3;
  /** Radius (m). */
  readonly radius: number;
}

/** Bounds on the rate at which a distance h shrinks: h' >= -rate h, and never faster than the arm can still brake. */
export interface BarrierConfig {
  /** Rate of the barrier (1/s). Default 8. */
  readonly rate?: number;
  /**
   * The barrier stands this far before the limit (m), because turning adds some motion within a period. Default 0.005.
   */
  readonly buffer?: number;
}

/** The region that points of the arm must stay in. */
export interface WorkspaceConfig extends BarrierConfig {
  /** Monitored points, for example the tool and the elbow. */
  readonly points: readonly LinkPoint[];
  /** Every point stays inside all of these boxes. */
  readonly inside?: readonly Box[];
  /** Every point stays outside all of these boxes. */
  readonly outside?: readonly Box[];
  /** Every point stays in the allowed half space of all of these planes. */
  readonly planes?: readonly Plane[];
}

/** Distances between the arm's links and obstacles, and among the links. */
export interface DistanceConfig extends BarrierConfig {
  /** Distance kept between surfaces (m). */
  readonly margin: number;
  /** Obstacles at rest, in the root link's frame. */
  readonly obstacles?: {
    readonly capsules?: readonly Capsule[];
    readonly boxes?: readonly Box[];
    readonly planes?: readonly Plane[];
  };
  /** Links that are not monitored, for example fingers that touch things on purpose. */
  readonly ignoreLinks?: readonly string[];
  /** Capsules of a link in its own frame; they replace the capsules fitted to its URDF shapes. Meshes need them. */
  readonly linkCapsules?: Readonly<Record<string, readonly Capsule[]>>;
  /** `links` also monitors pairs of links that no single joint connects. Default `none`. */
  readonly self?: 'links' | 'none';
  /** Pairs of links that are not monitored against each other. */
  readonly ignorePairs?: readonly (readonly [string, string])[];
}

/** Slows the arm near singularities, by the smallest singular value of the tool's Jacobian. */
export interface SingularityConfig {
  /** The arm may use its full speed at and above this singular value. */
  readonly slowBelow: number;
  /** The arm may use `leastShare` of its speed at and below this singular value. */
  readonly slowestAt: number;
  /** Share of each joint's velocity limit, 0..1. */
  readonly leastShare: number;
}

/**
 * Limits of one body region in the form of ISO/TS 15066, Annex A. The risk assessment of the application supplies the
 * figures; none is built in.
 */
export interface BodyRegion {
  /** Largest permissible quasi-static (clamping) force (N). */
  readonly quasiStaticForce: number;
  /** Largest permissible quasi-static pressure (N/cm^2). */
  readonly quasiStaticPressure: number;
  /** Factor by which a transient contact may exceed the quasi-static limits. */
  readonly transientFactor: number;
  /** Effective mass of the region (kg). */
  readonly effectiveMass: number;
  /** Effective spring constant of the region (N/m). */
  readonly springConstant: number;
}

/**
 * Power and force limiting of an application in the form of ISO/TS 15066:2016. The risk assessment of the application
 * supplies the figures of the regions; none is built in.
 */
export interface ContactLimits {
  /** Body regions by name. */
  readonly regions: Readonly<Record<string, BodyRegion>>;
  /** Names of the regions that the robot may touch; the most delicate one counts. */
  readonly exposed: readonly string[];
  /** Mass of the robot's moving parts (kg). */
  readonly movingMass: number;
  /** Mass of tool and workpiece (kg). */
  readonly payload: number;
  /** Smallest area with which the robot can touch (cm^2). */
  readonly contactArea: number;
}

/**
 * Checks of a command filter. A stage that is absent is off; the filter always checks the size and the finiteness of
 * a command. Plain data that JSON can hold.
 */
export interface FilterConfig {
  /** Limits of the joint stage and of every stop. */
  readonly limits: JointLimitsConfig;
  /**
   * The filter rejects a command that is older than `maximum` (s), that is stamped more than `future` (s) ahead, or
   * that is older than the previous one.
   */
  readonly age?: { readonly maximum: number; readonly future: number };
  /**
   * The filter rejects a command, also the first one, whose joints are farther than this from the last output (rad, m).
   */
  readonly jump?: { readonly position: PerJoint };
  /**
   * `along_path` slows down along the path to the command while that is enough; `per_joint` limits each joint by
   * itself.
   */
  readonly joints?: { readonly clamp: 'along_path' | 'per_joint' };
  /** Range (m) and speed (m/s) of the distance between the fingers. */
  readonly gripper?: { readonly minimum: number; readonly maximum: number; readonly speed: number };
  /** Largest speed of the tool (m/s). */
  readonly cartesian?: { readonly speed: number };
  /** Region of the monitored points. */
  readonly workspace?: WorkspaceConfig;
  /** Distances from obstacles and among the links. */
  readonly distance?: DistanceConfig;
  /** Speed near singularities. */
  readonly singularity?: SingularityConfig;
  /** Power and force limiting: the tool's speed stays low enough for contact with a person's body. */
  readonly contact?: ContactLimits;
  /** Limits of each kind of braking. */
  readonly stop: Readonly<Record<StopMode, BrakingConfig>>;
}

/** The states that latch until a reset, the least severe first. */
export const STOPS = ['hold', 'protective_stop', 'emergency_stop'] as const;

/**
 * One kind of stop. `hold` stops under control and keeps the drives powered (as in category 2 of IEC 60204-1).
 * `protective_stop` stops along the path and then closes the brakes (category 1). `emergency_stop` brakes as hard as
 * the limits allow (category 1) or removes power at once (category 0), see {@link StopsConfig}.
 */
export type Stop = (typeof STOPS)[number];

/** Every reaction to a fault, the mildest first. */
export const REACTIONS = ['ignore', 'report', ...STOPS] as const;

/**
 * Reaction to a fault. `ignore` disables the check. `report` records an event and lets the arm move on. Every other
 * reaction is a stop, which latches until a reset.
 */
export type Reaction = (typeof REACTIONS)[number];
