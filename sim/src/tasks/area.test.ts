import { fileURLToPath } from 'node:url';
import { InputError } from '@praxis/core';
import { solveIk } from '@praxis/model';
import { describe, expect, it } from 'vitest';
import { openRobotSource } from '../node.ts';
import { robotSetup } from '../robot/setup.ts';
import { areaFor, layoutX, layoutY, PRAXIS_AREA, taskAreaOf } from './area.ts';
import { drawer } from './drawer/drawer.ts';
import { pick } from './pick.ts';
import { press } from './press/press.ts';
import { sort } from './sort.ts';
import { orientationAt } from './tool-orientation.ts';

const robot = async (name: string) =>
  robotSetup(await openRobotSource(fileURLToPath(new URL(`../../../robots/${name}`, import.meta.url))));

describe.each(['arm6', 'arm5'])('the task area of %s', async (name) => {
  const setup = await robot(name);
  const area = taskAreaOf(setup);

  it('is reached with the tool down, at the corners and low and high', () => {
    const home = Float64Array.from(setup.home);
    for (const x of area.x) {
      for (const y of area.y) {
        for (const z of [area.minimumHeight, area.minimumHeight + 0.17 * area.scale]) {
          const pose = Float64Array.of(x, y, z, ...orientationAt(area, x, y));
          const found = solveIk(setup.kinematics, pose, { start: home, posture: home, positionTolerance: 1e-4 });
          expect(found.positionError, `${x} ${y} ${z}`).toBeLessThan(1e-3);
          expect(found.orientationError, `${x} ${y} ${z}`).toBeLessThan(1e-2);
        }
      }
    }
  });

  it.each([pick, sort])('holds the things of $name', (task) => {
    for (let seed = 0; seed < 20; seed++) {
      const { objects } = task.draw({ seed, wordings: 'train', swap: false, area });
      for (const { pose, mass } of objects.filter((object) => object.mass > 0)) {
        expect(mass).toBeGreaterThan(0);
        expect(pose[0]).toBeGreaterThanOrEqual(area.x[0]);
        expect(pose[0]).toBeLessThanOrEqual(area.x[1]);
        expect(pose[1]).toBeGreaterThanOrEqual(area.y[0]);
        expect(pose[1]).toBeLessThanOrEqual(area.y[1]);
      }
    }
  });
});

it('the layout of the Praxis arm stays where it is, bit by bit', () => {
  expect([0.38, 0.45, 0.51].map((x) => layoutX(PRAXIS_AREA, x))).toEqual([0.38, 0.45, 0.51]);
  expect([-0.28, 0.05].map((y) => layoutY(PRAXIS_AREA, y))).toEqual([-0.28, 0.05]);
});

it.each([press, drawer])('$name is refused for an arm without a wrist sensor, by name', async (task) => {
  const message = `robot arm5: it has no wrist force/torque sensor, which the task ${task.name} needs`;
  const arm5 = await robot('arm5');
  expect(() => areaFor(task, arm5)).toThrow(new InputError(message));
  expect(areaFor(task, await robot('arm6'))?.scale).toBeGreaterThan(0);
});
