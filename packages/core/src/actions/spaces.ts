/** What the numbers of an action mean. {@link ACTION_SPACES} has the elements and units of each space. */
export type ActionSpace =
  | 'ee_pose'
  | 'ee_delta'
  | 'ee_twist'
  | 'joint_position'
  | 'joint_delta'
  | 'joint_velocity'
  | 'gripper'
  | 'base_twist'
  | 'stiffness'
  | 'wrench';

/**
 * What an action counts from. `absolute`: nothing. `observation`: the measured state at the chunk's observation, for every row.
 * `previous`: the row before it, and for the first row the target that the robot followed at the observation.
 */
export type ActionReference = 'absolute' | 'observation' | 'previous';

/**
 * What happens between two rows. `linear`: the straight line. `angle`: the shorter way round (rad). `snap`: a row holds until the
 * time of the next one.
 */
export type RowInterpolation = 'linear' | 'angle' | 'snap';

/** Elements of one action space. */
export interface ActionSpaceRule {
  /** What the space commands of its group. Two actions of one group may not command the same. */
  readonly commands: 'motion' | 'gripper' | 'base' | 'stiffness' | 'wrench';
  /** Names of the elements; undefined where they are the names of joints or of a base's command. */
  readonly names?: readonly string[];
  /** Unit of each element; undefined where the robot's command gives it. */
  readonly unit?: readonly string[];
  /** References that the space may have; the first one is the default. */
  readonly references: readonly ActionReference[];
  /** True where the vectors have axes: those of the group's base frame. */
  readonly hasFrame: boolean;
}

const ABSOLUTE: readonly ActionReference[] = ['absolute'];
const RELATIVE: readonly ActionReference[] = ['observation', 'previous'];

/**
 * The action spaces, in SI units.
 *
 * - `ee_pose`: pose of the tool in the base frame, a unit quaternion included.
 * - `ee_delta`: displacement of the tool along the axes of the base frame, and a rotation vector (target = exp(dr) * orientation).
 * - `ee_twist`: linear and angular velocity of the tool along the axes of the base frame.
 * - `joint_position`, `joint_delta`, `joint_velocity`: by the names of the arm's joints.
 * - `gripper`: distance between the fingers (m), or with the unit `1` the opening from 0 (closed) to 1 (open).
 * - `base_twist`: velocity of a driven base in its own axes, by the names of its command: `vx`, `vy`, `wz`.
 * - `stiffness`: of the compliant tool along the axes of the base frame. Along an axis with less than 50 N/m the force alone moves the tool.
 * - `wrench`: force with which the compliant tool presses on its environment, along the axes of the base frame.
 */
export const ACTION_SPACES: Readonly<Record<ActionSpace, ActionSpaceRule>> = {
  ee_pose: {
    commands: 'motion',
    names: ['x', 'y', 'z', 'qx', 'qy', 'qz', 'qw'],
    unit: ['m', 'm', 'm', '1', '1', '1', '1'],
    references: ABSOLUTE,
    hasFrame: true,
  },
  ee_delta: {
    commands: 'motion',
    names: ['dx', 'dy', 'dz', 'drx', 'dry', 'drz'],
    unit: ['m', 'm', 'm', 'rad', 'rad', 'rad'],
    references: RELATIVE,
    hasFrame: true,
  },
  ee_twist: {
    commands: 'motion',
    names: ['vx', 'vy', 'vz', 'wx', 'wy', 'wz'],
    unit: ['m/s', 'm/s', 'm/s', 'rad/s', 'rad/s', 'rad/s'],
    references: ABSOLUTE,
    hasFrame: true,
  },
  joint_position: { commands: 'motion', references: ABSOLUTE, hasFrame: false },
  joint_delta: { commands: 'motion', references: RELATIVE, hasFrame: false },
  joint_velocity: { commands: 'motion', references: ABSOLUTE, hasFrame: false },
  gripper: { commands: 'gripper', names: ['width'], references: [...ABSOLUTE, ...RELATIVE], hasFrame: false },
  base_twist: { commands: 'base', references: ABSOLUTE, hasFrame: false },
  stiffness: {
    commands: 'stiffness',
    names: ['kx', 'ky', 'kz'],
    unit: ['N/m', 'N/m', 'N/m'],
    references: ABSOLUTE,
    hasFrame: true,
  },
  wrench: {
    commands: 'wrench',
    names: ['fx', 'fy', 'fz'],
    unit: ['N', 'N', 'N'],
    references: ABSOLUTE,
    hasFrame: true,
  },
};
