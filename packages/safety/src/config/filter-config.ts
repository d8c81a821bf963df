import type { Vector3 } from '@praxis/model';
import type { StopMode } from '../filter/result.ts';
import type { ContactLimits } from './contact-limits.ts';

/** One value for all joints, or one for each by name. SI units. */
export type PerJoint = number | Readonly<Record<string, number>>;

/** What joints may do: the URDF's limits, tightened. A value here never widens what the URDF allows. */
export interface JointLimitsConfig {
  /** Kept from both ends of each joint's range (rad, m). Default 0. */
  readonly margin?: number;
  /** Narrower ranges by joint name, `[lower, upper]` (rad, m). */
  readonly position?: Readonly<Record<string, readonly [number, number]>>;
  /** rad/s, m/s. Required for joints whose URDF has none. */
  readonly velocity?: PerJoint;
  /** rad/s^2, m/s^2. */
  readonly acceleration: PerJoint;
  /** rad/s^3, m/s^3. Infinite where a robot has no such limit: write `null`. */
  readonly jerk: PerJoint | null;
}

/** How hard one kind of stop brakes: shares of the joints' limits, above 0 and at most 1. */
export interface BrakingConfig {
  readonly deceleration: number;
  readonly jerk: number;
}

/** A point that is carried by a link. */
export interface LinkPoint {
  readonly link: string;
  /** In the link's frame (m). Default its origin. */
  readonly offset?: Vector3;
}

/** Axis-aligned in the root link's frame (m). */
export interface Box {
  readonly name?: string;
  readonly minimum: Vector3;
  readonly maximum: Vector3;
}

/** The half space `normal . p >= offset` is allowed; root link's frame, unit normal, m. */
export interface Plane {
  readonly name?: string;
  readonly normal: Vector3;
  readonly offset: number;
}

/** A rounded rod: everything within `radius` of the segment (m). */
export interface Capsule {
  readonly name?: string;
  readonly from: Vector3;
  readonly to: Vector3;
  readonly radius: number;
}

/** How a barrier lets go of distance: h' >= -rate h, and never faster than the arm can still brake. */
export interface BarrierConfig {
  /** 1/s. Default 8. */
  readonly rate?: number;
  /** The barrier stands so far before the limit (m), for what the arm's turning adds within a period. Default 0.005. */
  readonly buffer?: number;
}

/** Where points of the arm may be. */
export interface WorkspaceConfig extends BarrierConfig {
  /** Points watched: the tool, elbows. */
  readonly points: readonly LinkPoint[];
  /** Every point stays inside all of these. */
  readonly inside?: readonly Box[];
  /** Every point stays outside all of these. */
  readonly outside?: readonly Box[];
  readonly planes?: readonly Plane[];
}

/** Distance of the arm's links to things and to each other. */
export interface DistanceConfig extends BarrierConfig {
  /** Kept between surfaces (m). */
  readonly margin: number;
  readonly obstacles?: {
    readonly capsules?: readonly Capsule[];
    readonly boxes?: readonly Box[];
    readonly planes?: readonly Plane[];
  };
  /** Links that are not watched: what they touch is their task. */
  readonly ignoreLinks?: readonly string[];
  /** Capsules of a link in its frame, in place of those fitted to its URDF shapes. Meshes need them. */
  readonly linkCapsules?: Readonly<Record<string, readonly Capsule[]>>;
  /** `links`: also between links that no single joint connects. Default `none`. */
  readonly self?: 'links' | 'none';
  /** Pairs of links that are not watched against each other. */
  readonly ignorePairs?: readonly (readonly [string, string])[];
}

/** Slows down near singularities of the arm, by the smallest singular value of the tool's Jacobian. */
export interface SingularityConfig {
  /** At and above this value full speed is allowed. */
  readonly slowBelow: number;
  /** At and below this value only `leastShare` of it. */
  readonly slowestAt: number;
  /** Share of each joint's velocity limit, 0..1. */
  readonly leastShare: number;
}

/**
 * What a command filter checks. A stage that is absent is off; the size and finiteness of a command are always checked.
 * Plain data that JSON can hold.
 */
export interface FilterConfig {
  /** Limits for the joint stage and for every stop. */
  readonly limits: JointLimitsConfig;
  /** A command older than `maximum`, or stamped more than `future` ahead (s), is refused, as is one older than the last. */
  readonly age?: { readonly maximum: number; readonly future: number };
  /** A command whose joints lie farther than this from the last output (rad, m) is refused, the first one as well. */
  readonly jump?: { readonly position: PerJoint };
  /** `along_path`: slows down on the way to the command while that is enough; `per_joint`: each joint by itself. */
  readonly joints?: { readonly clamp: 'along_path' | 'per_joint' };
  /** Range (m) and speed (m/s) of the distance between the fingers. */
  readonly gripper?: { readonly minimum: number; readonly maximum: number; readonly speed: number };
  /** Speed of the tool (m/s). */
  readonly cartesian?: { readonly speed: number };
  readonly workspace?: WorkspaceConfig;
  readonly distance?: DistanceConfig;
  readonly singularity?: SingularityConfig;
  /** Power and force limiting: the speed of the tool that contact with a person's body still allows. */
  readonly contact?: ContactLimits;
  readonly stop: Readonly<Record<StopMode, BrakingConfig>>;
}
