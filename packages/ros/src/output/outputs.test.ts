import { InputError } from '@praxis/core';
import { chainKinematics, parseUrdf } from '@praxis/model';
import { ARM_LAYOUT, TOOL_LINK } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { describe, expect, it } from 'vitest';
import { FakeNode } from '../testing/fake-node.ts';
import { armOutput, CONTROLLERS, type Controller } from './arm-outputs.ts';
import { type Gripper, gripperOutput } from './gripper-outputs.ts';

const { joints, baseFrame } = ARM_LAYOUT;
const model = parseUrdf(armUrdf(), { source: 'the arm', hasMesh: () => true });
const kinematics = chainKinematics(model, baseFrame, TOOL_LINK);
const { rcl, node } = new FakeNode();

const named = (parameter: string, name: string) => ({ parameter, name });
const armTopic = (kind: Controller, controllerName = ''): string =>
  armOutput(kind, {
    rcl,
    node,
    joints,
    kinematics,
    controllerName: named('controller_name', controllerName),
    baseFrame,
  }).name;

class ActionClient {
  readonly name: string;
  constructor(_node: unknown, _type: string, name: string) {
    this.name = name;
  }
}
const gripperTopic = (kind: Gripper, gripperName = ''): string =>
  gripperOutput(kind, {
    rcl: { ...rcl, ActionClient } as never,
    node,
    gripperName: named('gripper_name', gripperName),
    maxEffort: 40,
  }).name;

describe('the outputs to controllers', () => {
  it('have the usual names of the controllers', () => {
    expect(CONTROLLERS.map((kind) => armTopic(kind))).toEqual([
      'forward_position_controller/commands',
      'joint_trajectory_controller/joint_trajectory',
      'servo_node/delta_twist_cmds',
      'servo_node/delta_joint_cmds',
    ]);
    expect(gripperTopic('forward_position')).toBe('gripper_controller/commands');
    expect(gripperTopic('action')).toBe('gripper_controller/gripper_cmd');
    expect(gripperTopic('none')).toBe('none');
  });

  it('begin with the name of the user, relative to the namespace or absolute', () => {
    expect(CONTROLLERS.map((kind) => armTopic(kind, 'my_controller'))).toEqual([
      'my_controller/commands',
      'my_controller/joint_trajectory',
      'my_controller/delta_twist_cmds',
      'my_controller/delta_joint_cmds',
    ]);
    expect(armTopic('joint_trajectory', '/left/arm_controller')).toBe('/left/arm_controller/joint_trajectory');
    expect(gripperTopic('forward_position', 'hand')).toBe('hand/commands');
    expect(gripperTopic('action', 'hand')).toBe('hand/gripper_cmd');
  });

  it.each(['my controller', '/', 'arm/', '2nd', 'arm-controller'])('refuse the name "%s"', (name) => {
    expect(() => armTopic('forward_position', name)).toThrow(InputError);
    expect(() => armTopic('forward_position', name)).toThrow(`parameter controller_name: "${name}" is no name`);
    expect(() => gripperTopic('action', name)).toThrow('parameter gripper_name');
  });
});
