import { describe, expect, it } from 'vitest';
import { binaryStl, CUBE } from '../../meshes/testing/writers.ts';
import type { RobotFolderOptions } from '../robot-folder.ts';
import { checkRobot } from './check-robot.ts';

const SMALL_CUBE = binaryStl(CUBE.map((value) => value / 20));

const inertial = (values = 'ixx="0.001" iyy="0.001" izz="0.001"', mass = '1') =>
  `<inertial><mass value="${mass}"/><inertia ${values} ixy="0" ixz="0" iyz="0"/></inertial>`;
const box = '<collision><geometry><box size="0.06 0.06 0.2"/></geometry><origin xyz="0 0 0.1"/></collision>';
const link = (name: string, inside = inertial() + box) => `<link name="${name}">${inside}</link>`;
const joint = (name: string, parent: string, child: string, more = '<origin xyz="0 0 0.2"/>', axis = '0 1 0') =>
  `<joint name="${name}" type="revolute"><parent link="${parent}"/><child link="${child}"/><axis xyz="${axis}"/>${more}
   <limit lower="-2.5" upper="2.5" effort="20" velocity="2"/></joint>`;

const URDF = `<robot name="r">${link('base')}${link('a')}${link('b')}${link('c')}<link name="tcp"/>
  ${link('finger', `${inertial('ixx="0.00001" iyy="0.00001" izz="0.00001"', '0.05')}<visual><geometry><mesh filename="finger.stl"/></geometry></visual>`)}
  <link name="camera_link"/><link name="camera_optical_frame"/>
  ${joint('j1', 'base', 'a')}${joint('j2', 'a', 'b')}${joint('j3', 'b', 'c')}
  <joint name="tip" type="fixed"><parent link="c"/><child link="tcp"/><origin xyz="0 0 0.25"/></joint>
  <joint name="eye" type="fixed"><parent link="c"/><child link="camera_link"/></joint>
  <joint name="optical" type="fixed"><parent link="camera_link"/><child link="camera_optical_frame"/></joint>
  <joint name="slide" type="prismatic"><parent link="c"/><child link="finger"/><origin xyz="0 0 0.25"/><axis xyz="1 0 0"/><limit lower="0" upper="0.04" effort="10" velocity="0.1"/></joint>
</robot>`;
const YAML = `name: r
description: r.urdf
arms:
  arm:
    base: base
    tool: tcp
    joints: [j1, j2, j3]
    home: [0.3, 0.5, 0.4]
    gripper: { joints: [slide], open: { slide: 0.04 }, closed: { slide: 0 }, width: [0, 0.04] }
cameras:
  wrist: { frame: camera_optical_frame, size: [64, 48], fov: 50 }
workspace: { lower: [-1, -1, 0], upper: [1, 1, 1.2] }
`;

/** Findings as lines, of a folder in which some text is replaced. */
async function check(
  changes: readonly (readonly [file: 'yaml' | 'urdf', from: string | RegExp, to: string])[] = [],
  mesh: Uint8Array | undefined = SMALL_CUBE,
  options?: RobotFolderOptions,
): Promise<readonly string[]> {
  let [yaml, urdf] = [YAML, URDF];
  for (const [file, from, to] of changes) {
    const before = file === 'yaml' ? yaml : urdf;
    const after = before.replace(from, to);
    expect(after, String(from)).not.toBe(before);
    if (file === 'yaml') yaml = after;
    else urdf = after;
  }
  const files: Record<string, Uint8Array | undefined> = {
    'robot.yaml': new TextEncoder().encode(yaml),
    'r.urdf': new TextEncoder().encode(urdf),
    'finger.stl': mesh,
  };
  const { findings } = await checkRobot(async (path) => files[path], options);
  return findings.map(({ severity, subject, message }) => `${severity} ${subject}: ${message}`);
}

describe('checkRobot', () => {
  it('finds nothing wrong with a sound robot', async () => {
    expect(await check()).toEqual([]);
  });

  it('lists everything at once', async () => {
    const lines = await check([
      ['yaml', 'tool: tcp', 'tool: TCP'],
      ['yaml', '[j1, j2, j3]', '[j1, j2, elbow]'],
      ['yaml', '[0.3, 0.5, 0.4]', '[0.3, 9, 0.4]'],
      ['yaml', 'open: { slide: 0.04 }', 'open: { slide: 0.4 }'],
      ['yaml', 'width: [0, 0.04]', 'width: [0.04, 0]'],
      ['yaml', 'frame: camera_optical_frame', 'frame: camera_link'],
      ['urdf', 'effort="20"', 'effort="0"'],
      ['urdf', 'ixx="0.001" iyy="0.001" izz="0.001"', 'ixx="0.001" iyy="0.001" izz="0.004"'],
    ]);
    expect(lines).toEqual([
      'fault arms.arm.tool: link "TCP": the description has none of this name; did you mean "tcp"?',
      'fault arms.arm.joints: joint "elbow": the description has none of this name',
      'fault arms.arm.home: joint "j2" 9: outside its limits, -2.5 to 2.5',
      'fault arms.arm.gripper.open: joint "slide" 0.4: outside its limits, 0 to 0.04',
      'fault arms.arm.gripper.width: 0.04, 0: expected closed below open',
      'warning cameras.wrist.frame: "camera_link": the description also has "camera_optical_frame"; expected an optical frame, z ahead, x right, y down',
      'fault joint "j1": effort 0: expected its largest torque',
      'warning joint "j3": is revolute and belongs to no arm, gripper or base: nothing drives it',
      'warning link "base": inertia: principal moments 0.001, 0.001, 0.004 kg m^2: the largest is 50 % above the sum of the others, which no body has; the simulator balances them',
    ]);
  });

  it.each([
    [
      'joints in the wrong order',
      [['yaml', '[j1, j2, j3]', '[j2, j1, j3]']],
      'fault arms.arm.joints: j2, j1, j3: expected from base to tool, j1, j2, j3',
    ],
    [
      'a joint left out',
      [
        ['yaml', '[j1, j2, j3]', '[j1, j3]'],
        ['yaml', '[0.3, 0.5, 0.4]', '[0.3, 0.4]'],
      ],
      'fault arms.arm.joints: "j2" lies between base and tool and is not listed',
    ],
    [
      'too few values of home',
      [['yaml', '[0.3, 0.5, 0.4]', '[0.3]']],
      'fault arms.arm.home: 1 values: expected one for each of 3 joints',
    ],
    [
      'a tool above its base',
      [
        ['yaml', 'base: base', 'base: tcp'],
        ['yaml', 'tool: tcp', 'tool: base'],
      ],
      'fault arms.arm: tool "base" does not hang below base "tcp"',
    ],
    [
      'a home in collision',
      [['yaml', '[0.3, 0.5, 0.4]', '[0, 2.4, 2.4]']],
      'fault arms.*.home: links "a" and "c" overlap, as convex hulls of their shapes',
    ],
    [
      'a workspace out of reach',
      [['yaml', 'lower: [-1, -1, 0], upper: [1, 1, 1.2]', 'lower: [2, 0, 0], upper: [3, 1, 1]']],
      'fault workspace: the tool of "arm" was in it in none of 4000 postures: out of reach',
    ],
    [
      'a workspace without home',
      [['yaml', 'lower: [-1, -1, 0], upper: [1, 1, 1.2]', 'lower: [-1, -1, 0], upper: [0, 1, 1]']],
      /^fault arms\.arm\.home: the tool is at [\d., -]+ m, outside of the workspace$/,
    ],
    [
      'a moving link without inertia',
      [['urdf', /<link name="c">.*?<\/inertial>/, '<link name="c">']],
      'fault link "c": no <inertial>, but joint "j3" moves it: expected mass and inertia',
    ],
    [
      'a mass of 0',
      [['urdf', '<mass value="1"/>', '<mass value="0"/>']],
      'fault link "base": mass 0: expected more, or no <inertial>',
    ],
    [
      'an inertia in g cm^2',
      [['urdf', 'ixx="0.001" iyy="0.001" izz="0.001"', 'ixx="10" iyy="10" izz="10"']],
      'warning link "base": inertia: its mass would lie 3.87 m from its centre, but the link is 0.217 m long; a wrong unit?',
    ],
    [
      'a limit in degrees',
      [['urdf', 'lower="-2.5" upper="2.5"', 'lower="-145" upper="145"']],
      'warning joint "j1": limits -145 to 145: expected rad, these look like degrees',
    ],
    [
      'gains for some joints only',
      [['yaml', 'workspace:', 'servos: { j1: { kp: 100, kv: 10 }, j9: { kp: 1, kv: 1 } }\nworkspace:']],
      'fault servos: no gains for joint "j2": expected kp and kv, or servos: auto',
    ],
    [
      'a gripper that is a joint of the arm',
      [
        [
          'yaml',
          'joints: [slide], open: { slide: 0.04 }, closed: { slide: 0 }',
          'joints: [j3], open: { j3: 0.04 }, closed: { j3: 0.04 }',
        ],
      ],
      'fault arms.arm.gripper: joint "j3": open and closed are both 0.04',
    ],
    [
      'a file that is no robot',
      [['urdf', /[\s\S]*/, '<sdf/>']],
      'fault r.urdf: not a URDF: the top element is <sdf>, expected <robot>, this is SDF',
    ],
  ] as const)('names %s', async (_, changes, line) => {
    const lines = await check(changes);
    if (typeof line === 'string') expect(lines).toContain(line);
    else
      expect(
        lines.some((each) => line.test(each)),
        lines.join('\n'),
      ).toBe(true);
  });

  it('lists faults of added frames beside the others', async () => {
    const frames = 'frames: { grasp: { link: palm } }\ncameras:';
    const lines = await check([
      ['yaml', 'cameras:', frames],
      ['yaml', 'tool: tcp', 'tool: tpc'],
    ]);
    expect(lines.filter((line) => line.startsWith('fault'))).toEqual([
      'fault frames.grasp.link: link "palm": the description has none of this name',
      'fault arms.arm.tool: link "tpc": the description has none of this name',
    ]);
  });

  it('lists all faults of a URDF that cannot be read', async () => {
    const lines = await check([
      ['urdf', '<mass value="1"/>', '<mass value="-1"/>'],
      ['urdf', 'lower="0" upper="0.04"', 'lower="1" upper="0.04"'],
      ['urdf', 'type="revolute"', 'type="rotary"'],
    ]);
    expect(lines).toEqual([
      'fault r.urdf: link "base": <mass> value="-1": expected 0 or more',
      'fault r.urdf: joint "j1": type "rotary": unknown; expected revolute, continuous, prismatic, fixed, floating, planar',
      'fault r.urdf: joint "slide": <limit> lower="1" upper="0.04": expected lower not above upper',
    ]);
    expect(await check([['urdf', '<parent link="a"/>', '<parent link="none"/>']])).toEqual([
      'fault r.urdf: joint "j2": parent link "none" is not a link of the file',
    ]);
  });

  it('lists all faults of a robot.yaml that is not valid, one by one, and those of its description', async () => {
    const lines = await check([
      ['yaml', 'base: base', 'base: 3'],
      ['yaml', '    tool: tcp\n', ''],
      ['yaml', 'size: [64, 48]', 'size: [64]'],
      ['urdf', 'upper="2.5"', 'upper="many"'],
    ]);
    expect(lines).toContain('fault robot.yaml arms.arm.base: is of type number, expected string');
    expect(lines).toContain('fault robot.yaml arms.arm.tool: is missing, expected string');
    expect(lines.filter((line) => line.startsWith('fault robot.yaml cameras.wrist.size'))).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith('fault r.urdf: '))).toHaveLength(1);
    expect(lines).toHaveLength(4);
  });

  it('names a missing mesh and a Git LFS pointer, as a fault where it is collided by', async () => {
    const pointer = new TextEncoder().encode('version https://git-lfs.github.com/spec/v1\n');
    const text = 'this is a Git LFS pointer, not the file itself: run git lfs pull';
    expect(await check([], pointer)).toEqual([`warning mesh finger.stl: ${text}; links "finger" are not seen`]);
    const collides = [
      ['urdf', '<visual><geometry><mesh', '<collision><geometry><mesh'],
      ['urdf', '</geometry></visual>', '</geometry></collision>'],
    ] as const;
    expect(await check(collides, pointer)).toEqual([`fault mesh finger.stl: ${text}; links "finger" collide by it`]);
  });

  it('limits of robot.yaml count in place of those of the description', async () => {
    expect(
      await check([['yaml', 'workspace:', 'limits: { j2: { upper: 0.4 }, j9: { velocity: 1 } }\nworkspace:']]),
    ).toEqual([
      'fault arms.arm.home: joint "j2" 0.5: outside its limits, -2.5 to 0.4',
      'fault limits.j9: the description has no such joint',
    ]);
  });
});

/** A base with two wheels; `more` may move one of them. */
const BASE_URDF = (leftWheel = '<origin xyz="0 0.15 0.1"/>', axis = '0 1 0') => `<robot name="r">
  ${link('base')}${link('left')}${link('right')}<link name="ball"/>
  <joint name="l" type="continuous"><parent link="base"/><child link="left"/>${leftWheel}<axis xyz="${axis}"/><limit effort="5" velocity="9"/></joint>
  <joint name="r" type="continuous"><parent link="base"/><child link="right"/><origin xyz="0 -0.15 0.1"/><axis xyz="0 1 0"/><limit effort="5" velocity="9"/></joint>
  <joint name="b" type="fixed"><parent link="base"/><child link="ball"/><origin xyz="-0.2 0 0.03"/></joint></robot>`;
const BASE_YAML = `name: r
description: r.urdf
bases:
  base: { kind: differential, link: base, left: [l], right: [r], casters: [ball], wheelRadius: 0.1, track: 0.3, maxLinear: 1, maxAngular: 2 }
`;

describe('checkRobot of a driven base', () => {
  const bases = async (urdf: string, yaml = BASE_YAML) => {
    const files: Record<string, string> = { 'robot.yaml': yaml, 'r.urdf': urdf };
    const { findings } = await checkRobot(async (path) =>
      files[path] ? new TextEncoder().encode(files[path]) : undefined,
    );
    return findings
      .filter(({ subject }) => subject.startsWith('bases'))
      .map(({ severity, subject, message }) => `${severity} ${subject}: ${message}`);
  };

  it.each([
    ['that is sound', BASE_URDF(), BASE_YAML, []],
    [
      'with an unknown caster',
      BASE_URDF(),
      BASE_YAML.replace('[ball]', '[bal]'),
      ['fault bases.base.casters: link "bal": the description has none of this name'],
    ],
    [
      'with a wheel that is nearer, and higher',
      BASE_URDF('<origin xyz="0 0.1 0.2"/>'),
      BASE_YAML,
      [
        'fault bases.base: wheel "l" is at y = 0.1 m: expected 0.15, half the track',
        'fault bases.base: the axles of the wheels are at different heights',
      ],
    ],
    [
      'with a wheel that turns backwards',
      BASE_URDF(undefined, '0 -1 0'),
      BASE_YAML,
      ['fault bases.base: wheel "l" turns about 0 -1 0: expected 0 1 0'],
    ],
  ])('%s', async (_, urdf, yaml, expected) => {
    expect(await bases(urdf, yaml)).toEqual(expected);
  });
});

describe('checkRobot of two arms', () => {
  const arm = (name: string, y: number) => `${link(`${name}_base`)}${link(`${name}_arm`)}<link name="${name}_tool"/>
    <joint name="${name}_mount" type="fixed"><parent link="world"/><child link="${name}_base"/><origin xyz="0 ${y} 0"/></joint>
    ${joint(`${name}_j`, `${name}_base`, `${name}_arm`, '<origin xyz="0 0 0.3"/>', '1 0 0')}
    <joint name="${name}_tip" type="fixed"><parent link="${name}_arm"/><child link="${name}_tool"/><origin xyz="0 0 0.4"/></joint>`;
  const urdf = `<robot name="r"><link name="world"/>${arm('left', 0.3)}${arm('right', -0.3)}</robot>`;
  const yaml = (home: number) => `name: r
description: r.urdf
arms:
  left: { base: left_base, tool: left_tool, joints: [left_j], home: [${home}] }
  right: { base: right_base, tool: right_tool, joints: [right_j], home: [0] }
`;
  const findings = async (home: number) => {
    const files: Record<string, string> = { 'robot.yaml': yaml(home), 'r.urdf': urdf };
    const { findings } = await checkRobot(async (path) =>
      files[path] ? new TextEncoder().encode(files[path]) : undefined,
    );
    return findings.map(({ severity, subject, message }) => `${severity} ${subject}: ${message}`);
  };

  it('lets an arm start beyond the middle between the bases, where the other one is not', async () => {
    expect(await findings(0)).toEqual([]);
    // Leaning over by 1.2 rad the left tool is 0.37 m nearer to the right arm.
    expect(await findings(1.2)).toEqual([]);
  });
});
