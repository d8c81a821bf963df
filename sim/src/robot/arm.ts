import type { ToolLoad } from '@praxis/core';
import { type ArmLayout, armSpec } from './arm-spec.ts';
import {
  ARM_JOINTS,
  BASE_LINK,
  CAMERA_RATE_HZ,
  CONTROL_RATE_HZ,
  FINGER_JOINTS,
  IMAGE_SIZE_PX,
  PRAXIS_ARM,
  SENSOR_LINK,
} from './praxis-arm.ts';
import { type RobotSetup, setupOf } from './setup.ts';

/** Setup of a robot with a wrist sensor, as the Praxis arm is. */
export interface ArmModel extends RobotSetup {
  readonly tool: ToolLoad;
}

/**
 * Reads the Praxis arm's URDF and derives its kinematics and tool load.
 * @param urdf text of a URDF with the arm's link and joint names
 * @throws {InputError} when the text is invalid or a name is missing
 */
export const armModel = (urdf: string): ArmModel => setupOf({ urdf }) as ArmModel;

/** Layout of the Praxis arm. */
export const ARM_LAYOUT = {
  name: PRAXIS_ARM.name,
  joints: ARM_JOINTS,
  fingers: FINGER_JOINTS,
  gripperRange: [0, 0.08],
  baseFrame: BASE_LINK,
  sensorFrame: SENSOR_LINK,
  cameras: Object.entries(PRAXIS_ARM.cameras).map(([name, { frame }]) => ({ name, frame })),
  imageSize: IMAGE_SIZE_PX,
  cameraRate: CAMERA_RATE_HZ,
  sensorRate: CONTROL_RATE_HZ,
} as const satisfies ArmLayout;

/** Streams and command of the Praxis arm. */
export const ROBOT_SPEC = armSpec(ARM_LAYOUT);
