import { InputError } from '@praxis/core';
import { assert, constantFrom, property, subarray, uniqueArray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { armUrdf } from '../node.ts';
import { setupOf } from '../robot/setup.ts';
import { free } from '../tasks/free.ts';
import { pick } from '../tasks/pick.ts';
import { press } from '../tasks/press/press.ts';
import { checkPerturbations, PERTURBATION_AXES, parsePerturbations, perturbationTexts } from './perturbation.ts';

const setup = setupOf({ urdf: armUrdf() });

describe('perturbations', () => {
  it('are read from their texts, in any order', () => {
    assert(
      property(subarray([...PERTURBATION_AXES]), uniqueArray(constantFrom(1, 2), { minLength: 1 }), (axes, [level]) => {
        const texts = axes.map((axis) => `${axis}:${level}`);
        expect(perturbationTexts(parsePerturbations([...texts].reverse()))).toEqual(texts);
      }),
    );
  });

  it.each([
    [
      ['fog:1'],
      'perturbation fog:1: expected one of camera, light, background, layout, noise, start, language, touch, body before the colon',
    ],
    [['toString:1'], 'perturbation toString:1: expected one of'],
    [['camera'], 'perturbation camera: expected camera:1 or camera:2'],
    [['camera:3'], 'perturbation camera:3: expected camera:1 or camera:2'],
    [['camera:1:2'], 'perturbation camera:1:2: expected camera:1 or camera:2'],
    [['camera:1', 'camera:2'], 'perturbation camera:2: camera is given twice'],
  ])('%j is refused in one line', (texts, line) => {
    expect(() => parsePerturbations(texts)).toThrow(InputError);
    expect(() => parsePerturbations(texts)).toThrow(line);
  });

  it('of what a task or a robot does not have are refused by name', () => {
    expect(() => checkPerturbations({ body: 1 }, pick, setup)).not.toThrow();
    expect(() => checkPerturbations({ body: 1 }, press, setup)).toThrow('perturbation body: task press has no blocks');
    expect(() => checkPerturbations({ language: 1 }, free, setup)).toThrow(
      'perturbation language: task free has no other wordings',
    );
    expect(() => checkPerturbations({ language: 2, layout: 1 }, pick, setup)).toThrow(
      /^perturbation layout: other things /,
    );
    expect(() => checkPerturbations({ language: 1, layout: 1 }, pick, setup)).not.toThrow();
    expect(() => checkPerturbations({ start: 1 }, free, setup)).toThrow(
      'perturbation start: task free has no area in reach',
    );
    const blind = { ...setup, cameras: [], workingArm: { ...setup.workingArm!, sensorLink: undefined } };
    expect(() => checkPerturbations({ noise: 2 }, pick, blind)).toThrow(
      /^perturbation noise: robot \w+ has no camera$/,
    );
    expect(() => checkPerturbations({ touch: 2 }, pick, blind)).toThrow(
      /^perturbation touch: robot \w+ has no force sensor$/,
    );
  });
});
