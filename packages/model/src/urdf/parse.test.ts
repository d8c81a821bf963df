import { InputError } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import type { Joint } from '../description/robot-model.ts';
import { Dynamics } from '../dynamics/dynamics.ts';
import { chainKinematics } from '../kinematics/chain.ts';
import { KinematicTree } from '../kinematics/tree.ts';
import { checkTree } from './check.ts';
import { parseUrdf } from './parse.ts';

const links = (...names: string[]): string => names.map((name) => `<link name="${name}"/>`).join('');
const joint = (name: string, parent: string, child: string, inside = '', type = 'fixed'): string =>
  `<joint name="${name}" type="${type}"><parent link="${parent}"/><child link="${child}"/>${inside}</joint>`;
const robot = (inside: string): string => `<?xml version="1.0"?>\n<robot name="r">${inside}</robot>`;
const LIMIT = '<limit lower="-1" upper="2" effort="30" velocity="1.5"/>';

/** The joint, which reports each reading of its parent, child and mimic. */
const countReads = (joint: Joint, onRead: () => void): Joint =>
  Object.defineProperties(
    { ...joint },
    Object.fromEntries(
      (['parent', 'child', 'mimic', 'type'] as const).map((key) => [
        key,
        {
          enumerable: true,
          get() {
            onRead();
            return joint[key];
          },
        },
      ]),
    ),
  );

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
    ['nothing', '', /^not XML: the file is empty/],
    ['a Git LFS pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:0a\nsize 9\n', /run git lfs pull$/],
    ['a web page', '<!DOCTYPE html>\n<html><body/></html>', /web page; download the file itself/],
    ['UTF-16 that was read as UTF-8', '<\0r\0o\0b\0o\0t\0', /U\+0000 is not allowed; if the file is UTF-16, save it/],
    ['a control character', '<robot name="a\u001b[31m"/>', /^not XML: line 1: character U\+001B is not allowed$/],
    ['a reference to a control character', '<robot name="&#27;"/>', /^not XML: &#27; is no character that XML allows/],
    ['an unknown entity', '<robot name="&nbsp;"/>', /^not XML: entity &nbsp; is not known/],
    ['an entity of its own', '<!DOCTYPE robot [<!ENTITY n "r">]><robot name="&n;"/>', /entity &n; is not known/],
    ['elements nested without end', `${'<robot>'.repeat(9999)}${'</robot>'.repeat(9999)}`, /^not XML: /],
    ['another version', '<robot name="r" version="2.0"><link name="a"/></robot>', /version="2.0": expected 1.0 or 1.1/],
    ['a mesh file', '<COLLADA/>', /top element is <COLLADA>, expected <robot>, this is a mesh/],
    ['MJCF', '<mujoco><worldbody/></mujoco>', /top element is <mujoco>, expected <robot>, this is MJCF/],
    [
      'commas between numbers',
      robot(links('a', 'b') + joint('j', 'a', 'b', '<origin xyz="0, 0, 0.8"/>')),
      /xyz="0, 0, 0.8": expected 3 finite numbers separated by spaces, without commas/,
    ],
    [
      'a value of several lines',
      robot(links('a', 'b') + joint('j', 'a', 'b', '<origin xyz="0\nup\n0"/>')),
      /<origin> xyz="0 up 0": expected 3 finite numbers/,
    ],
    [
      'a quaternion of another length',
      robot(links('a', 'b') + joint('j', 'a', 'b', '<origin quat_xyzw="0 0 0 2"/>')),
      /quat_xyzw="0 0 0 2": expected a quaternion of length 1/,
    ],
    [
      'two rotations',
      robot(links('a', 'b') + joint('j', 'a', 'b', '<origin rpy="0 0 0" quat_xyzw="0 0 0 1"/>')),
      /has rpy and quat_xyzw; expected one of them/,
    ],
    [
      'a rotation that URDF does not have',
      robot(links('a', 'b') + joint('j', 'a', 'b', '<origin xyz="0 0 1" quat_wxyz="1 0 0 0"/>')),
      /<origin> quat_wxyz: unknown in URDF; expected rpy or quat_xyzw/,
    ],
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
      robot('<link name="a"><collision><geometry><cone/></geometry></collision></link>'),
      /link "a": geometry <cone>: unknown/,
    ],
    ['no shape', robot('<link name="a"><collision/></link>'), /link "a": <collision> has no geometry/],
    [
      'a negative radius',
      robot('<link name="a"><collision><geometry><sphere radius="-1"/></geometry></collision></link>'),
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

  it('reads a rotation as a quaternion, as in URDF 1.1, like the same one as roll, pitch and yaw', () => {
    const poseOf = (rotation: string) =>
      parseUrdf(robot(links('a', 'b') + joint('j', 'a', 'b', `<origin xyz="1 2 3" ${rotation}/>`))).joints[0].origin;
    const cases: [string, readonly number[], readonly number[]][] = [
      ['0 0 0.7071 0.7071', [0, 0, Math.PI / 2], [0, 0, Math.SQRT1_2, Math.SQRT1_2]],
      ['0.5 0.5 0.5 0.5', [Math.PI / 2, 0, Math.PI / 2], [0.5, 0.5, 0.5, 0.5]],
      ['0 0.7071067811865476 0 0.7071067811865476', [0, Math.PI / 2, 0], [0, Math.SQRT1_2, 0, Math.SQRT1_2]],
    ];
    for (const [quaternion, rpy, unit] of cases) {
      const read = poseOf(`quat_xyzw="${quaternion}"`);
      expect(read.xyz).toEqual([1, 2, 3]);
      read.quaternion.forEach((each, i) => void expect(each).toBeCloseTo(unit[i], 12));
      read.rpy.forEach((each, i) => void expect(each).toBeCloseTo(rpy[i], 6));
    }
    const angles = poseOf('rpy="0.3 -0.4 2.5"');
    const back = poseOf(`quat_xyzw="${angles.quaternion.join(' ')}"`);
    back.rpy.forEach((each, i) => void expect(each).toBeCloseTo([0.3, -0.4, 2.5][i], 12));
  });

  it('decodes references in attributes, and reads declarations, comments, CDATA and any quotes', () => {
    const model = parseUrdf(
      '\n<?xml version="1.0"?>\n<!DOCTYPE robot>\n<?tool x?><!-- <robot/> -->' +
        "<robot name='&lt;&#233;&#x1F916;&amp;&apos;&quot;&gt;'><![CDATA[<link name=\"x\"/>]]><link name='R&amp;D'/></robot >\n",
    );
    expect(model).toMatchObject({ name: '<é🤖&\'">', root: 'R&D' });
  });

  it('reads the bytes of a file in its encoding', () => {
    const text = '<robot name="é"><link name="a"/></robot>';
    const bytes = (mark: readonly number[], ...body: number[]) => Uint8Array.from([...mark, ...body]);
    const codes = [...text].map((letter) => letter.charCodeAt(0));
    const latin = `<?xml version="1.0" encoding="ISO-8859-1"?>${text}`;
    for (const file of [
      new TextEncoder().encode(text),
      bytes([0xef, 0xbb, 0xbf], ...new TextEncoder().encode(text)),
      bytes([0xff, 0xfe], ...codes.flatMap((code) => [code, 0])),
      bytes([0xfe, 0xff], ...codes.flatMap((code) => [0, code])),
      bytes([], ...[...latin].map((letter) => letter.charCodeAt(0))),
    ]) {
      expect(parseUrdf(file).name).toBe('é');
    }
    expect(() => parseUrdf(bytes([], ...codes))).toThrow('not XML: the bytes are not utf-8; save the file as UTF-8');
    const unknown = new TextEncoder().encode('<?xml version="1.0" encoding="klingon"?><robot/>');
    expect(() => parseUrdf(unknown, { source: 'a.urdf' })).toThrow('a.urdf: not XML: encoding "klingon" is unknown');
  });

  it('never refuses a robot for its looks: what cannot be read is left out with a warning', () => {
    const looks = robot(`
      <material name="twice"><color rgba="1 0 0 1"/></material><material name="twice"/>
      <material name="white"><color rgba="255 128 0 1"/><texture filename=""/></material>
      <link name="a">
        <visual><geometry><box size="1 1 1"/></geometry><material name="twice"/></visual>
        <visual><geometry><box size="1 1 1"/></geometry><material name="x"><texture/><color rgba="0.5 0.5"/></material></visual>
        <visual><geometry><box size="1 1 1"/></geometry><material name="y"><texture filename=""/><color rgba="1.2 0 -1 1"/></material></visual>
        <visual><geometry><cone/></geometry></visual>
        <visual/>
        <visual><origin xyz="a b c"/><geometry><box size="1 1 1"/></geometry></visual>
        <visual><geometry><mesh filename="gone.dae"/></geometry></visual>
      </link>`);
    const model = parseUrdf(looks, { hasMesh: () => false });
    expect(model.links[0].visuals.map(({ material }) => material)).toEqual([
      { name: 'twice', rgba: [1, 0, 0, 1], texture: undefined },
      { name: 'x' },
      { name: 'y', rgba: [1, 0, 0, 1] },
    ]);
    expect(model.warnings).toEqual([
      'material "twice": there are two of this name; the first one counts',
      'material "white": <color> rgba="255 128 0 1": values are clamped to 0..1',
      'link "a": <color> rgba="0.5 0.5": expected 4 finite numbers; the colour is left out',
      'link "a": <color> rgba="1.2 0 -1 1": values are clamped to 0..1',
      'link "a": geometry <cone>: unknown; expected box, cylinder, capsule, sphere or mesh; the visual is left out',
      'link "a": <visual> has no geometry; the visual is left out',
      'link "a": <origin> xyz="a b c": expected 3 finite numbers; the visual is left out',
      'link "a": mesh gone.dae: file not found; the visual is left out',
    ]);
  });

  it('reads the range of a safety controller, and warns of one that leaves none', () => {
    const read = (controller: string, type = 'revolute') =>
      parseUrdf(`<robot name="r"><link name="a"/><link name="b"/><joint name="j" type="${type}"><parent link="a"/><child link="b"/>
        <limit lower="-1" upper="2" effort="1" velocity="1"/>${controller}</joint></robot>`);
    const tag = (attributes: string) => `<safety_controller k_velocity="40" ${attributes}/>`;
    expect(read(tag('soft_lower_limit="-0.9" soft_upper_limit="1.9"')).joints[0].softLimit).toEqual({
      lower: -0.9,
      upper: 1.9,
    });
    // An end that is absent is 0 by the specification; without both there is no range.
    expect(read(tag('soft_upper_limit="1.9"')).joints[0].softLimit).toEqual({ lower: 0, upper: 1.9 });
    expect(read(tag('')).joints[0].softLimit).toBeUndefined();
    expect(read(tag('soft_lower_limit="-1" soft_upper_limit="1"'), 'continuous').joints[0].softLimit).toBeUndefined();
    const { joints, warnings } = read(tag('soft_lower_limit="3" soft_upper_limit="4"'));
    expect(joints[0].softLimit).toBeUndefined();
    expect(warnings).toEqual([
      'joint "j": <safety_controller> soft_lower_limit="3" soft_upper_limit="4": leaves no range inside -1 .. 2; it is ignored',
    ]);
  });

  it('warns of a joint that cannot move', () => {
    const still = (limit: string) =>
      parseUrdf(robot(links('a', 'b') + joint('j', 'a', 'b', limit, 'revolute'))).warnings;
    expect(still('<limit lower="-1" upper="1" effort="1" velocity="0"/>')).toEqual([
      'joint "j": <limit> velocity="0": the joint cannot move; expected its largest speed',
    ]);
    expect(still('<limit effort="1" velocity="1"/>')).toEqual([
      'joint "j": <limit> lower="0" upper="0": the joint cannot move',
    ]);
    expect(still(LIMIT)).toEqual([]);
  });

  it('reads a chain, a star and a chain of mimics in linear time', () => {
    const LINEAR_RATIO = 2.2;
    const shapes: readonly ((i: number) => { parent: number; mimic?: string })[] = [
      (i) => ({ parent: i }),
      () => ({ parent: 0 }),
      (i) => ({ parent: i, mimic: i > 0 ? `j${i - 1}` : undefined }),
    ];
    for (const shape of shapes) {
      const readsOf = (size: number): number => {
        let reads = 0;
        const text = robot(
          links(...Array.from({ length: size + 1 }, (_, i) => `l${i}`)) +
            Array.from({ length: size }, (_, i) => {
              const { parent, mimic } = shape(i);
              return joint(`j${i}`, `l${parent}`, `l${i + 1}`, mimic ? `<mimic joint="${mimic}"/>` : '', 'continuous');
            }).join(''),
        );
        const counted = parseUrdf(text).joints.map((each) => countReads(each, () => reads++));
        const listed = Array.from({ length: size + 1 }, (_, i) => `l${i}`).map((name) => ({
          name,
          visuals: [],
          collisions: [],
        }));
        expect(checkTree(listed, counted)).toBe('l0');
        const model = { name: 'r', root: 'l0', links: listed, joints: counted };
        new KinematicTree(model);
        chainKinematics(model, 'l0', `l${size}`);
        new Dynamics(model);
        return reads;
      };
      expect(readsOf(800) / readsOf(400)).toBeLessThan(LINEAR_RATIO);
    }
  });

  it('names the file, and refuses missing meshes of collisions if hasMesh is given', () => {
    const xml = robot('<link name="a"><collision><geometry><mesh filename="a.stl"/></geometry></collision></link>');
    expect(parseUrdf(xml, { hasMesh: () => true }).root).toBe('a');
    expect(() => parseUrdf(xml, { source: 'my.urdf', hasMesh: () => false })).toThrow(
      'my.urdf: link "a": mesh a.stl: file not found',
    );
  });
});
