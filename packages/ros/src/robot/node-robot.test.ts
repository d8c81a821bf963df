import { fileURLToPath } from 'node:url';
import { InputError } from '@praxis/core';
import { derivedFigures } from '@praxis/safety';
import { safetyOf } from '@praxis/sim';
import { beforeAll, describe, expect, it } from 'vitest';
import { safetyConfigs } from '../nodes/supervisor/safety-config.ts';
import { type FolderRobot, findRobot, folderRobot, onlyArm, openFolder, unusedParameters } from './node-robot.ts';
import { ROBOT_PARAMETERS } from './parameters.ts';

const DRIVERS = { image_transport: 'raw', gripper_states: '', joint_age: 0.2 } as const;

describe('the arm of a folder', () => {
  let arm5: FolderRobot;
  let arm6: FolderRobot;
  beforeAll(async () => {
    arm5 = await openFolder(await findRobot({ robot: 'arm5', config: '' }));
    arm6 = await openFolder(fileURLToPath(new URL('../../../../robots/arm6', import.meta.url)));
  });

  it('has a wrench where the folder has a sensor, and none elsewhere', () => {
    const sensors = (folder: FolderRobot) => folderRobot(folder, DRIVERS).arms.map(({ sensorFrame }) => sensorFrame);
    expect([sensors(arm5), sensors(arm6)]).toEqual([[''], ['ft_sensor']]);
  });

  it('has the supervisor that is derived from it, with the longer deadlines of ROS 2 and no figure of another arm', () => {
    const config = safetyConfigs('', arm5.choice).get('arm')!;
    expect(derivedFigures(config)).toBe(derivedFigures(safetyOf(arm5.setup)));
    expect(config.force).toBeNull();
    expect(config.watchdog.streams.joints.deadline).toBe(0.1);
    const own = safetyOf(arm6.setup).force!;
    expect(safetyConfigs('', arm6.choice).get('arm')!.force?.free).toEqual(own.free);
    // Late targets jerk the simulated arm.
    expect(safetyConfigs('sim', arm6.choice).get('arm')!.force?.free.force).toBe(2 * own.free.force);
  });
});

it('a robot that is neither a folder nor registered is refused with the names of those that are', async () => {
  await expect(findRobot({ robot: 'arm7', config: '' })).rejects.toThrow(
    new InputError(
      'parameter robot: no folder arm7, and no robot of this name; registered are arm5, arm6, base, praxis_arm, two_arms',
    ),
  );
});

it('a robot of two arms is refused in one line by what moves one arm', async () => {
  const robot = folderRobot(await openFolder(await findRobot({ robot: 'two_arms', config: '' })), DRIVERS);
  expect(() => onlyArm(robot, 'commands in words move')).toThrow(
    new InputError('robot two_arms: 2 arms and 0 bases, expected one arm, which commands in words move'),
  );
});

it('parameters that describe another arm than the folder are named, those of drivers and defaults are not', () => {
  const defaults = Object.fromEntries(Object.entries(ROBOT_PARAMETERS).map(([name, { value }]) => [name, value]));
  expect(unusedParameters({ ...defaults, robot: 'arm6', image_transport: 'compressed' })).toEqual([]);
  expect(unusedParameters({ ...defaults, joints: ['j1'], camera_rate: 30 })).toEqual(['joints', 'camera_rate']);
});
