import { InputError } from '@praxis/core';
import * as z from 'zod';

const name = z.string().min(1);
const positive = z.number().positive();
const values = z.record(name, z.number());
const vector3 = z.tuple([z.number(), z.number(), z.number()]);

const servo = z.strictObject({
  kp: positive.describe('stiffness (Nm/rad; N/m for prismatic joints)'),
  kv: z.number().nonnegative().describe('damping (Nm s/rad; N s/m)'),
  armature: z.number().nonnegative().default(0).describe('reflected inertia of the drive (kg m^2; kg)'),
});

const jointLimits = z.strictObject({
  lower: z.number().optional().describe('rad or m'),
  upper: z.number().optional().describe('rad or m'),
  velocity: positive.optional().describe('largest speed (rad/s or m/s)'),
  effort: positive.optional().describe('largest torque or force (Nm or N)'),
});

const gripper = z.strictObject({
  joints: z.array(name).min(1).describe('joints that a command sets; joints that mimic them follow'),
  open: values.describe('value of each joint with the gripper open (rad or m)'),
  closed: values.describe('value of each joint with the gripper closed (rad or m)'),
  width: z
    .tuple([z.number().nonnegative(), z.number().nonnegative()])
    .describe('distance between the fingertips when closed and when open (m), measured at the tool link'),
  fingertips: z
    .tuple([name, name])
    .optional()
    .describe(
      'links at the tips, for fingers that turn: the width follows their distance; default: linear in the joints',
    ),
});

const wristSensor = z.strictObject({
  frame: name.describe('link in whose axes the wrench is measured'),
  rate: positive.default(500).describe('Hz'),
});

const camera = z.strictObject({
  frame: name.describe('link of the camera, an optical frame: z ahead, x right, y down (REP-103)'),
  size: z.tuple([z.int().positive(), z.int().positive()]).describe('width and height (pixels)'),
  fov: positive.max(179).describe('vertical field of view (degrees)'),
  rate: positive.default(15).describe('Hz'),
  noise: z
    .number()
    .nonnegative()
    .default(0.012)
    .describe('standard deviation of the noise of a pixel, of values in 0..1'),
});

const frame = z.strictObject({
  link: name.describe('link of the description that carries it'),
  xyz: vector3.default([0, 0, 0]).describe('m, in the frame of the link'),
  rpy: vector3.default([0, 0, 0]).describe('roll, pitch, yaw about the fixed axes of the link (rad), as in URDF'),
});

const arm = z
  .strictObject({
    base: name.describe('link in whose frame poses of the tool are given'),
    tool: name.describe('link of the tool frame, z out of the gripper'),
    joints: z.array(name).describe('from base to tool; none for a gripper alone'),
    home: z.array(z.number()).describe('position of each joint at the start (rad or m)'),
    gripper: gripper.optional(),
    wristSensor: wristSensor.optional(),
  })
  .refine(
    ({ joints, gripper: tool }) => joints.length > 0 || tool !== undefined,
    'expected joints, or a gripper alone',
  );

const base = z.strictObject({
  kind: z.literal('differential'),
  link: name.describe('link that moves: x ahead (REP-103)'),
  left: z.array(name).min(1).describe('joints of the left wheels'),
  right: z.array(name).min(1).describe('joints of the right wheels'),
  wheelRadius: positive.describe('m'),
  track: positive.describe('distance between left and right wheels (m)'),
  casters: z.array(name).default([]).describe('links that slide over the floor in any direction, such as ball casters'),
  maxLinear: positive.describe('m/s'),
  maxAngular: positive.describe('rad/s'),
  linearAcceleration: positive.optional().describe('m/s^2; default: the largest speed within half a second'),
  angularAcceleration: positive.optional().describe('rad/s^2; default: the largest speed within half a second'),
});

/** What `robot.yaml` holds. Names are those of the description's links and joints; SI units; angles in rad. */
export const robotDefinitionSchema = z.strictObject({
  name,
  description: name.describe('URDF or MJCF file, relative to this file'),
  packages: z
    .record(name, name)
    .default({})
    .describe('folder of each package that package:// names, relative to this file'),
  frames: z
    .record(name, frame)
    .default({})
    .describe(
      'by name: fixed frames that the description lacks, such as one between the fingers or at a camera; they are links',
    ),
  srdf: name
    .optional()
    .describe(
      'SRDF relative to this file: its disable_collisions are pairs of links that the supervisor does not watch',
    ),
  arms: z.record(name, arm).default({}).describe('by command group'),
  bases: z.record(name, base).default({}).describe('driven bases by command group'),
  cameras: z.record(name, camera).default({}),
  limits: z
    .record(name, jointLimits)
    .default({})
    .describe('by joint: limits that the description lacks, or others than it states'),
  rate: positive.default(500).describe('rate of joints and commands (Hz)'),
  servos: z
    .union([z.literal('auto'), z.record(name, servo)])
    .default('auto')
    .describe('gains of position servos by joint'),
  workspace: z
    .strictObject({ lower: vector3, upper: vector3 })
    .optional()
    .describe('box that the tool stays in (m, base frame)'),
  taskArea: z
    .strictObject({
      x: z.tuple([z.number(), z.number()]).describe('where things may stand (m)'),
      y: z.tuple([z.number(), z.number()]),
      start: z.strictObject({ lower: vector3, upper: vector3 }).describe('where the tool is at the start (m)'),
      openWidth: positive.describe('distance between the fingers of the open gripper (m)'),
      graspHeight: positive.describe('least height of the tool, at which the fingers do not touch the table (m)'),
      scale: positive.default(1).describe('size of things compared with 4 cm blocks'),
    })
    .optional()
    .describe('where tasks place their scene (base frame); default: found by inverse kinematics'),
  safety: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('settings of the supervisor that differ from the derived ones'),
  notes: z
    .array(z.string())
    .default([])
    .describe('notes for planners: which way a joint turns, what the gripper can hold'),
});

/** A robot as `robot.yaml` defines it, with defaults filled in. */
export type RobotDefinition = z.infer<typeof robotDefinitionSchema>;
/** One arm of a robot. */
export type ArmDefinition = RobotDefinition['arms'][string];
/** The gripper of an arm. */
export type GripperDefinition = NonNullable<ArmDefinition['gripper']>;
/** A camera of a robot. */
export type CameraDefinition = RobotDefinition['cameras'][string];
/** A frame that a description lacks. */
export type FrameDefinition = RobotDefinition['frames'][string];
/** A driven base. */
export type BaseDefinition = RobotDefinition['bases'][string];

/** Zod's words for a value of a wrong type or none, in ours. */
const plainly = (message: string): string =>
  message
    .replace(/^Invalid input: expected (.*), received undefined$/, 'is missing, expected $1')
    .replace(/^Invalid input: expected (.*), received (.*)$/, 'is of type $2, expected $1');

interface DefinitionFault {
  readonly subject: string;
  readonly message: string;
}

const faultsOf = ({ issues }: z.ZodError): readonly DefinitionFault[] =>
  issues.map(({ path, message }) => ({ subject: path.join('.') || 'the file', message: plainly(message) }));

/** Everything that is wrong in the content of a `robot.yaml`, by the place of each fault; none in a valid one. */
export function definitionFaults(content: unknown): readonly DefinitionFault[] {
  const { error } = robotDefinitionSchema.safeParse(content);
  return error ? faultsOf(error) : [];
}

/**
 * Checks the content of a `robot.yaml`.
 * @param source name of the file, for messages
 * @throws {InputError} that lists everything that is wrong, in one line
 */
export function parseRobotDefinition(content: unknown, source: string): RobotDefinition {
  const result = robotDefinitionSchema.safeParse(content);
  if (result.success) return result.data;
  const faults = faultsOf(result.error).map(({ subject, message }) => `${subject}: ${message}`);
  throw new InputError(`${source}: ${faults.join('; ')}`);
}
