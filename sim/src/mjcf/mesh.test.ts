import { type Mesh, parseUrdf, type RobotDefinition } from '@praxis/model';
import { expect, it } from 'vitest';
import { loadMujoco, World } from '../mujoco/world.ts';
import { PRAXIS_ARM } from '../robot/praxis-arm.ts';
import { robotSetup } from '../robot/setup.ts';
import { sceneMjcf } from './scene.ts';

/** A pyramid with a base of 2 x 2 and a height of 1, as a mesh file holds it. */
const pyramid: Mesh = {
  positions: Float32Array.of(-1, -1, 0, 1, -1, 0, 1, 1, 0, -1, 1, 0, 0, 0, 1),
  indices: Uint32Array.of(0, 2, 1, 0, 3, 2, 0, 1, 4, 1, 2, 4, 2, 3, 4, 3, 0, 4),
  parts: [{ start: 0, count: 18 }],
};
const model = parseUrdf(`<robot name="r"><link name="base"/><link name="tool"><inertial><mass value="1"/>
    <inertia ixx="0.01" iyy="0.01" izz="0.01" ixy="0" ixz="0" iyz="0"/></inertial>
    <collision><origin xyz="0.5 0 0.2"/><geometry><mesh filename="tip.stl" scale="0.1 0.1 0.05"/></geometry></collision></link>
  <joint name="j" type="continuous"><parent link="base"/><child link="tool"/><axis xyz="0 0 1"/></joint></robot>`);
const definition: RobotDefinition = {
  ...PRAXIS_ARM,
  name: 'r',
  arms: { arm: { base: 'base', tool: 'tool', joints: ['j'], home: [0] } },
  cameras: {},
  servos: 'auto',
};

it('a mesh collides as its convex hull, at its scale and pose', async () => {
  const setup = robotSetup({ definition, model, meshes: new Map([['tip.stl', pyramid]]) });
  const world = new World(await loadMujoco(), sceneMjcf(setup, []));
  // The tip is 5 cm above the mesh's origin at 0.5, 0, 0.2; the edge of the base 10 cm beside it.
  const below = (x: number, y: number) => world.ray([x, y, 1], [0, 0, -1]);
  expect(below(0.51, 0.003)).toMatchObject({ body: 'tool' });
  expect(below(0.51, 0.003)?.distance).toBeCloseTo(0.755, 6);
  expect(below(0.55, 0.01)?.distance).toBeCloseTo(0.775, 6);
  expect(below(0.61, 0.003)?.body).toBe('table');
  world.close();
});

it('without its triangles it is refused by name', () => {
  const setup = robotSetup({ definition, model });
  expect(() => sceneMjcf(setup, [])).toThrow('collision mesh "tip.stl": its triangles are not loaded');
});
