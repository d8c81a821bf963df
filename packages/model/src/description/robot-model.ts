/**
 * Vector x, y, z.
 * Robot description as read from a URDF: SI units, REP-103 axes, links and joints in the order of the file.
 */
export type Vector3 = readonly [number, number, number];

/** Pose of a frame in its parent's frame. */
export interface Origin {
  /** Position (m). */
  readonly xyz: Vector3;
  /** Roll, pitch, yaw about the parent's fixed x, y and z axes (rad). */
  readonly rpy: Vector3;
  /** The same rotation as a unit quaternion x, y, z, w. */
  readonly quaternion: readonly [number, number, number, number];
}

/** Shape of a link, centred on its origin (m). Cylinders and capsules lie along z. */
export type Geometry =
  | { readonly type: 'box'; readonly size: Vector3 }
  | { readonly type: 'cylinder'; readonly radius: number; readonly length: number }
  | { readonly type: 'capsule'; readonly radius: number; readonly length: number }
  | { readonly type: 'sphere'; readonly radius: number }
  | { readonly type: 'mesh'; readonly filename: string; readonly scale: Vector3 };

/** Colour or texture of a visual. */
export interface Material {
  readonly name: string;
  /** Red, green, blue, alpha, each 0..1; absent if the file names a material that it does not define. */
  readonly rgba?: readonly [number, number, number, number];
  /** File name of the texture, as in the description. */
  readonly texture?: string;
}

/** A collision shape in its link's frame. */
export interface Collision {
  readonly name: string;
  readonly origin: Origin;
  readonly geometry: Geometry;
}

/** A visible shape in its link's frame. */
export interface Visual extends Collision {
  readonly material?: Material;
}

/** Mass distribution of one link. */
export interface Inertial {
  /** Frame at the centre of mass whose axes the inertia refers to. */
  readonly origin: Origin;
  /** Mass (kg). */
  readonly mass: number;
  /** Inertia `[ixx, ixy, ixz, iyy, iyz, izz]` about the centre of mass (kg m^2). */
  readonly inertia: readonly [number, number, number, number, number, number];
}

/** A rigid body. A link without `inertial` has no mass. */
export interface Link {
  readonly name: string;
  readonly inertial?: Inertial;
  readonly visuals: readonly Visual[];
  readonly collisions: readonly Collision[];
}

/** Joint types of URDF. */
export const JOINT_TYPES = ['revolute', 'continuous', 'prismatic', 'fixed', 'floating', 'planar'] as const;
/**
 * Joint type: `revolute` rotates within limits, `continuous` without; `prismatic` translates; `planar` moves in a
 * plane; `floating` moves freely.
 */
export type JointType = (typeof JOINT_TYPES)[number];

/** Limits of a joint; effort and velocity apply in both directions. */
export interface JointLimit {
  /** Lowest position (rad; m for prismatic joints); -Infinity for continuous joints. */
  readonly lower: number;
  /** Highest position (rad, m); at least `lower`. */
  readonly upper: number;
  /** Largest torque or force (Nm, N). */
  readonly effort: number;
  /** Largest speed (rad/s, m/s). */
  readonly velocity: number;
}

/** Range within which a joint's drive lets it move, inside of {@link JointLimit} (`safety_controller` of a URDF). */
export interface SoftLimit {
  /** Lowest position (rad, m). */
  readonly lower: number;
  /** Highest position (rad, m); more than `lower`. */
  readonly upper: number;
}

/** Positions of a joint at evenly spaced positions of the joint that it follows, from `lower` to `upper` (rad, m); linear between. */
export interface FollowerCurve {
  readonly lower: number;
  readonly upper: number;
  /** Two positions or more (rad, m). */
  readonly positions: readonly number[];
}

/** The joint follows another one: position = multiplier * (position of `joint`) + offset. */
export interface Mimic {
  readonly joint: string;
  readonly multiplier: number;
  readonly offset: number;
  /** For a joint that a closed loop moves: its positions, of which multiplier and offset are then the straight line through both ends. */
  readonly curve?: FollowerCurve;
}

/** How hard physics keeps an equality: `solref` and `solimp` of MuJoCo. */
export interface EqualitySoftness {
  readonly solref: readonly number[];
  readonly solimp: readonly number[];
}

/**
 * What physics keeps equal beyond the tree of links: two points of two links (`connect`), two frames of them (`weld`), or a joint and a
 * polynomial of another one, or a constant without one (`joint`: rad, m).
 */
export type Equality = EqualitySoftness &
  (
    | {
        readonly type: 'connect';
        readonly links: readonly [string, string];
        readonly points: readonly [Vector3, Vector3];
      }
    | { readonly type: 'weld'; readonly links: readonly [string, string]; readonly frames: readonly [Origin, Origin] }
    | {
        readonly type: 'joint';
        readonly joint: string;
        readonly follows?: string;
        /** Coefficients, that of the constant first. */
        readonly polynomial: readonly number[];
      }
  );

/** Connection of two links. */
export interface Joint {
  readonly name: string;
  readonly type: JointType;
  /** Link that carries the joint. */
  readonly parent: string;
  /** Link that the joint moves. */
  readonly child: string;
  /** Joint frame in the parent link's frame. It equals the child's frame at position 0. */
  readonly origin: Origin;
  /** Axis of rotation or translation, or normal of a planar joint's plane: a unit vector in the joint's frame. */
  readonly axis: Vector3;
  /** Limits; always present for revolute and prismatic joints. */
  readonly limit?: JointLimit;
  /** The range of the joint's safety controller, where the description has one. */
  readonly softLimit?: SoftLimit;
  /**
   * Damping (Nm s/rad, N s/m) and friction (Nm, N); of a spring in the joint its stiffness (Nm/rad, N/m) and the position at which it is
   * at rest (rad, m); and the reflected inertia of a drive (kg m^2, kg).
   */
  readonly dynamics?: {
    readonly damping: number;
    readonly friction: number;
    readonly spring?: { readonly stiffness: number; readonly rest: number };
    readonly armature?: number;
  };
  readonly mimic?: Mimic;
}

/** Optics of a camera as an MJCF states them. */
export interface CameraOptics {
  /** Vertical field of view (degrees). */
  readonly fov: number;
  /** Width and height of the images (pixels); absent where the description states none. */
  readonly size?: readonly [width: number, height: number];
}

/** A tree of links and joints. */
export interface RobotModel {
  readonly name: string;
  readonly links: readonly Link[];
  readonly joints: readonly Joint[];
  /** The only link that is not a joint's child. */
  readonly root: string;
  /** What closes loops of links or couples joints otherwise than by a mimic; absent where nothing does, as in every URDF. */
  readonly equalities?: readonly Equality[];
  /** Optics of its cameras by the name of their link; absent where the description has none, as every URDF. */
  readonly cameras?: Readonly<Record<string, CameraOptics>>;
  /** What the description says wrongly and the model does without, such as visuals that cannot be read: one line each. */
  readonly warnings?: readonly string[];
}
