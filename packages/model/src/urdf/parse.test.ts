import { InputError } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { parseUrdf } from './parse.ts';

const links = (...names: string[]): string => names.map((name) => `<link name="${name}"/>`).join('');
const joint = (name: string, parent: string, child: string, inside = '', type = 'fixed'): string =>
  `<joint name="${name}" type="${type}"><parent link="${parent}"/><child link="${child}"/>${inside}</joint>`;
const robot = (inside: string): string => `<?xml version="1.0"?>\n<robot name="r">${inside}</robot>`;
const LIMIT = '<limit lower="-1" upper="2" effort="30" velocity="1.5"/>';

describe('parseUrdf', () => {
  it('reads links with their shapes, materials and inertia', () => {
    const model = parseUrdf(
      robot(`
        <material name="steel"><color rgba="0.5 0.6 0.7 1"/></material>
        <link name="a">
          <inertial><origin xyz="0 0 0.1"/><mass value="2"/><inertia ixx="1" iyy="2" izz="3" ixz="0.5"/></inertial>
          <visual name="shell"><origin xyz="1 2 3" rpy="0 0 1.5707963267948966"/>
            <geometry><box size="0.1 0.2 0.3"/></geometry><material name="steel"/></visual>
          <visual><geometry><mesh filename="package://r/a.stl" scale="1 1 -1"/></geometry>
            <material name="red"><color rgba="1 0 0 0.5"/></material></visual>
          <visual><geometry><sphere radius="0.4"/></geometry><material name="nowhere"/></visual>
          <collision><geometry><cylinder radius="0.1" length="2"/></geometry></collision>
          <collision><geometry><capsule radius="0.1" length="2"/></geometry></collision>
        </link>
        <gazebo reference="a"><link name="ignored"/></gazebo>`),
    );
    const [link] = model.links;
    expect(model).toMatchObject({ name: 'r', root: 'a', joints: [] });
    expect(link.inertial).toMatchObject({ mass: 2, inertia: [1, 0, 0.5, 2, 0, 3], origin: { xyz: [0, 0, 0.1] } });
    expect(link.visuals[0]).toMatchObject({
      name: 'shell',
      origin: { xyz: [1, 2, 3], rpy: [0, 0, Math.PI / 2] },
      geometry: { type: 'box', size: [0.1, 0.2, 0.3] },
      material: { name: 'steel', rgba: [0.5, 0.6, 0.7, 1] },
    });
    const [x, y, z, w] = link.visuals[0].origin.quaternion;
    expect([x, y]).toEqual([0, 0]);
    expect([z, w].map((value) => value - Math.SQRT1_2).every((value) => Math.abs(value) < 1e-15)).toBe(true);
    expect(link.visuals[1]).toMatchObject({
      geometry: { type: 'mesh', filename: 'package://r/a.stl', scale: [1, 1, -1] },
      material: { rgba: [1, 0, 0, 0.5] },
    });
    expect(link.visuals[2].material).toEqual({ name: 'nowhere' });
    expect(link.collisions.map(({ geometry }) => geometry.type)).toEqual(['cylinder', 'capsule']);
  });

  it('reads every joint type', () => {
    const kinds = ['revolute', 'continuous', 'prismatic', 'fixed', 'floating', 'planar'];
    const inside = `<origin xyz="0 0 1"/><axis xyz="0 3 4"/>${LIMIT}<dynamics damping="0.1" friction="0.2"/>`;
    const model = parseUrdf(
      robot(links('a', ...kinds) + kinds.map((kind) => joint(`to ${kind}`, 'a', kind, inside, kind)).join('')),
    );
    expect(model.joints.map(({ type }) => type)).toEqual(kinds);
    const [revolute, continuous, , fixed] = model.joints;
    expect(revolute).toMatchObject({
      parent: 'a',
      child: 'revolute',
      origin: { xyz: [0, 0, 1] },
      axis: [0, 0.6, 0.8],
      limit: { lower: -1, upper: 2, effort: 30, velocity: 1.5 },
      dynamics: { damping: 0.1, friction: 0.2 },
    });
    expect(continuous.limit).toEqual({ lower: -Infinity, upper: Infinity, effort: 30, velocity: 1.5 });
    expect(fixed.limit).toBeUndefined();
  });

  it('reads mimics and the defaults of the specification', () => {
    const model = parseUrdf(
      robot(
        links('a', 'b', 'c') +
          joint('one', 'a', 'b', LIMIT, 'prismatic') +
          joint('two', 'a', 'c', `${LIMIT}<mimic joint="one"/>`, 'prismatic'),
      ),
    );
    expect(model.joints[0].axis).toEqual([1, 0, 0]);
    expect(model.joints[1].mimic).toEqual({ joint: 'one', multiplier: 1, offset: 0 });
  });

  it('reads a file expanded by xacro, including its namespace', () => {
    expect(
      parseUrdf(`\uFEFF<robot name="r" xmlns:xacro="http://ros.org/wiki/xacro"><link name="a"/></robot>`).root,
    ).toBe('a');
  });

  const bad: readonly (readonly [string, string, RegExp])[] = [
    ['nothing', '', /^not XML/],
    ['no XML', 'solid cube', /^not XML: line 1, column 1/],
    ['a tag left open', '<robot name="r"><link name="a">', /^not XML/],
    ['two top elements', '<robot/><robot/>', /^not XML: expected one top element, found 2/],
    ['another format', '<sdf><model/></sdf>', /^not a URDF: the top element is <sdf>, expected <robot>, this is SDF/],
    ['a xacro macro', robot('<xacro:arm prefix="l"/>'), /<xacro:arm>.*xacro file\.urdf\.xacro > file\.urdf$/],
    ['a xacro expression', robot('<link name="$(arg prefix)a"/>'), /name="\$\(arg prefix\)a".*xacro file\.urdf\.xacro/],
    ['no links', robot(''), /the robot has no links/],
    ['a link without a name', robot('<link/>'), /a link: <link> has no name/],
    ['two links of one name', robot(links('a', 'a')), /link "a": there are two/],
    [
      'two joints of one name',
      robot(links('a', 'b', 'c') + joint('j', 'a', 'b') + joint('j', 'b', 'c')),
      /joint "j": there/,
    ],
    ['two roots', robot(links('a', 'b')), /links "a" and "b" are both roots/],
    [
      'two parents',
      robot(links('a', 'b', 'c') + joint('i', 'a', 'c') + joint('j', 'b', 'c')),
      /link "c": child of both/,
    ],
    ['a cycle', robot(links('a', 'b') + joint('i', 'a', 'b') + joint('j', 'b', 'a')), /links "a", "b" form a cycle/],
    ['a separate cycle', robot(links('r', 'a') + joint('i', 'a', 'a')), /links "a" form a cycle/],
    [
      'no parent',
      robot(`${links('a')}<joint name="j" type="fixed"><child link="a"/></joint>`),
      /joint "j": has no <parent/,
    ],
    [
      'no child',
      robot(`${links('a')}<joint name="j" type="fixed"><parent link="a"/></joint>`),
      /joint "j": has no <child/,
    ],
    ['a parent that is missing', robot(links('b') + joint('j', 'a', 'b')), /joint "j": parent link "a" is not a link/],
    ['a child that is missing', robot(links('a') + joint('j', 'a', 'b')), /joint "j": child link "b" is not a link/],
    [
      'an unknown joint type',
      robot(links('a', 'b') + joint('j', 'a', 'b', '', 'ball')),
      /joint "j": type "ball": unknown; expected revolute/,
    ],
    [
      'no limits',
      robot(links('a', 'b') + joint('j', 'a', 'b', '', 'revolute')),
      /joint "j": a revolute joint needs <limit/,
    ],
    [
      'a limit without velocity',
      robot(links('a', 'b') + joint('j', 'a', 'b', '<limit lower="0" upper="1" effort="2"/>', 'revolute')),
      /joint "j": <limit> has no velocity/,
    ],
    [
      'a lower limit above the upper one',
      robot(links('a', 'b') + joint('j', 'a', 'b', '<limit lower="1" upper="0" effort="2" velocity="1"/>', 'revolute')),
      /lower="1" upper="0"/,
    ],
    [
      'an axis of zero',
      robot(links('a', 'b') + joint('j', 'a', 'b', `${LIMIT}<axis xyz="0 0 0"/>`, 'revolute')),
      /joint "j": <axis> xyz="0 0 0"/,
    ],
    [
      'text instead of a number',
      robot(links('a', 'b') + joint('j', 'a', 'b', '<origin xyz="0 up 0"/>')),
      /joint "j": <origin> xyz="0 up 0": expected 3 finite numbers/,
    ],
    ['NaN', robot(links('a', 'b') + joint('j', 'a', 'b', '<origin rpy="0 nan 0"/>')), /rpy="0 nan 0"/],
    ['a number too large', robot(links('a', 'b') + joint('j', 'a', 'b', '<origin xyz="0 1e999 0"/>')), /1e999/],
    [
      'two numbers instead of three',
      robot(links('a', 'b') + joint('j', 'a', 'b', '<origin xyz="0 1"/>')),
      /xyz="0 1": expected 3/,
    ],
    [
      'a mimic of an unknown joint',
      robot(links('a', 'b') + joint('j', 'a', 'b', `${LIMIT}<mimic joint="i"/>`, 'revolute')),
      /joint "j": mimics joint "i"/,
    ],
    [
      'a mimic of itself',
      robot(links('a', 'b') + joint('j', 'a', 'b', `${LIMIT}<mimic joint="j"/>`, 'revolute')),
      /mimics itself: j -> j/,
    ],
    [
      'an unknown shape',
      robot('<link name="a"><visual><geometry><cone/></geometry></visual></link>'),
      /link "a": geometry <cone>: unknown/,
    ],
    ['no shape', robot('<link name="a"><collision/></link>'), /link "a": <collision> has no geometry/],
    [
      'a negative radius',
      robot('<link name="a"><visual><geometry><sphere radius="-1"/></geometry></visual></link>'),
      /radius="-1"/,
    ],
    [
      'a negative mass',
      robot('<link name="a"><inertial><mass value="-1"/><inertia ixx="1" iyy="1" izz="1"/></inertial></link>'),
      /mass> value="-1"/,
    ],
  ];
  it.each(bad)('refuses %s in one clear line', (_, xml, message) => {
    let error: unknown;
    try {
      parseUrdf(xml);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toContain('\n');
  });

  it('names the file, and refuses missing meshes if hasMesh is given', () => {
    const xml = robot('<link name="a"><visual><geometry><mesh filename="a.stl"/></geometry></visual></link>');
    expect(parseUrdf(xml, { hasMesh: () => true }).root).toBe('a');
    expect(() => parseUrdf(xml, { source: 'my.urdf', hasMesh: () => false })).toThrow(
      'my.urdf: link "a": mesh a.stl: file not found',
    );
  });
});
