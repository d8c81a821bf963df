import { beforeAll, describe, expect, it } from 'vitest';
import { PublishedJoints } from '../nodes/sim/joints.ts';
import { DriverJoints } from './driver-joints.ts';
import { GripperJoints } from './gripper-joints.ts';
import { type FolderRobot, findRobot, openFolder } from './node-robot.ts';

describe('a gripper whose fingers turn, between driver and loop', () => {
  let robot: FolderRobot;
  beforeAll(async () => {
    robot = await openFolder(await findRobot({ robot: 'arm6', config: '' }));
  });

  it('publishes the joints that give the width, and reads the width from them again', () => {
    const { joints, gripper } = robot.setup;
    const sample = {
      names: [...joints, 'gripper'],
      position: Float64Array.of(0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.04),
      velocity: Float64Array.of(0, 0, 0, 0, 0, 1, -0.05),
    };
    const published = new PublishedJoints(robot.setup).stateOf(sample);
    expect(published.names).toEqual([...joints, 'left_knuckle_joint']);
    expect(published.position[6]).toBeGreaterThan(0.3);
    // The gripper closes: its joint grows.
    expect(published.velocity[6]).toBeGreaterThan(0);
    const read = DriverJoints.of(sample.names, [gripper!])!.toStream(published);
    expect(read.names).toEqual(sample.names);
    expect(read.position[6]).toBeCloseTo(0.04, 9);
    expect(read.velocity[6]).toBeCloseTo(-0.05, 6);
    expect(Array.from(read.position.subarray(0, 6))).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5]);
  });

  it('of each of two arms has its own place among the joints', () => {
    const { gripper } = robot.setup;
    const grippers = ['left', 'right'].map((arm) => ({ ...gripper!, streamNames: [`${arm}.gripper`] }));
    const named = grippers.map((each, i) => ({ ...each, joints: gripper!.joints.map((joint) => `${joint}_${i}`) }));
    const names = ['left_waist', 'right_waist', 'left.gripper', 'right.gripper'];
    const joints = DriverJoints.of(names, named)!;
    expect(joints.names).toEqual(['left_waist', 'right_waist', 'left_knuckle_joint_0', 'left_knuckle_joint_1']);
    const sample = {
      names,
      position: Float64Array.of(0.1, 0.2, 0.04, 0.07),
      velocity: Float64Array.of(1, 2, 0, -0.05),
    };
    const { position, velocity, effort } = joints.toStream({
      ...joints.toDrivers(sample),
      effort: new Float64Array(4),
    });
    for (const i of sample.position.keys()) {
      expect(position[i]).toBeCloseTo(sample.position[i], 9);
      expect(velocity[i]).toBeCloseTo(sample.velocity[i], 6);
    }
    expect([...effort!]).toEqual([0, 0, Number.NaN, Number.NaN]);
  });

  it('is open and closed at the values of robot.yaml', () => {
    const joints = GripperJoints.of(robot.setup.gripper)!;
    expect(joints.positionsAt(0.085)[0]).toBeCloseTo(0, 9);
    expect(joints.positionsAt(0)[0]).toBeCloseTo(0.75, 9);
  });
});

it('the joints of a parallel gripper add up to the width and need no conversion', async () => {
  const { setup } = await openFolder(await findRobot({ robot: 'praxis_arm', config: '' }));
  expect(GripperJoints.of(setup.gripper)).toBeUndefined();
  expect(GripperJoints.of(undefined)).toBeUndefined();
  expect(DriverJoints.of([...setup.joints, ...setup.gripper!.streamNames], [setup.gripper!])).toBeUndefined();
});
