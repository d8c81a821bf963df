import type { RobotDefinition } from '@praxis/model';
import { DEFAULT_FILTER, DEFAULT_FORCE, type SafetyConfig } from '@praxis/safety';

/** Names of the arm's joints, from base to wrist. */
export const ARM_JOINTS = ['joint1', 'joint2', 'joint3', 'joint4', 'joint5', 'joint6', 'joint7'] as const;
/** Names of the gripper's joints. */
export const FINGER_JOINTS = ['finger_joint1', 'finger_joint2'] as const;
/** Link of the wrist force/torque sensor. */
export const SENSOR_LINK = 'ft_sensor_link';
/** Link of the tool frame; its z axis points out of the gripper. */
export const TOOL_LINK = 'tool0';
/** Link of the base frame, which is also the simulator's world frame. */
export const BASE_LINK = 'base_link';
/** Home position of the joints (rad): elbow up, tool down in front of the base. */
export const HOME_JOINTS_RAD = [0, -0.35, 0, -2.4, 0, 2.05, 0.785] as const;
/** Rate of control loop, joint sensors and wrench sensor (Hz). */
export const CONTROL_RATE_HZ = 500;
/** Width and height of the camera images (pixels). */
export const IMAGE_SIZE_PX = 96;
/** Frame rate of the cameras (Hz). */
export const CAMERA_RATE_HZ = 20;

const strong = { kp: 4500, kv: 220, armature: 0.1 };
const weak = { kp: 2000, kv: 60, armature: 0.08 };
const finger = { kp: 1500, kv: 40, armature: 0.05 };

const camera = (name: string, fov: number) => ({
  frame: `camera_${name}_optical_frame`,
  size: [IMAGE_SIZE_PX, IMAGE_SIZE_PX] as [number, number],
  fov,
  rate: CAMERA_RATE_HZ,
  // The shipped policy was trained and measured on pictures without noise.
  noise: 0,
});

/**
 * Limits of contact of the Praxis arm in its work cell. They follow a measurement over 24 episodes of `pick` and `sort` with the shipped
 * policy. With the tool higher than 4 cm, the wrench reached 6 N and 0.4 Nm, including the weight and inertia of the carried object. Below
 * that it reached 47 N and 4.2 Nm. Contact is therefore expected below 6 cm only; elsewhere 10 N are a collision.
 */
export const PRAXIS_FORCE: NonNullable<SafetyConfig['force']> = {
  ...DEFAULT_FORCE,
  free: { force: 10, torque: 2 },
  expect: { below: 0.06, gripping: null },
  retreat: { ...DEFAULT_FORCE.retreat, floor: 0.06 },
  // A slipping grip oscillates with up to 20 N for one or two samples.
  strike: { samples: 2, factor: 4 },
};

/**
 * The Praxis arm: the content of `robots/praxis_arm/robot.yaml`, which a test holds to it, for pages and threads that read no files.
 */
export const PRAXIS_ARM: RobotDefinition = {
  name: 'praxis_arm',
  description: '../../urdf/praxis_arm.urdf',
  packages: {},
  arms: {
    arm: {
      base: BASE_LINK,
      tool: TOOL_LINK,
      joints: [...ARM_JOINTS],
      home: [...HOME_JOINTS_RAD],
      gripper: {
        joints: [...FINGER_JOINTS],
        open: { finger_joint1: 0.04, finger_joint2: 0.04 },
        closed: { finger_joint1: 0, finger_joint2: 0 },
        width: [0, 0.08],
      },
      wristSensor: { frame: SENSOR_LINK, rate: CONTROL_RATE_HZ },
    },
  },
  bases: {},
  frames: {},
  limits: {},
  cameras: { front: camera('front', 46), wrist: camera('wrist', 70) },
  rate: CONTROL_RATE_HZ,
  // The first four joints have stronger drives.
  servos: Object.fromEntries([
    ...ARM_JOINTS.map((name, i) => [name, i < 4 ? strong : weak] as const),
    ...FINGER_JOINTS.map((name) => [name, finger] as const),
  ]),
  // Above the table and within reach. A target beyond this box is an error of the policy.
  workspace: { lower: [0.2, -0.5, -0.02], upper: [0.8, 0.5, 0.7] },
  taskArea: {
    x: [0.36, 0.58],
    y: [-0.22, 0.22],
    start: { lower: [0.38, -0.08, 0.24], upper: [0.48, 0.08, 0.3] },
    openWidth: 0.08,
    graspHeight: 0.016,
    scale: 1,
  },
  safety: {
    filter: DEFAULT_FILTER,
    force: PRAXIS_FORCE,
  },
  notes: [],
};
