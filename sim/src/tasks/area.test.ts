import { fileURLToPath } from 'node:url';
import { InputError } from '@praxis/core';
import { solveIk } from '@praxis/model';
import { describe, expect, it } from 'vitest';
import { openRobotSource } from '../node.ts';
import { robotSetup } from '../robot/setup.ts';
import { areaFor, inBaseFrame, layoutX, layoutY, PRAXIS_AREA, taskAreaOf } from './area.ts';
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

describe('the task area of one of two arms', async () => {
  const source = await openRobotSource(fileURLToPath(new URL('../../../robots/two_arms', import.meta.url)));

  it.each(['left', 'right'])('%s is beside its base, and lies on the table with its trays', (name) => {
    const setup = robotSetup(source, name);
    const area = taskAreaOf(setup);
    const side = name === 'left' ? 1 : -1;
    expect(area.base).toEqual([0, 0.34 * side, 0]);
    expect(side * (area.y[0] + area.y[1])).toBeGreaterThan(0.4);
    for (let seed = 0; seed < 20; seed++) {
      for (const { pose, geometry } of sort.draw({ seed, wordings: 'train', swap: false, area }).objects) {
        const half = geometry.type === 'box' ? geometry.size[1] / 2 : 0;
        expect(Math.abs(pose[1]) + half).toBeLessThan(0.6);
      }
    }
    const { kinematics, home } = setup.workingArm!;
    const posture = Float64Array.from(home);
    for (const x of area.x) {
      for (const y of area.y) {
        const pose = Float64Array.of(...inBaseFrame(area, [x, y, area.minimumHeight]), ...orientationAt(area, x, y));
        const found = solveIk(kinematics, pose, { start: posture, posture, positionTolerance: 1e-4 });
        expect(found.positionError, `${x} ${y}`).toBeLessThan(1e-3);
      }
    }
  });

  it('is refused where the base is turned, by name', () => {
    const joints = source.model.joints.map((joint) => {
      const turned = { ...joint.origin, quaternion: [0, 0, Math.SQRT1_2, Math.SQRT1_2] as const };
      return joint.name === 'right_mount' ? { ...joint, origin: turned } : joint;
    });
    const setup = robotSetup({ ...source, model: { ...source.model, joints } }, 'right');
    expect(() => taskAreaOf(setup)).toThrow(
      "robot two_arms, right: its base right_base is turned from the scene's axes",
    );
  });
});

it('a robot that drives has no task area', async () => {
  const setup = await robot('base');
  expect(() => taskAreaOf(setup)).toThrow('robot base: it has the driven base base; tasks');
});

it.each([press, drawer])('$name is refused for an arm without a wrist sensor, by name', async (task) => {
  const message = `robot arm5: it has no wrist force/torque sensor, which the task ${task.name} needs`;
  const arm5 = await robot('arm5');
  expect(() => areaFor(task, arm5)).toThrow(new InputError(message));
  expect(areaFor(task, await robot('arm6'))?.scale).toBeGreaterThan(0);
});
