import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { armUrdf, openRobotSource } from '../../node.ts';
import { robotSetup, setupOf } from '../../robot/setup.ts';
import { struckBody } from './struck-body.ts';

const folder = (name: string): string => fileURLToPath(new URL(`../../../../robots/${name}`, import.meta.url));

it('the Praxis arm is struck at the box of its hand', () => {
  expect(struckBody(setupOf({ urdf: armUrdf() }))).toEqual({
    body: 'hand',
    centre: [0, 0, 0.03],
    halfSize: [0.025, 0.095, 0.025],
  });
});

it.each(['arm5', 'arm6'])('%s is struck at the part that carries its fingers', async (name) => {
  const setup = robotSetup(await openRobotSource(folder(name)));
  const struck = struckBody(setup)!;
  expect(setup.gripperLinks.has(struck.body)).toBe(true);
  expect(setup.fingerLinks.has(struck.body)).toBe(false);
  for (const half of struck.halfSize) {
    expect(half).toBeGreaterThan(0.005);
    expect(half).toBeLessThan(0.12);
  }
});

it('a robot without a gripper has nothing that collides', async () => {
  const setup = robotSetup(await openRobotSource(folder('arm6')));
  expect(struckBody({ ...setup, gripperLinks: new Set(), fingerLinks: new Set() })).toBeUndefined();
});
