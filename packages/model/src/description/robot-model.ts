/** A robot as its URDF describes it: SI units, REP-103 axes. Names bind; the order is that of the file. */

export type Vector3 = readonly [number, number, number];

/** Where a frame lies in its parent's frame. */
export interface Origin {
  /** m. */
  readonly xyz: Vector3;
  /** Roll, pitch, yaw about the parent's fixed x, y, z axes (rad). */
  readonly rpy: Vector3;
  /** The same rotation as a unit quaternion x, y, z, w. */
  readonly quaternion: readonly [number, number, number, number];
}

/** Cylinders and capsules lie along z; every shape is centred on its origin. Sizes in m. */
export type Geometry =
  | { readonly type: 'box'; readonly size: Vector3 }
  | { readonly type: 'cylinder'; readonly radius: number; readonly length: number }
  | { readonly type: 'capsule'; readonly radius: number; readonly length: number }
  | { readonly type: 'sphere'; readonly radius: number }
  | { readonly type: 'mesh'; readonly filename: string; readonly scale: Vector3 };

/** Colour or texture of a visual. */
export interface Material {
  readonly name: string;
  /** Each 0..1; absent when the file names a material that it does not define. */
  readonly rgba?: readonly [number, number, number, number];
  /** File name as in the description. */
  readonly texture?: string;
}

/** A shape that collides, in its link's frame. */
export interface Collision {
  readonly name: string;
  readonly origin: Origin;
  readonly geometry: Geometry;
}

/** A shape that is seen, in its link's frame. */
export interface Visual extends Collision {
  readonly material?: Material;
}

/** Mass distribution of one link. */
export interface Inertial {
  /** Centre of mass, and the axes of the inertia. */
  readonly origin: Origin;
  /** kg. */
  readonly mass: number;
  /** `[ixx, ixy, ixz, iyy, iyz, izz]` about the centre of mass (kg m^2). */
  readonly inertia: readonly [number, number, number, number, number, number];
}

/** A rigid part; a link without `inertial` has no mass. */
export interface Link {
  readonly name: string;
  readonly inertial?: Inertial;
  readonly visuals: readonly Visual[];
  readonly collisions: readonly Collision[];
}

/** The joint types of URDF. */
export const JOINT_TYPES = ['revolute', 'continuous', 'prismatic', 'fixed', 'floating', 'planar'] as const;
/** `revolute` turns within limits, `continuous` without; `prismatic` slides; `planar` moves in a plane; `floating` moves freely. */
export type JointType = (typeof JOINT_TYPES)[number];

/** Range, effort and velocity of a joint; effort and velocity bind in both directions. */
export interface JointLimit {
  /** rad, or m for prismatic joints; infinite for continuous ones. */
  readonly lower: number;
  /** As `lower`; at least that. */
  readonly upper: number;
  /** Nm or N. */
  readonly effort: number;
  /** rad/s or m/s. */
  readonly velocity: number;
}

/** The joint follows another: multiplier * (position of `joint`) + offset. */
export interface Mimic {
  readonly joint: string;
  readonly multiplier: number;
  readonly offset: number;
}

/** What connects two links. */
export interface Joint {
  readonly name: string;
  readonly type: JointType;
  /** Link that carries the joint. */
  readonly parent: string;
  /** Link that the joint moves. */
  readonly child: string;
  /** The joint's frame, which is the child's at position 0, in the parent link's frame. */
  readonly origin: Origin;
  /** Unit vector in the joint's frame: turned about, slid along, or the normal of a planar joint's plane. */
  readonly axis: Vector3;
  /** Always there for revolute and prismatic joints. */
  readonly limit?: JointLimit;
  /** Nm s/rad or N s/m, and Nm or N. */
  readonly dynamics?: { readonly damping: number; readonly friction: number };
  readonly mimic?: Mimic;
}

/** A tree of links and joints. */
export interface RobotModel {
  readonly name: string;
  readonly links: readonly Link[];
  readonly joints: readonly Joint[];
  /** The one link that is no joint's child. */
  readonly root: string;
}
