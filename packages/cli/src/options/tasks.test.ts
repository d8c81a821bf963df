import { InputError } from '@praxis/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { tasksForPolicy } from './tasks.ts';

const KNOWN = ['pick', 'sort', 'press', 'wipe'];

describe('the tasks of a policy', () => {
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const said = () => written.mock.calls.map(([text]) => String(text)).join('');
  afterEach(() => written.mockClear());

  it('are those it was trained for, where all are asked for', () => {
    expect(tasksForPolicy('all', KNOWN, ['sort', 'pick'])).toEqual(['pick', 'sort']);
    expect(tasksForPolicy('all', KNOWN, [])).toEqual(KNOWN);
    expect(tasksForPolicy('all', KNOWN)).toEqual(KNOWN);
    expect(() => tasksForPolicy('all', KNOWN, ['juggle'])).toThrow(
      new InputError('--task all: the policy was trained for juggle; known are pick, sort, press, wipe'),
    );
    expect(said()).toBe('');
  });

  it('can be others by name, which is said', () => {
    expect(tasksForPolicy(['pick', 'wipe', 'press'], KNOWN, ['pick', 'sort'])).toEqual(['pick', 'wipe', 'press']);
    expect(said()).toContain('the policy was not trained for wipe, press: its manifest lists pick, sort\n');
  });

  it('is known', () => {
    expect(() => tasksForPolicy(['dance'], KNOWN, ['pick'])).toThrow(
      new InputError('--task dance: unknown; known are pick, sort, press, wipe'),
    );
  });
});
