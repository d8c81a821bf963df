import { readFileSync } from 'node:fs';
import { bindRobot, type PolicySpec } from '@praxis/core';
import { parseManifest } from '@praxis/policy';
import { PRAXIS_ARM } from '@praxis/policy/testing';
import { ARM_LAYOUT, armModel, ROBOT_SPEC, TOOL_LINK } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { describe, expect, it } from 'vitest';
import { describeRobot, type RobotDescription } from '../packages/ros/src/robot/description.ts';

const textOf = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const specOf = (folder: string): PolicySpec => {
  const { name, robots = [] } = parseManifest(JSON.parse(textOf(`${folder}/manifest.json`)), folder);
  return { name, robots, inputs: [], horizon: 1, actionPeriod: 0.1, inferencePeriod: 0.1 };
};
/** The arm of parameters and a URDF, which has the name. */
const overRos = (change: Partial<RobotDescription> = {}) =>
  describeRobot({
    ...ARM_LAYOUT,
    name: undefined,
    urdf: armUrdf(),
    toolFrame: TOOL_LINK,
    imageTransport: 'raw',
    ...change,
  });

describe('the robot of a policy', () => {
  const simulated = { spec: ROBOT_SPEC, kinematics: armModel(armUrdf()).kinematics };

  it.each(['models/default', 'examples/own-modality/model'])(
    '%s names the Praxis arm as the simulator and ROS describe it, and nothing else differs',
    (folder) => {
      const policy = specOf(folder);
      for (const { spec, kinematics } of [simulated, overRos()]) {
        expect(bindRobot(policy, spec, kinematics, undefined)).toBeUndefined();
      }
      expect(policy.robots).toEqual([PRAXIS_ARM]);
    },
  );

  it('is not a foreign arm with six joints and without gripper, whatever its links are called', () => {
    const urdf = textOf('examples/own-robot/arm.urdf');
    const joints = ['axis1', 'axis2', 'axis3', 'axis4', 'axis5', 'axis6'];
    const foreign = overRos({ urdf, joints, fingers: [], sensorFrame: '' });
    const policy = specOf('models/default');
    expect(() => bindRobot(policy, foreign.spec, foreign.kinematics, undefined)).toThrow(
      /trained for praxis_arm, this robot is bench_arm \(its joints are axis1, .*; it has no gripper, trained with one\)/,
    );
    const renamed = overRos({ urdf: urdf.replace('bench_arm', 'praxis_arm'), joints, fingers: [], sensorFrame: '' });
    expect(() => bindRobot(policy, renamed.spec, renamed.kinematics, undefined)).toThrow('is not as in training');
  });

  it('is not the Praxis arm with a longer tool or another gripper', () => {
    const wider = armUrdf().replaceAll('upper="0.04"', 'upper="0.06"');
    const { spec, kinematics } = overRos({ urdf: wider });
    expect(spec.gripperRange).toEqual([0, 0.12]);
    expect(() => bindRobot(specOf('models/default'), spec, kinematics, undefined)).toThrow(
      'the gripper opens in 0..0.12 m, trained with 0..0.08 m',
    );
    const hand = overRos({ toolFrame: 'hand' });
    expect(() => bindRobot(specOf('models/default'), hand.spec, hand.kinematics, undefined)).toThrow(
      'm from where it was in training',
    );
  });
});
