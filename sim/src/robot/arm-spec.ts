import type { RobotSpec, SignalSpec } from '@praxis/core';

/** Joints, frames, sensors and rates of an arm with a gripper, from which {@link armSpec} derives streams and commands. */
export interface ArmLayout {
  /** Robot's name in error messages. */
  readonly name: string;
  /** Names of the joints, in the order of the command. */
  readonly joints: readonly string[];
  /** Names of the finger joints. The sum of their positions is the gripper's width (m). */
  readonly fingers: readonly string[];
  /** Frame of joints and commands. */
  readonly baseFrame: string;
  /** Frame of the force/torque sensor; empty for an arm without one. */
  readonly sensorFrame: string;
  /** Names and optical frames (REP 103) of the cameras. */
  readonly cameras: readonly { readonly name: string; readonly frame: string }[];
  /** Width and height of the images (pixels). */
  readonly imageSize: number;
  /** Rate of the cameras (Hz). */
  readonly cameraRate: number;
  /** Rate of joints, wrench and command (Hz). */
  readonly sensorRate: number;
}

/** Derives the streams (`images.NAME` of each camera, `wrench`, `joints`, `instruction`) and the command `arm` from a layout. */
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
