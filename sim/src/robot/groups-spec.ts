import type { RobotSpec, SignalSpec } from '@praxis/core';
import type { RobotModel } from '@praxis/model';
import type { ArmSetup } from './arm-setup.ts';
import { cameraSpec, instructionSpec, wrenchSpec } from './arm-spec.ts';
import type { BaseSetup } from './base-setup.ts';
import { ODOMETRY_FRAME, ODOMETRY_NAMES, ODOMETRY_UNITS } from './odometry.ts';
import type { CameraModel } from './setup.ts';

/** Command groups, sensors and rate of a robot with several arms, or with a driven base. */
export interface GroupsLayout {
  readonly name: string;
  readonly model: RobotModel;
  readonly arms: readonly ArmSetup[];
  readonly bases: readonly BaseSetup[];
  readonly cameras: readonly CameraModel[];
  /** Rate of joints, wrenches, odometry and commands (Hz). */
  readonly rate: number;
}

/** Name of the stream of a wrist sensor. @param arm name of the arm's command */
export const wrenchStream = (arm: string): string => (arm === 'arm' ? 'wrench' : `wrench.${arm}`);

/** Name of the stream of a base's odometry. @param bases all bases of the robot */
export const odometryStream = (base: string, bases: readonly unknown[]): string =>
  bases.length === 1 ? 'odometry' : `odometry.${base}`;

/** Names of the elements of the stream `joints`: joints of the arms, then grippers, then wheels. */
export const jointNames = (arms: readonly ArmSetup[], bases: readonly BaseSetup[]): readonly string[] => [
  ...arms.flatMap(({ joints }) => joints),
  ...arms.flatMap(({ gripper }) => gripper?.streamNames ?? []),
  ...bases.flatMap(({ left, right }) => [...left, ...right]),
];

/**
 * Derives streams and commands of a robot with several arms or a driven base: `images.NAME` of each camera, `wrench.ARM` of each wrist
 * sensor, `joints` with the joints of all groups, `odometry` of a base, `instruction`, and a command for each arm and base by its name.
 */
export function groupsSpec({ name, model, arms, bases, cameras, rate }: GroupsLayout): RobotSpec {
  const common = { dtype: 'float64', rateHz: rate } as const;
  const sliding = new Set(model.joints.filter(({ type }) => type === 'prismatic').map((joint) => joint.name));
  const unitOf = (joint: string) => (sliding.has(joint) ? 'm' : 'rad');
  const names = jointNames(arms, bases);
  const widths = new Set(arms.flatMap(({ gripper }) => gripper?.streamNames ?? []));
  const armCommand = (arm: ArmSetup): SignalSpec => ({
    ...common,
    name: arm.name,
    modality: 'joints',
    frame: arm.baseLink,
    shape: [arm.joints.length + (arm.gripper ? 1 : 0)],
    unit: [...arm.joints.map(unitOf), ...(arm.gripper ? ['m'] : [])],
    names: [...arm.joints, ...(arm.gripper ? ['gripper'] : [])],
  });
  const baseCommand = (base: BaseSetup): SignalSpec => ({
    ...common,
    name: base.name,
    modality: 'base',
    frame: base.link,
    shape: [2],
    unit: ['m/s', 'rad/s'],
    names: ['vx', 'wz'],
  });
  return {
    name,
    streams: [
      ...cameras.map(cameraSpec),
      ...arms.flatMap((arm) =>
        arm.sensorLink === undefined ? [] : [wrenchSpec(wrenchStream(arm.name), arm.sensorLink, rate)],
      ),
      {
        ...common,
        name: 'joints',
        modality: 'joints',
        frame: '',
        shape: [names.length],
        unit: names.map((each) => (widths.has(each) ? 'm' : unitOf(each))),
        names,
      },
      ...bases.map(
        (base): SignalSpec => ({
          ...common,
          name: odometryStream(base.name, bases),
          modality: 'odometry',
          frame: ODOMETRY_FRAME,
          shape: [ODOMETRY_NAMES.length],
          unit: ODOMETRY_UNITS,
          names: ODOMETRY_NAMES,
        }),
      ),
      instructionSpec,
    ],
    commands: [...arms.map(armCommand), ...bases.map(baseCommand)],
  };
}
