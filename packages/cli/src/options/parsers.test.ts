import { InputError } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { episodes, knownNames, names, numbers, seed, seedRange, wholeNumber } from './parsers.ts';

const range = (first: string, count: string) => seedRange(seed(first), episodes(count));
const named = (text: string) => knownNames('--task', names(text), ['pick', 'sort']);

describe('options', () => {
  it('gives one seed per episode, from the first seed on', () => {
    expect(range('2000000', '3')).toEqual([2000000, 2000001, 2000002]);
    expect(range('2147483647', '1')).toEqual([2147483647]);
  });

  it.each([
    ['-1', '1'],
    ['2147483648', '1'],
    ['2147483647', '2'],
    ['1.5', '1'],
    ['one', '1'],
    ['', '1'],
    ['0', '0'],
  ])('rejects --seed %j with --episodes %j', (first, count) => {
    expect(() => range(first, count)).toThrow(InputError);
  });

  it('lists the known names for an unknown name', () => {
    expect(() => named('pick,juggle')).toThrow('--task juggle: unknown; known are pick, sort');
    expect(named('all')).toEqual(['pick', 'sort']);
    expect(named('sort, pick,sort')).toEqual(['sort', 'pick']);
  });

  it('rejects text that is not a number', () => {
    const pose = numbers('--pose', ['x', 'y', 'z']);
    expect(() => wholeNumber('--workers', 1, 8)('0x2')).toThrow('--workers 0x2: expected a whole number from 1 to 8');
    expect(() => pose('1,2,NaN')).toThrow(InputError);
    expect(() => pose('1,2,')).toThrow(InputError);
    expect(pose('1,2,-3e-1')).toEqual([1, 2, -0.3]);
  });
});
