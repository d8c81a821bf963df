import { InputError } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { KinematicTree } from '../kinematics/tree.ts';
import { candidatePaths } from './mesh-files.ts';
import { loadRobotFolder, type ReadRobotFile, type RobotFolderOptions } from './robot-folder.ts';

const URDF = `<robot name="r"><link name="base"/><link name="tip"><visual><geometry><mesh filename="package://parts/tip.obj"/></geometry></visual></link>
  <joint name="j" type="revolute"><parent link="base"/><child link="tip"/><limit lower="-1" upper="1" effort="1" velocity="1"/></joint></robot>`;
const YAML = `
name: r
description: ../r.urdf
arms:
  arm: { base: base, tool: tip, joints: [j], home: [0] }
`;
const TRIANGLE = 'v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n';

const reader =
  (files: Readonly<Record<string, string>>): ReadRobotFile =>
  async (path) =>
    Object.hasOwn(files, path) ? new TextEncoder().encode(files[path]) : undefined;

const load = (files: Readonly<Record<string, string>>, options?: RobotFolderOptions) =>
  loadRobotFolder(reader(files), { source: 'robots/r', ...options });

describe('a robot folder', () => {
  it('has the definition with defaults, the model, and meshes found upwards', async () => {
    const { definition, model, format, meshes } = await load({
      'robot.yaml': YAML,
      '../r.urdf': URDF,
      '../../parts/tip.obj': TRIANGLE,
    });
    expect(definition.arms.arm.joints).toEqual(['j']);
    expect(definition).toMatchObject({ rate: 500, servos: 'auto', cameras: {} });
    expect(model.links.map(({ name }) => name)).toEqual(['base', 'tip']);
    expect(format).toBe('urdf');
    expect((await meshes.find('package://parts/tip.obj')).path).toBe('../../parts/tip.obj');
    const mesh = await meshes.mesh('package://parts/tip.obj');
    expect(mesh.indices).toHaveLength(3);
    expect(await meshes.mesh('package://parts/tip.obj')).toBe(mesh);
  });

  it('has the pairs of links of its SRDF', async () => {
    const files = { 'robot.yaml': `${YAML}srdf: r.srdf\n`, '../r.urdf': URDF };
    const srdf = '<robot name="r"><disable_collisions link1="base" link2="tip" reason="Adjacent"/></robot>';
    expect((await load({ ...files, 'r.srdf': srdf })).disabledPairs).toEqual([['base', 'tip']]);
    expect((await load({ 'robot.yaml': YAML, '../r.urdf': URDF })).disabledPairs).toEqual([]);
    await expect(load(files)).rejects.toThrow('robots/r: srdf r.srdf: file not found');
    await expect(load({ ...files, 'r.srdf': '<a/>' })).rejects.toThrow('robots/r: srdf r.srdf: not an SRDF');
  });

  it('takes a package from where robot.yaml says', async () => {
    const { meshes } = await load({
      'robot.yaml': `${YAML}packages: { parts: ../../ros/src/parts }\n`,
      '../r.urdf': URDF,
      '../../ros/src/parts/tip.obj': TRIANGLE,
    });
    expect((await meshes.mesh('package://parts/tip.obj')).indices).toHaveLength(3);
  });

  it.each([
    [{}, 'robots/r: robot.yaml: file not found; npx praxis robot init FILE drafts one'],
    [{ 'robot.yaml': 'a: [' }, 'robots/r: robot.yaml: not YAML: '],
    [{ 'robot.yaml': 'name: r\narms: 3' }, 'robots/r: robot.yaml: description: '],
    [{ 'robot.yaml': `${YAML}speed: 3` }, 'robots/r: robot.yaml: the file: Unrecognized key: "speed"'],
    [{ 'robot.yaml': YAML }, 'robots/r: description ../r.urdf: file not found, expected a URDF or MJCF'],
    [{ 'robot.yaml': YAML, '../r.urdf': '<robot/>' }, 'robots/r: ../r.urdf: the robot has no links'],
    [
      { 'robot.yaml': YAML, '../r.urdf': '<!-- <robot> --><mujoco model="r"/>' },
      'robots/r: ../r.urdf: this is MJCF, which takes MuJoCo to read; expected a URDF here',
    ],
  ])('refuses a broken one in one line: %#', async (files, line) => {
    const error = await load(files).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toContain(line);
    expect((error as Error).message).not.toMatch(/\n|:$/);
  });

  it('says where a missing mesh was looked for, and finds it later', async () => {
    const files: Record<string, string> = { 'robot.yaml': YAML, '../r.urdf': URDF };
    const { meshes } = await load(files);
    await expect(meshes.mesh('package://parts/tip.obj')).rejects.toThrow(
      'mesh package://parts/tip.obj: file not found; looked for ../parts/tip.obj and 11 folders above',
    );
    files['../parts/tip.obj'] = TRIANGLE;
    expect((await meshes.mesh('package://parts/tip.obj')).indices).toHaveLength(3);
  });

  it('adds the frames of robot.yaml as links, and refuses those that do not fit in one line', async () => {
    const files = { '../r.urdf': URDF };
    const { model } = await load({
      ...files,
      'robot.yaml': `${YAML}frames: { grasp: { link: tip, xyz: [0, 0.1, 0.2], rpy: [0, 0, 1.5707963267948966] } }\n`,
    });
    const pose = new KinematicTree(model).pose('grasp', { j: Math.PI / 2 });
    // The joint turns about x: y of the tip points up, z against y.
    for (const [i, value] of [0, -0.2, 0.1, 0.5, -0.5, 0.5, 0.5].entries()) expect(pose[i]).toBeCloseTo(value, 12);
    const faulty = 'frames: { tip: { link: base }, eye: { link: head } }\n';
    await expect(load({ ...files, 'robot.yaml': YAML + faulty })).rejects.toThrow(
      new InputError(
        'robots/r: frames.tip: the description has a link of this name; frames.eye.link: link "head": the description has none of this name',
      ),
    );
  });

  it('hands an MJCF to the reader that is given', async () => {
    const read = reader({ 'robot.yaml': YAML, '../r.urdf': '<mujoco/>', '../parts.xml': 'x' });
    const { model, format } = await loadRobotFolder(read, {
      readMjcf: async ({ path, readBeside }) => {
        expect([path, new TextDecoder().decode(await readBeside('parts.xml'))]).toEqual(['../r.urdf', 'x']);
        return { name: 'from mjcf', links: [], joints: [], root: '' };
      },
    });
    expect([model.name, format]).toEqual(['from mjcf', 'mjcf']);
  });
});

describe('paths of meshes', () => {
  it.each([
    ['meshes/a.stl', '..', ['../meshes/a.stl']],
    ['..\\meshes\\a.stl', 'urdf', ['meshes/a.stl']],
    ['/opt/a.stl', '..', ['/opt/a.stl']],
    ['file:///opt/./x/../a.stl', '..', ['/opt/a.stl']],
    ['package://p/a.stl', '/opt/robot', ['/opt/robot/p/a.stl', '/opt/p/a.stl', '/p/a.stl']],
  ])('%s from %s', (name, folder, paths) => {
    expect(candidatePaths(name, folder)).toEqual(paths);
  });

  it('refuses an address on the network', () => {
    expect(() => candidatePaths('https://x/a.stl', '.')).toThrow(
      new InputError('https://x/a.stl: expected package://, file:// or a path'),
    );
  });
});
