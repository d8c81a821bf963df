import { InputError } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { namesFrom, numbersFrom, seedRange, wholeNumber } from './options.ts';

describe('options', () => {
  it('gives as many seeds as episodes, from the first on', () => {
    expect(seedRange('2000000', '3')).toEqual([2000000, 2000001, 2000002]);
    expect(seedRange('2147483647', '1')).toEqual([2147483647]);
  });

  it.each([
    ['-1', '1'],
    ['2147483648', '1'],
    ['2147483647', '2'],
    ['1.5', '1'],
    ['one', '1'],
    ['', '1'],
    ['0', '0'],
  ])('refuses --seed %j with --episodes %j', (seed, episodes) => {
    expect(() => seedRange(seed, episodes)).toThrow(InputError);
  });

  it('names the known ones when a name is unknown', () => {
    expect(() => namesFrom('--task', 'pick,juggle', ['pick', 'sort'])).toThrow(
      '--task juggle: unknown; known are pick, sort',
    );
    expect(namesFrom('--task', 'all', ['pick', 'sort'])).toEqual(['pick', 'sort']);
    expect(namesFrom('--task', 'sort, pick,sort', ['pick', 'sort'])).toEqual(['sort', 'pick']);
  });

  it('refuses what is not a number', () => {
    expect(() => wholeNumber('--workers', '0x2', 1, 8)).toThrow('--workers 0x2: expected a whole number from 1 to 8');
    expect(() => numbersFrom('--pose', '1,2,NaN', ['x', 'y', 'z'])).toThrow(InputError);
    expect(() => numbersFrom('--pose', '1,2,', ['x', 'y', 'z'])).toThrow(InputError);
    expect(numbersFrom('--pose', '1,2,-3e-1', ['x', 'y', 'z'])).toEqual([1, 2, -0.3]);
  });
});
