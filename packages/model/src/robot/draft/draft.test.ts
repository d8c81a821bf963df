import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseUrdf } from '../../urdf/parse.ts';
import { parseRobotDefinition } from '../definition.ts';
import { draftRobot } from './draft.ts';
import { draftText } from './write.ts';

const joint = (name: string, parent: string, child: string, more = '') =>
  `<link name="${child}"/><joint name="${name}" type="revolute"><parent link="${parent}"/><child link="${child}"/>
   <origin xyz="0 0 0.2"/><axis xyz="${['0 0 1', '0 1 0'][name.length % 2]}"/><limit lower="-1" upper="2" effort="1" velocity="1"/>${more}</joint>`;
const fixed = (parent: string, child: string) =>
  `<link name="${child}"/><joint name="to_${child}" type="fixed"><parent link="${parent}"/><child link="${child}"/><origin xyz="0 0 0.1"/></joint>`;
const finger = (name: string, y: number, mimic = '') =>
  `<link name="${name}"><collision><origin xyz="0 ${y * 0.01} 0"/><geometry><box size="0.01 0.01 0.04"/></geometry></collision></link>
   <joint name="${name}_joint" type="prismatic"><parent link="hand"/><child link="${name}"/><axis xyz="0 ${y} 0"/>
   <limit lower="0" upper="0.03" effort="1" velocity="1"/>${mimic}</joint>`;
const CHAIN = ['j', 'jj', 'jjj', 'jjjj', 'jjjjj', 'jjjjjj'];
const arm = (prefix = '', root = 'base') =>
  CHAIN.map((name, i) => joint(`${prefix}${name}`, i === 0 ? root : `${prefix}l${i - 1}`, `${prefix}l${i}`)).join('');

const draft = (inside: string) => {
  const model = parseUrdf(`<robot name="r"><link name="base"/>${inside}</robot>`);
  const shapes = new Map(
    model.links.flatMap(({ name, collisions }) =>
      collisions.map(({ origin }) => [name, [Float64Array.from(origin.xyz)]] as const),
    ),
  );
  return draftRobot(model, 'r.urdf', { byLink: shapes, pieces: (link) => shapes.get(link) ?? [] });
};

describe('draftRobot', () => {
  it('takes the longest chain, a tool by its name, and fingers behind it', () => {
    const mimic = '<mimic joint="left_joint"/>';
    const { definition, guesses } = draft(
      arm() + fixed('l5', 'hand') + fixed('hand', 'hand_tcp') + finger('left', 1) + finger('right', -1, mimic),
    );
    expect(definition.arms).toEqual({
      arm: {
        base: 'base',
        tool: 'hand_tcp',
        joints: CHAIN,
        home: expect.any(Array),
        gripper: {
          ...{ joints: ['left_joint'], open: { left_joint: 0.03 }, closed: { left_joint: 0 } },
          ...{ width: [0, 0.06] },
        },
      },
    });
    expect(guesses.map(({ key }) => key)).toEqual([
      ...['arms.arm.joints', 'arms.arm.base', 'arms.arm.tool', 'arms.arm.home', 'arms.arm.gripper.joints'],
      ...[
        'arms.arm.gripper.open, closed',
        'arms.arm.gripper.width',
        'arms.arm.wristSensor',
        'cameras',
        'servos',
        'safety',
      ],
    ]);
  });

  it('is a valid robot.yaml whose comments are the reasons', () => {
    const drafted = draft(
      arm() + fixed('l5', 'tool0') + fixed('l4', 'ft_sensor_link') + fixed('l5', 'wrist_camera_optical_frame'),
    );
    const text = draftText(drafted, { parts: '../parts' });
    const definition = parseRobotDefinition(parse(text), 'robot.yaml');
    expect(definition.packages).toEqual({ parts: '../parts' });
    expect(definition.arms.arm.tool).toBe('tool0');
    expect(Object.values(definition.cameras).map(({ frame }) => frame)).toEqual(['wrist_camera_optical_frame']);
    for (const { reason, key } of drafted.guesses)
      if (!/none/.test(key) && key.endsWith('tool')) expect(text).toContain(`# ${reason}`);
  });

  it('finds a wrist sensor behind the last joint only', () => {
    const sensor = (parent: string) =>
      draft(arm() + fixed(parent, 'ft_sensor_link')).definition.arms.arm.wristSensor?.frame;
    expect([sensor('l5'), sensor('l1')]).toEqual(['ft_sensor_link', undefined]);
  });

  it('names two arms by their sides', () => {
    const { definition } = draft(fixed('base', 'torso') + arm('left_', 'torso') + arm('right_', 'torso'));
    expect(Object.keys(definition.arms)).toEqual(['left', 'right']);
    expect(definition.arms.right.joints).toEqual(CHAIN.map((name) => `right_${name}`));
  });

  it('starts within limits, and says so when the middle of the ranges does not do', () => {
    const { definition } = draft(arm());
    for (const value of definition.arms.arm.home) {
      expect(value).toBeGreaterThanOrEqual(-1);
      expect(value).toBeLessThanOrEqual(2);
    }
  });

  it('refuses a robot in which nothing moves', () => {
    expect(() => draft(fixed('base', 'a'))).toThrow('r.urdf: no joint moves, expected an arm or a gripper');
  });
});
