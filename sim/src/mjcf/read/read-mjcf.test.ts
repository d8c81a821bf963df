import type { MainModule } from '@mujoco/mujoco';
import { InputError } from '@praxis/core';
import { type DescriptionFile, draftRobot, findDescription, type RobotModel } from '@praxis/model';
import { fileReader } from '@praxis/model/node';
import { PUBLIC_ROBOTS, requirePublicRobots } from '@praxis/model/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadMujoco, type Mujoco } from '../../mujoco/world.ts';
import { compileMjcf } from './compile.ts';
import { readMjcf } from './read-mjcf.ts';
import { kinematicsDifference } from './testing/kinematics-difference.ts';

let mujoco: Mujoco;
beforeAll(async () => {
  mujoco = await loadMujoco();
});

const fileOf = (xml: string, beside: Readonly<Record<string, string>> = {}): DescriptionFile => ({
  path: 'robot.xml',
  bytes: new TextEncoder().encode(xml),
  readBeside: async (path) => (Object.hasOwn(beside, path) ? new TextEncoder().encode(beside[path]) : undefined),
});

/** Largest difference in position (m) and quaternion of the bodies between our kinematics and MuJoCo's, in random configurations. */
async function difference(file: DescriptionFile, model: RobotModel, count: number): Promise<number> {
  const { model: compiled } = await compileMjcf(mujoco, file);
  try {
    return kinematicsDifference(mujoco as MainModule, compiled, model, count);
  } finally {
    compiled.delete();
  }
}

/** Two joints on one body about anchors of their own, a reference angle, a slide, an equality, a site and a camera. */
const ARM = `<mujoco model="odd">
  <compiler angle="radian" autolimits="true"/>
  <worldbody>
    <body name="base">
      <geom type="box" size="0.1 0.1 0.05" mass="2"/>
      <body name="upper" pos="0.1 0 0.2" quat="0.9 0.1 0.3 0.2">
        <joint name="pan" axis="0 0 1" pos="0 0.02 0" range="-2 2" damping="0.5" frictionloss="0.1"/>
        <joint name="lift" axis="0 1 1" pos="0.01 0 0.03" range="-1 1.5" ref="0.4"/>
        <inertial pos="0.1 0 0" mass="1.5" diaginertia="0.01 0.02 0.025" quat="0.7 0.7 0 0"/>
        <geom type="capsule" size="0.03 0.1" contype="0" conaffinity="0" rgba="1 0 0 1"/>
        <geom type="cylinder" size="0.04 0.1" group="3"/>
        <body name="hand" pos="0.3 0 0">
          <joint name="roll" axis="1 0 0"/>
          <geom type="sphere" size="0.05" mass="0.3"/>
          <site name="grasp" pos="0 0 0.1" euler="0 0.5 0"/>
          <camera name="wrist" pos="0 0.05 0" euler="3.14159265358979 0 0"/>
          <body name="left"><joint name="left_finger" type="slide" axis="0 1 0" range="0 0.04" ref="0.01"/><geom type="box" size="0.01 0.01 0.03" mass="0.05"/></body>
          <body name="right"><joint name="right_finger" type="slide" axis="0 -1 0" range="-0.1 0.1"/><geom type="box" size="0.01 0.01 0.03" mass="0.05"/></body>
        </body>
      </body>
    </body>
  </worldbody>
  <equality><joint joint1="right_finger" joint2="left_finger" polycoef="0.002 1.5 0 0 0"/></equality>
  <actuator><position joint="pan" kp="10" forcerange="-5 4" gear="2"/><motor joint="lift"/></actuator>
</mujoco>`;

describe('readMjcf', () => {
  it('places all bodies and sites where MuJoCo places them', async () => {
    const model = await readMjcf(fileOf(ARM));
    expect(await difference(fileOf(ARM), model, 200)).toBeLessThan(1e-9);
  });

  it('keeps names, limits, efforts, dynamics and mimics', async () => {
    const model = await readMjcf(fileOf(ARM));
    expect([model.name, model.root]).toEqual(['odd', 'base']);
    const joint = (name: string) => model.joints.find((each) => each.name === name);
    expect(joint('pan')).toMatchObject({
      type: 'revolute',
      limit: { lower: -2, upper: 2, effort: 10, velocity: Infinity },
      dynamics: { damping: 0.5, friction: 0.1 },
    });
    expect(joint('lift')?.limit).toEqual({ lower: -1, upper: 1.5, effort: Infinity, velocity: Infinity });
    expect(joint('roll')?.type).toBe('continuous');
    expect(joint('right_finger')?.mimic?.joint).toBe('left_finger');
    expect(joint('right_finger')?.mimic?.multiplier).toBeCloseTo(1.5, 12);
    // right = 0.002 + 1.5 * (left - 0.01).
    expect(joint('right_finger')?.mimic?.offset).toBeCloseTo(0.002 - 0.015, 12);
    expect(model.joints.find(({ child }) => child === 'grasp')).toMatchObject({ type: 'fixed', parent: 'hand' });
  });

  it('gives inertias, shapes and colours of links, and cameras as optical frames', async () => {
    const { links, joints } = await readMjcf(fileOf(ARM));
    const upper = links.find(({ name }) => name === 'upper');
    expect(upper?.inertial?.mass).toBe(1.5);
    expect([...(upper?.inertial?.inertia ?? [])].sort()).toEqual([0, 0, 0, 0.01, 0.02, 0.025]);
    expect(upper?.visuals.map(({ geometry, material }) => [geometry, material?.rgba])).toEqual([
      [{ type: 'capsule', radius: 0.03, length: 0.2 }, [1, 0, 0, 1]],
    ]);
    expect(upper?.collisions.map(({ geometry }) => geometry)).toEqual([
      { type: 'cylinder', radius: 0.04, length: 0.2 },
    ]);
    // The camera is turned upside down, so that it looks along +z of the hand: an optical frame with the hand's axes.
    const q = joints.find(({ child }) => child === 'wrist_optical')?.origin.quaternion ?? [0, 0, 0, 0];
    expect(Math.abs(q[3])).toBeCloseTo(1, 9);
  });

  it('reads the optics of cameras, and robot init takes them', async () => {
    const xml = ARM.replace('<camera name="wrist"', '<camera name="wrist" fovy="58" resolution="320 240"').replace(
      '<site name="grasp"',
      '<camera name="side" pos="0.1 0 0"/><site name="grasp"',
    );
    const model = await readMjcf(fileOf(xml));
    expect(model.cameras).toEqual({
      side_optical: { fov: 45 },
      wrist_optical: { fov: 58, size: [320, 240] },
    });
    const { definition, guesses } = draftRobot(model, 'robot.xml', { byLink: new Map(), pieces: () => [] });
    expect(definition.cameras).toMatchObject({
      side: { frame: 'side_optical', size: [640, 480], fov: 45 },
      wrist: { frame: 'wrist_optical', size: [320, 240], fov: 58 },
    });
    expect(guesses.find(({ key }) => key === 'cameras.side')?.reason).toContain('set its size and rate');
  });

  it('keeps the world where a base is free or stands elsewhere', async () => {
    const free = ARM.replace('<body name="base">', '<body name="base" pos="0 0 1"><freejoint name="float"/>');
    const model = await readMjcf(fileOf(free));
    expect([model.root, model.joints[0].type]).toEqual(['world', 'floating']);
    expect(await difference(fileOf(free), model, 50)).toBeLessThan(1e-9);
    const moved = ARM.replace('<body name="base">', '<body name="base" pos="0 0 1">');
    expect(await difference(fileOf(moved), await readMjcf(fileOf(moved)), 50)).toBeLessThan(1e-9);
  });

  it('follows includes, and names the mesh files of included documents', async () => {
    const corners = '0 0 0 1 0 0 0 1 0 0 0 1'.split(' ').map(Number);
    const obj = [0, 3, 6, 9].map((i) => `v ${corners.slice(i, i + 3).join(' ')}`).join('\n');
    const part = `<mujoco><compiler meshdir="assets/"/><asset><mesh name="m" file="part.obj" scale="0.1 0.1 0.1"/></asset>
      <worldbody><body name="b"><geom type="mesh" mesh="m" pos="0.3 0 0"/></body></worldbody></mujoco>`;
    const scene =
      '<mujoco model="scene"><include file="part.xml"/><worldbody><geom type="plane" size="1 1 1"/></worldbody></mujoco>';
    const beside = { 'part.xml': part, 'assets/part.obj': `${obj}\nf 1 3 2\nf 1 2 4\nf 2 3 4\nf 3 1 4\n` };
    const { links, root } = await readMjcf(fileOf(scene, beside));
    expect([root, links.map(({ name }) => name)]).toEqual(['b', ['b']]);
    const [visual] = links[0].visuals;
    expect(visual.geometry).toEqual({ type: 'mesh', filename: 'assets/part.obj', scale: [0.1, 0.1, 0.1] });
    for (const [axis, value] of visual.origin.xyz.entries()) expect(value).toBeCloseTo([0.3, 0, 0][axis], 9);
    expect(Math.abs(visual.origin.quaternion[3])).toBeCloseTo(1, 9);
  });

  it('says in one line what it cannot read', async () => {
    const refused = async (xml: string, beside?: Readonly<Record<string, string>>) => {
      const error = await readMjcf(fileOf(xml, beside)).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(InputError);
      expect((error as Error).message).not.toContain('\n');
      return (error as Error).message;
    };
    const mesh = '<mujoco><compiler meshdir="assets"/><asset><mesh name="m" file="m.stl"/></asset></mujoco>';
    expect(await refused(mesh)).toBe('robot.xml: assets/m.stl: file not found');
    expect(await refused(mesh, { 'assets/m.stl': 'version https://git-lfs.github.com/spec/v1\n' })).toBe(
      'robot.xml: assets/m.stl: this is a Git LFS pointer, not the file itself: run git lfs pull',
    );
    expect(await refused('<mujoco><include file="a.xml"/></mujoco>')).toBe(
      'robot.xml: <include file="a.xml">: file not found',
    );
    expect(await refused('<mujoco><worldbody><joint/></worldbody></mujoco>')).toMatch(
      /^robot\.xml: MuJoCo does not compile it: /,
    );
    expect(await refused(ARM.replace('name="roll" axis="1 0 0"', 'name="roll" type="ball"'))).toBe(
      'robot.xml: joint "roll": a ball joint, expected hinges or slides',
    );
  });

  it('reads the SO-101 with its meshes, and agrees with MuJoCo within 1e-9 m', async (context) => {
    const folder = requirePublicRobots(context);
    const file = await findDescription(fileReader(folder), PUBLIC_ROBOTS.so101Mjcf);
    const model = await readMjcf(file);
    expect(
      model.joints.filter(({ type }) => type === 'revolute').map(({ name, limit }) => [name, limit?.effort]),
    ).toEqual(
      ['shoulder_pan', 'shoulder_lift', 'elbow_flex', 'wrist_flex', 'wrist_roll', 'gripper'].map((name) => [
        name,
        3.35,
      ]),
    );
    expect(await difference(file, model, 200)).toBeLessThan(1e-9);
    const gripper = model.links.find(({ name }) => name === 'gripper');
    expect(gripper?.visuals[0].geometry).toMatchObject({ type: 'mesh', filename: 'assets/sts3215_03a_v1.stl' });
    // The place of a mesh is that of its file, as the description states it.
    for (const [axis, value] of (gripper?.visuals[0].origin.xyz ?? []).entries()) {
      expect(value).toBeCloseTo([0.0077, 0.0001, -0.0234][axis], 6);
    }
    expect(gripper?.visuals[0].origin.xyz).toHaveLength(3);
  });
});
