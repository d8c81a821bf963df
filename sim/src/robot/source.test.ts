import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@praxis/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRobotSource } from '../node.ts';
import { robotSetup } from './setup.ts';
import { robotVisuals } from './visuals.ts';

const ROBOT = `
name: bench
description: bench.urdf
arms: { arm: { base: base, tool: tip, joints: [j], home: [0] } }
limits: { j: { velocity: 0.7 } }
`;
const INERTIAL =
  '<inertial><mass value="1"/><inertia ixx="0.01" iyy="0.01" izz="0.01" ixy="0" ixz="0" iyz="0"/></inertial>';
const urdf = (...shapes: readonly string[]) => `<robot name="r"><link name="base">${shapes.join('')}</link>
  <link name="tip">${INERTIAL}<visual><geometry><mesh filename="tip.obj"/></geometry></visual>
    <collision><geometry><mesh filename="tip.obj" scale="0.1 0.1 0.1"/></geometry></collision></link>
  <joint name="j" type="revolute"><parent link="base"/><child link="tip"/><axis xyz="0 0 1"/>
    <limit lower="-1" upper="1" effort="5" velocity="2"/></joint></robot>`;
/** A pyramid of 4 triangles. */
const OBJ = 'v -1 -1 0\nv 1 -1 0\nv 0 1 0\nv 0 0 2\nf 1 3 2\nf 1 2 4\nf 2 3 4\nf 3 1 4\n';
const MJCF = `<mujoco model="m"><asset><mesh name="tip" file="tip.obj"/></asset><worldbody><body name="base">
  <body name="tip"><joint name="j" axis="0 0 1" range="-57.29577951308232 57.29577951308232" limited="true"/>
    <geom type="mesh" mesh="tip" mass="1"/></body></body></worldbody></mujoco>`;

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'praxis-source-'));
  writeFileSync(join(scratch, 'robot.yaml'), ROBOT);
  writeFileSync(join(scratch, 'tip.obj'), OBJ);
});
afterAll(() => rmSync(scratch, { recursive: true }));

const open = (description: string) => {
  writeFileSync(join(scratch, 'bench.urdf'), description);
  return openRobotSource(scratch);
};

describe("a robot's folder for the simulator", () => {
  it.each([
    ['URDF', urdf()],
    ['MJCF', MJCF],
  ])('%s: triangles by name, hulls, and the limits of robot.yaml', async (_, description) => {
    const setup = robotSetup(await open(description));
    const [[name, mesh], ...others] = setup.meshes;
    expect(others).toEqual([]);
    expect(mesh.indices).toHaveLength(12);
    expect(setup.hulls.get(name)?.[0]).toHaveLength(12);
    expect(setup.kinematics.maxVelocity[0]).toBe(0.7);
    expect(setup.kinematics.upper[0]).toBeCloseTo(1, 12);
    expect(robotVisuals(setup).map(({ body }) => body)).toEqual(['tip']);
    expect(setup.warnings.filter((line) => line.includes('mesh'))).toEqual([]);
  });

  it('leaves out visuals whose meshes are missing, with one line for all', async () => {
    const gone = (file: string) => `<visual><geometry><mesh filename="${file}"/></geometry></visual>`;
    const box = '<visual><geometry><box size="1 1 1"/></geometry></visual>';
    const setup = robotSetup(await open(urdf(gone('a.stl'), gone('b.stl'), box)));
    expect(setup.warnings.filter((line) => line.includes('mesh'))).toEqual([
      'mesh a.stl: file not found; looked for a.stl; 1 more cannot be read; cameras do not see these visuals of base',
    ]);
    const [base] = robotVisuals(setup);
    expect(base).toMatchObject({ body: 'base', visuals: [{ geometry: { type: 'box' } }] });
    expect(base.visuals).toHaveLength(1);
  });

  it('refuses a collision mesh that is missing, with the robot, the link and the file in one line', async () => {
    const opened = open(urdf('<collision><geometry><mesh filename="a.stl"/></geometry></collision>'));
    await expect(opened).rejects.toThrow(InputError);
    await expect(opened).rejects.toThrow(
      'robot bench: link "base" collides by mesh a.stl: file not found; looked for a.stl',
    );
  });
});
