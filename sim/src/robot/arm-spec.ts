import type { RobotSpec, SignalSpec } from '@praxis/core';

/** Joints, frames, sensors and rates of an arm with a gripper, from which {@link armSpec} derives streams and commands. */
export interface ArmLayout {
  /** Robot's name in error messages. */
  readonly name: string;
  /** Names of the joints, in the order of the command. */
  readonly joints: readonly string[];
  /** Names of the finger joints. The sum of their positions is the gripper's width (m). */
  readonly fingers: readonly string[];
  /** Least and greatest width of the gripper (m); absent for an arm without one. */
  readonly gripperRange?: RobotSpec['gripperRange'];
  /** Frame of joints and commands. */
  readonly baseFrame: string;
  /** Frame of the force/torque sensor; empty for an arm without one. */
  readonly sensorFrame: string;
  /** Names and optical frames (REP 103) of the cameras, and width and height (pixels) and rate (Hz) where they have their own. */
  readonly cameras: readonly {
    readonly name: string;
    readonly frame: string;
    readonly size?: readonly [width: number, height: number];
    readonly rateHz?: number;
  }[];
  /** Width and height of the images of cameras without an own size (pixels). */
  readonly imageSize?: number;
  /** Rate of cameras without an own one (Hz). */
  readonly cameraRate?: number;
  /** Rate of joints, wrench and command (Hz). */
  readonly sensorRate: number;
}

/** Stream of a camera. @param camera its size is in pixels, its rate in Hz */
export const cameraSpec = ({
  name,
  frame,
  size: [width, height],
  rateHz,
}: Required<ArmLayout['cameras'][number]>): SignalSpec => ({
  name: `images.${name}`,
  modality: 'vision',
  dtype: 'uint8',
  shape: [height, width, 3],
  unit: 'rgb8',
  frame,
  rateHz,
});

/** Stream of a wrist force/torque sensor. @param frame link of the sensor */
export const wrenchSpec = (name: string, frame: string, rateHz: number): SignalSpec => ({
  name,
  modality: 'wrench',
  dtype: 'float64',
  shape: [6],
  unit: ['N', 'N', 'N', 'N m', 'N m', 'N m'],
  frame,
  rateHz,
});

/** Stream of the instructions. */
export const instructionSpec: SignalSpec = {
  name: 'instruction',
  modality: 'language',
  dtype: 'string',
  shape: [],
  unit: '1',
  frame: '',
  rateHz: 0,
};

/** Derives the streams (`images.NAME` of each camera, `wrench`, `joints`, `instruction`) and the command `arm` from a layout. */
export function armSpec(layout: ArmLayout): RobotSpec {
  const { name, joints, fingers, baseFrame, sensorFrame, cameras, imageSize = 0, cameraRate = 0, sensorRate } = layout;
  const arm = { modality: 'joints', dtype: 'float64', frame: baseFrame, rateHz: sensorRate } as const;
  return {
    name,
    ...(layout.gripperRange ? { gripperRange: layout.gripperRange } : {}),
    streams: [
      ...cameras.map(({ name: camera, frame, size = [imageSize, imageSize], rateHz = cameraRate }) =>
        cameraSpec({ name: camera, frame, size, rateHz }),
      ),
      ...(sensorFrame === '' ? [] : [wrenchSpec('wrench', sensorFrame, sensorRate)]),
      {
        ...arm,
        name: 'joints',
        shape: [joints.length + fingers.length],
        unit: [...joints.map(() => 'rad'), ...fingers.map(() => 'm')],
        names: [...joints, ...fingers],
      },
      instructionSpec,
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
