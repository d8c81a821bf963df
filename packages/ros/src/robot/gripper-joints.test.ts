import { beforeAll, describe, expect, it } from 'vitest';
import { PublishedJoints } from '../nodes/sim/joints.ts';
import { type FolderRobot, findRobot, openFolder } from './arm.ts';
import { GripperJoints } from './gripper-joints.ts';

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
    const read = GripperJoints.of(gripper)!.toWidth(published);
    expect(read.names).toEqual(sample.names);
    expect(read.position[6]).toBeCloseTo(0.04, 9);
    expect(read.velocity[6]).toBeCloseTo(-0.05, 6);
    expect(Array.from(read.position.subarray(0, 6))).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5]);
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
});
