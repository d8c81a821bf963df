import { poseInFrame } from '@praxis/core';
import { chainKinematics, KinematicTree, parseUrdf, type RobotModel } from '@praxis/model';
import type { Servo } from '../mjcf/robot-bodies.ts';
import { type ArmLayout, armSpec } from './arm-spec.ts';
import { CAMERA_RATE_HZ, IMAGE_SIZE_PX } from './camera-sensor.ts';
import { toChildFrame, toParentFrame } from './frames.ts';

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

/** Gains of stiff position servos for each joint. The first four joints have stronger drives. */
export const SERVOS: ReadonlyMap<string, Servo> = new Map<string, Servo>([
  ...ARM_JOINTS.map((name, i): [string, Servo] => [
    name,
    i < 4 ? { kp: 4500, kv: 220, armature: 0.1 } : { kp: 2000, kv: 60, armature: 0.08 },
  ]),
  ...FINGER_JOINTS.map((name): [string, Servo] => [name, { kp: 1500, kv: 40, armature: 0.05 }]),
]);

/**
 * Parses the arm's URDF and derives its kinematics and tool load.
 * @param urdf text of a URDF with the arm's link and joint names
 * @throws {InputError} when the text is invalid or a name is missing
 */
export function armModel(urdf: string) {
  const model = parseUrdf(urdf, { source: 'the arm', hasMesh: () => true });
  return {
    model,
    tree: new KinematicTree(model),
    kinematics: chainKinematics(model, BASE_LINK, TOOL_LINK),
    tool: toolLoad(model),
  };
}
/** Model, kinematics and tool load of the arm. */
export type ArmModel = ReturnType<typeof armModel>;

/**
 * Computes mass (kg) and centre of mass (m, sensor frame) of every link behind the wrist sensor with the fingers closed,
 * and the pose of the sensor in the tool frame.
 */
export function toolLoad(model: RobotModel, sensorLink: string = SENSOR_LINK, toolLink: string = TOOL_LINK) {
  const tree = new KinematicTree(model);
  const sensor = tree.pose(sensorLink, {});
  const behind = new Set([sensorLink]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const { parent, child } of model.joints) {
      if (behind.has(parent) && !behind.has(child)) {
        behind.add(child);
        grown = true;
      }
    }
  }
  let toolMass = 0;
  const moment = [0, 0, 0];
  for (const link of model.links) {
    if (!behind.has(link.name) || !link.inertial) continue;
    const pose = tree.pose(link.name, {});
    const centre = toParentFrame(pose, link.inertial.origin.xyz);
    toolMass += link.inertial.mass;
    for (let i = 0; i < 3; i++) moment[i] += link.inertial.mass * centre[i];
  }
  const world = moment.map((m) => m / toolMass);
  const tool = tree.pose(toolLink, {});
  return {
    toolMass,
    toolCentreOfMass: toChildFrame(sensor, world),
    ftInTool: poseInFrame(tool, sensor),
  };
}

/** Layout of the simulated arm. */
export const ARM_LAYOUT = {
  name: 'praxis_arm',
  joints: ARM_JOINTS,
  fingers: FINGER_JOINTS,
  baseFrame: BASE_LINK,
  sensorFrame: SENSOR_LINK,
  cameras: ['front', 'wrist'].map((name) => ({ name, frame: `camera_${name}_optical_frame` })),
  imageSize: IMAGE_SIZE_PX,
  cameraRate: CAMERA_RATE_HZ,
  sensorRate: CONTROL_RATE_HZ,
} as const satisfies ArmLayout;

/** Streams and command of the simulated arm. */
export const ROBOT_SPEC = armSpec(ARM_LAYOUT);
