import { InputError } from '@praxis/core';
import { defineFault, type ModalityDefinition, pick, type Task } from '@praxis/sim';
import { describe, expect, it } from 'vitest';
import { checkConfig, defineConfig } from './config.ts';
import { Registry } from './registry.ts';

/** The tasks that come with Praxis. */
const SHIPPED = ['pick', 'sort', 'tidy', 'press', 'drawer', 'insert', 'wipe', 'interrupt'];

const juggle: Task = { ...pick, name: 'juggle' };
const slip = defineFault('grip_slip', 'the object slips', () => undefined);
const height: ModalityDefinition = {
  spec: { name: 'height', modality: 'range', dtype: 'float64', shape: [1], unit: 'm', frame: 'tool0', rateHz: 50 },
  simulate: () => () => Float64Array.of(0),
};

describe('the registry', () => {
  it('knows what comes with Praxis and what a configuration adds', () => {
    const config = defineConfig({
      tasks: [juggle],
      faults: [slip],
      modalities: [height],
      policies: { own: './model' },
      robots: { bench: './robots/bench' },
    });
    const registry = new Registry([{ config, source: 'praxis.config.ts', folder: '/project' }]);
    expect(registry.tasks.names).toEqual([...SHIPPED, 'juggle']);
    expect(registry.plannerTaskNames).toEqual(['tidy']);
    expect(registry.policyTaskNames).toEqual([...SHIPPED.filter((name) => name !== 'tidy'), 'juggle']);
    expect(registry.tasks.find('juggle')).toBe(juggle);
    expect(registry.faults.find('grip_slip')).toBe(slip);
    expect(registry.modalities.values).toEqual([height]);
    expect(registry.policies.find('own')).toEqual({ entry: './model', folder: '/project' });
    expect(registry.robots.find('bench')).toEqual({ path: './robots/bench', folder: '/project' });
  });

  it('finds faults by alias and with hyphens', () => {
    const { faults } = new Registry();
    expect(faults.find('policy-killed').name).toBe('policy_killed');
    expect(faults.find('contact').name).toBe('arm_struck');
    expect(() => faults.find('gremlins')).toThrow(/^unknown fault "gremlins": expected one of policy_killed, /);
  });

  it('refuses an unknown name in one line that lists the known ones', () => {
    const { tasks } = new Registry();
    expect(() => tasks.find('juggle')).toThrow(
      new InputError(`unknown task "juggle": expected one of ${SHIPPED.join(', ')}`),
    );
    expect(() => tasks.find('toString')).toThrow(/unknown task "toString"/);
  });

  it('refuses a name that is taken, and says by what', () => {
    const own = { config: { tasks: [{ ...juggle, name: 'sort' }] }, source: 'praxis.config.ts' };
    expect(() => new Registry([own])).toThrow('praxis.config.ts: task "sort" is already defined by Praxis');
  });
});

describe('checkConfig', () => {
  const refused: readonly (readonly [string, unknown, string])[] = [
    ['no default export', undefined, 'c.ts: no default export, expected one by defineConfig('],
    [
      'an unknown key',
      { task: [] },
      'c.ts: unknown key "task", expected tasks, faults, modalities, skills, places, forbidden, policies, robots, planners',
    ],
    ['a task that is no list', { tasks: juggle }, 'c.ts: tasks is object, expected a list'],
    [
      'a task without draw',
      { tasks: [juggle, { ...juggle, draw: 1 }] },
      'c.ts: tasks[1]: draw is missing or wrong, expected a function',
    ],
    [
      'a fault with spaces',
      { faults: [{ ...slip, name: 'grip slip' }] },
      'c.ts: faults[0]: name is missing or wrong, expected lower case',
    ],
    [
      'a sensor without a rate',
      { modalities: [{ ...height, spec: { ...height.spec, rateHz: 0 } }] },
      'c.ts: modalities[0]: spec.rateHz',
    ],
    [
      'a sensor without a spec',
      { modalities: [{ simulate: height.simulate }] },
      'c.ts: modalities[0]: spec.name is missing',
    ],
    [
      'a topic without a type',
      { modalities: [{ ...height, topic: { read: () => 0, write: () => ({}) } }] },
      'c.ts: modalities[0]: topic.type is missing or wrong, expected a message type such as sensor_msgs/msg/Imu',
    ],
    [
      'a topic that cannot write',
      { modalities: [{ ...height, topic: { type: 'sensor_msgs/msg/Range', read: () => 0 } }] },
      'c.ts: modalities[0]: topic.write is missing or wrong, expected a function',
    ],
    [
      'a policy that is a number',
      { policies: { own: 7 } },
      'c.ts: policy "own" is number, expected a folder, a module',
    ],
    ['a robot that is a number', { robots: { own: 7 } }, 'c.ts: robot "own" is number, expected a folder'],
    ['a list of robots', { robots: ['./arm'] }, 'c.ts: robots is no object'],
    ['a list of policies', { policies: ['./model'] }, 'c.ts: policies is no object'],
    ['nothing in a list', { faults: [null] }, 'c.ts: faults[0]: null, expected an object'],
  ];
  it.each(refused)('refuses %s', (_, value, line) => {
    expect(() => checkConfig(value, 'c.ts')).toThrow(InputError);
    expect(() => checkConfig(value, 'c.ts')).toThrow(line);
  });
});
