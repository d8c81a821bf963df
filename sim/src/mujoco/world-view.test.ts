import { InputError } from '@praxis/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadMujoco, World } from './world.ts';
import { viewOf, type WorldView } from './world-view.ts';

/** A ball of 0.4 kg that rests on a table with its top at z = 0.1 m, under a body that turns once a second. */
const SCENE = `<mujoco><worldbody>
  <body name="table"><geom type="box" size="1 1 0.1"/></body>
  <body name="ball" pos="0.3 0 0.199"><freejoint/><geom type="sphere" size="0.1" mass="0.4"/></body>
  <body name="arm" pos="0 0 1"><joint name="turn" axis="0 0 1"/><geom type="box" size="0.05 0.05 0.05" mass="1"/></body>
</worldbody></mujoco>`;

let world: World;
let view: WorldView;
beforeAll(async () => {
  world = new World(await loadMujoco(), SCENE);
  view = viewOf(world);
  world.view('qvel')[6] = 2 * Math.PI;
  for (let i = 0; i < 500; i++) world.step();
});
afterAll(() => world.close());

describe('the view of a world', () => {
  it('names the bodies and gives their poses and velocities', () => {
    expect(view.bodies).toEqual(['table', 'ball', 'arm']);
    expect(view.time).toBeCloseTo(1);
    const [x, y, z, qx, qy, qz, qw] = view.pose('arm');
    expect([x, y, z, qx, qy]).toEqual([0, 0, 1, 0, 0]);
    // A whole turn in a second: the quaternion is back, with the other sign.
    expect(Math.abs(qw)).toBeCloseTo(1, 3);
    expect(qz).toBeCloseTo(0, 1);
    expect(view.velocity('arm')[5]).toBeCloseTo(2 * Math.PI, 6);
    expect(() => view.pose('leg')).toThrow(new InputError('the scene has no body "leg"'));
  });

  it('lists contacts with the force of the first body on the second: the ball lies on the table with its weight', () => {
    const [contact, ...others] = view.contacts();
    expect(others).toEqual([]);
    expect([...contact.bodies].sort()).toEqual(['ball', 'table']);
    const up = contact.bodies[0] === 'table' ? 1 : -1;
    expect(up * contact.force[2]).toBeCloseTo(0.4 * 9.81, 2);
    expect(up * contact.normal[2]).toBeCloseTo(1, 9);
    expect(contact.position[0]).toBeCloseTo(0.3, 3);
    expect(contact.position[2]).toBeCloseTo(0.1, 2);
  });

  it('casts rays: to the first surface, through one body on request, or into the void', () => {
    expect(view.ray([0.3, 0, 2], [0, 0, -7])).toEqual({ distance: expect.closeTo(1.7, 2), body: 'ball' });
    expect(view.ray([0.3, 0, 2], [0, 0, -1], 'ball')).toEqual({ distance: expect.closeTo(1.9, 2), body: 'table' });
    expect(view.ray([0.3, 0, 2], [0, 0, 1])).toBeUndefined();
    expect(() => view.ray([0, 0, 2], [0, 0, 0])).toThrow('ray: direction 0, 0, 0 has no length');
  });
});
