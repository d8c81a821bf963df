import type { RobotSpec, SignalSpec } from '@praxis/core';

/** What the streams and the command of an arm with a gripper follow from. */
export interface ArmLayout {
  /** How errors call the robot. */
  readonly name: string;
  /** In the order in which they are commanded. */
  readonly joints: readonly string[];
  /** Joints whose positions add up to the gripper's width (m). */
  readonly fingers: readonly string[];
  /** Frame of joints and commands. */
  readonly baseFrame: string;
  /** Frame of the force/torque sensor; empty without one. */
  readonly sensorFrame: string;
  /** Names, and optical frames (REP-103). */
  readonly cameras: readonly { readonly name: string; readonly frame: string }[];
  /** Width and height of pictures, pixels. */
  readonly imageSize: number;
  /** Of cameras, and of joints, wrench and command (Hz). */
  readonly cameraRate: number;
  readonly sensorRate: number;
}

/** `images.NAME` of each camera, `wrench`, `joints` and `instruction`; the command `arm`. */
export function armSpec(layout: ArmLayout): RobotSpec {
  const { name, joints, fingers, baseFrame, sensorFrame, cameras, imageSize, cameraRate, sensorRate } = layout;
  const arm = { modality: 'joints', dtype: 'float64', frame: baseFrame, rateHz: sensorRate } as const;
  const wrench: SignalSpec = {
    name: 'wrench',
    modality: 'wrench',
    dtype: 'float64',
    shape: [6],
    unit: ['N', 'N', 'N', 'N m', 'N m', 'N m'],
    frame: sensorFrame,
    rateHz: sensorRate,
  };
  return {
    name,
    streams: [
      ...cameras.map(
        (camera): SignalSpec => ({
          name: `images.${camera.name}`,
          modality: 'vision',
          dtype: 'uint8',
          shape: [imageSize, imageSize, 3],
          unit: 'rgb8',
          frame: camera.frame,
          rateHz: cameraRate,
        }),
      ),
      ...(sensorFrame === '' ? [] : [wrench]),
      {
        ...arm,
        name: 'joints',
        shape: [joints.length + fingers.length],
        unit: [...joints.map(() => 'rad'), ...fingers.map(() => 'm')],
        names: [...joints, ...fingers],
      },
      { name: 'instruction', modality: 'language', dtype: 'string', shape: [], unit: '1', frame: '', rateHz: 0 },
    ],
    commands: [
      {
        ...arm,
        name: 'arm',
        shape: [joints.length + 1],
        unit: [...joints.map(() => 'rad'), 'm'],
        names: [...joints, 'gripper'],
      },
    ],
  };
}
