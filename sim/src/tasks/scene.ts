import type { BodyVisuals, Geometry, Lighting, Pose } from '../render/types.ts';

/** One thing in the scene that is not the robot. */
export interface SceneObject {
  readonly name: string;
  readonly geometry: Exclude<Geometry, { type: 'mesh' }>;
  /** Where it starts, in base_link. */
  readonly pose: Pose;
  readonly rgba: readonly [number, number, number, number];
  /** kg; 0 for things that never move. */
  readonly mass: number;
  /** Sliding friction coefficient. */
  readonly friction: number;
}

/** Where a camera deviates from the URDF's frame, how it sees and how late. */
export interface CameraSetup {
  readonly name: string;
  readonly frame: string;
  /** Vertical field of view (rad). */
  readonly fovY: number;
  /** m, in the URDF's optical frame. */
  readonly offset: readonly [number, number, number];
  /** Rotation vector (rad) in the URDF's optical frame. */
  readonly tilt: readonly [number, number, number];
  readonly exposure: number;
  /** Seconds from exposure to arrival. */
  readonly delay: number;
}

/** The wrist sensor's imperfections. */
export interface WrenchSetup {
  /** Standard deviation of one sample: N, Nm. */
  readonly noise: readonly [force: number, torque: number];
  /** Constant error: N, N, N, Nm, Nm, Nm. */
  readonly bias: readonly number[];
  /** Change of the bias a second. */
  readonly drift: readonly number[];
  /** Largest magnitude on each axis: N, Nm. */
  readonly saturation: readonly [force: number, torque: number];
  /** s. */
  readonly delay: number;
}

/** The joint encoders' imperfections. */
export interface JointsSetup {
  /** Standard deviation of one sample: rad and rad/s, m and m/s for the fingers. */
  readonly noise: readonly [position: number, velocity: number];
  /** Constant error of the position of each joint, arm first: rad, m for the fingers. */
  readonly bias: readonly number[];
  /** s. */
  readonly delay: number;
}

/** Everything about one episode that the seed decides, the task's own things apart. */
export interface Conditions {
  readonly lighting: Lighting;
  readonly cameras: readonly CameraSetup[];
  readonly wrench: WrenchSetup;
  readonly joints: JointsSetup;
  /** Seconds between a command and its effect. */
  readonly actionDelay: number;
  /** Seconds that one inference takes in simulated time. */
  readonly inferenceDelay: number;
  readonly table: readonly [number, number, number, number];
  /** Where the tool starts, m in base_link. */
  readonly start: readonly [number, number, number];
}

export const objectVisuals = ({ name, geometry, rgba }: SceneObject): BodyVisuals => ({
  body: name,
  visuals: [{ geometry, pose: [0, 0, 0, 0, 0, 0, 1], rgba }],
});
