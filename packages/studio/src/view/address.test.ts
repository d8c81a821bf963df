import { describe, expect, it } from 'vitest';
import { driversOf, modelAddress, queryOf, readAddress, seedFrom } from './address.ts';

const page = 'http://localhost:8080/?task=pick';

describe('modelAddress', () => {
  it('defaults to the policy that comes with Praxis', () => {
    expect(modelAddress(undefined, page)).toBe('http://localhost:8080/models/default');
    expect(modelAddress('/models/mine/', page)).toBe('http://localhost:8080/models/mine');
  });

  it.each(['https://example.org/model', '//example.org/model', 'data:text/plain,x'])('refuses %s', (model) => {
    expect(() => modelAddress(model, page)).toThrow(`model ${model}: expected a path on http://localhost:8080`);
  });
});

describe('seedFrom', () => {
  it('accepts whole numbers that fit 31 bits', () => {
    expect(seedFrom(' 2000000 ')).toBe(2_000_000);
  });

  it.each(['', '-1', '1.5', '1e3', '2147483648', 'x'])('refuses %j', (text) => {
    expect(() => seedFrom(text)).toThrow('expected a whole number from 0 to 2147483647');
  });
});

const read = (query: string) => readAddress(new URLSearchParams(query));

describe('readAddress', () => {
  it('has defaults', () => {
    expect(read('')).toEqual({
      task: undefined,
      robot: undefined,
      acceptRobot: '',
      policy: undefined,
      model: undefined,
      seed: 2_000_000,
      driver: undefined,
      planner: undefined,
      speed: 1,
      mask: [],
      start: 'playing',
      problems: [],
    });
  });

  it.each([
    ['?driver=robot', 'unknown driver "robot": expected one of policy, expert, hand'],
    ['?speed=3', 'unknown speed "3": expected one of 0.25, 0.5, 1, 2, 4, max'],
    ['?play=no', 'unknown play "no": expected one of 0, 1'],
    ['?seed=-3', 'seed -3: expected a whole number from 0 to 2147483647'],
    [
      '?sed=5',
      'unknown parameter "sed": expected one of robot, accept-robot, policy, model, task, seed, driver, planner, speed, mask, play',
    ],
  ])('tells what is wrong with %s, and goes on with the default', (query, problem) => {
    expect(read(query)).toEqual({ ...read(''), problems: [problem] });
  });
});

describe('queryOf', () => {
  it('keeps the choice: reading the address gives it back', () => {
    const drive = { driver: 'expert', planner: 'rules', speed: 'max' } as const;
    const choice = { task: 'sort', seed: 7, ...drive, mask: ['vision', 'wrench'] } as const;
    const query = queryOf(choice, { model: '/models/mine', start: 'paused' });
    expect(query).toBe(
      '?model=/models/mine&task=sort&seed=7&driver=expert&planner=rules&speed=max&mask=vision,wrench&play=0',
    );
    expect(read(query)).toMatchObject({ ...choice, model: '/models/mine', start: 'paused', problems: [] });
  });

  it('lets the expert drive another robot, unless the address names a policy or accepts the robot', () => {
    const first = (query: string) => driversOf(read(query), 'one arm')[0];
    expect(first('')).toBe('policy');
    expect(first('?robot=arm6')).toBe('expert');
    expect(first('?robot=arm6&policy=ws://localhost:8000')).toBe('policy');
    expect(first('?robot=arm6&accept-robot=arm6')).toBe('policy');
    const choice = { task: 'pick', seed: 7, speed: 1, mask: [] } as const;
    expect(queryOf({ ...choice, driver: 'expert' }, { robot: 'arm6' })).toBe('?robot=arm6&task=pick&seed=7');
    const query = queryOf({ ...choice, driver: 'policy' }, { robot: 'arm6', policy: 'ws://localhost:8000' });
    expect(read(query)).toMatchObject({ robot: 'arm6', policy: 'ws://localhost:8000', driver: undefined });
  });

  it('lets the user drive a robot of several groups by hand, unless the address names a policy', () => {
    expect(driversOf(read('?robot=base'), 'groups')).toEqual(['hand']);
    expect(driversOf(read('?robot=base&policy=square'), 'groups')).toEqual(['policy', 'hand']);
    const choice = { task: 'free', seed: 7, speed: 1, mask: [], driver: 'hand' } as const;
    expect(queryOf(choice, { robot: 'base' }, 'groups')).toBe('?robot=base&task=free&seed=7');
    expect(queryOf(choice, { robot: 'base', policy: 'square' }, 'groups')).toContain('driver=hand');
  });

  it('leaves defaults out', () => {
    expect(queryOf({ ...read('?task=pick'), task: 'pick', driver: 'policy' }, {})).toBe('?task=pick&seed=2000000');
  });
});
