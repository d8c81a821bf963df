import { fileURLToPath } from 'node:url';
import { InputError } from '@praxis/core';
import type { Mesh } from '@praxis/model';
import { expect, it } from 'vitest';
import { openRobotSource } from '../node.ts';
import { decodeRobotSource, encodeRobotSource } from './source-bytes.ts';

const folder = (name: string): string => fileURLToPath(new URL(`../../../robots/${name}`, import.meta.url));

it('a robot that crosses to a page is the same bit by bit, with its meshes, infinite limits and negative zeros', async () => {
  const source = await openRobotSource(folder('arm6'));
  const [joint, ...joints] = source.model.joints;
  const mesh: Mesh = {
    positions: Float32Array.of(0.1, -0, 2, 1, 0, 0, 0, 1, 0),
    indices: Uint32Array.of(0, 1, 2),
    parts: [{ start: 0, count: 3, rgba: [1, 0, 0, 1] }],
  };
  const limit = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY, effort: 1 / 3, velocity: -0 };
  const robot = {
    ...source,
    definition: { ...source.definition, notes: ['number: two fingers'] },
    model: { ...source.model, joints: [{ ...joint, limit }, ...joints] },
    disabledPairs: [['link1', 'link2'] as const],
    meshes: new Map([
      ['package://hand/a.stl', mesh],
      ['b.obj', mesh],
    ]),
  };
  const read = decodeRobotSource(encodeRobotSource(robot), 'arm6');
  expect(read.model).toEqual(robot.model);
  expect(Object.is(read.model.joints[0].limit?.velocity, -0)).toBe(true);
  expect(read.definition).toEqual(robot.definition);
  expect(read.disabledPairs).toEqual(robot.disabledPairs);
  expect(read.meshes).toEqual(robot.meshes);
});

it('other bytes are refused in one line', async () => {
  const bytes = encodeRobotSource(await openRobotSource(folder('arm5')));
  for (const wrong of [new Uint8Array(3), bytes.subarray(0, 400), new TextEncoder().encode('<!doctype html> page')]) {
    expect(() => decodeRobotSource(wrong, 'robots/arm5')).toThrow(
      new InputError('robots/arm5: no robot of this version, expected a file of the server of the studio'),
    );
  }
});
