import { InputError } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { ALL_STAGES } from '../testing/all-stages.ts';
import { DEFAULT_FILTER } from './defaults.ts';
import { parseFilterConfig } from './parse-filter.ts';

const changed = (change: object) => () => parseFilterConfig({ ...ALL_STAGES, ...change });

describe('parseFilterConfig', () => {
  it('reads back a configuration from its JSON', () => {
    for (const config of [DEFAULT_FILTER, ALL_STAGES]) {
      expect(parseFilterConfig(JSON.parse(JSON.stringify(config)))).toEqual(config);
    }
  });

  it('names the field, its value and the expected value', () => {
    expect(changed({ cartesian: { speed: -1 } })).toThrow(InputError);
    expect(changed({ cartesian: { speed: -1 } })).toThrow('filter.cartesian.speed: is -1, expected a number above 0');
    expect(changed({ limits: { acceleration: { joint1: 'fast' }, jerk: null } })).toThrow(
      'filter.limits.acceleration.joint1: is "fast", expected a number above 0',
    );
    expect(changed({ workspace: { points: [{ link: 'tool0', offset: [0, 0] }] } })).toThrow(
      'filter.workspace.points[0].offset: is [0,0], expected 3 numbers',
    );
    expect(changed({ stop: {} })).toThrow('filter.stop.hold: is absent, expected an object');
    expect(changed({ joints: { clamp: 'yes' } })).toThrow('expected "along_path" or "per_joint"');
    expect(changed({ workspace: { points: [], planes: [{ normal: [0, 0, 2], offset: 0 }] } })).toThrow(
      'filter.workspace.planes[0].normal: has length 2, expected 1',
    );
  });

  it('refuses an unknown field: a misspelt limit must not switch a limit off', () => {
    expect(changed({ cartesien: { speed: 1 } })).toThrow('filter.cartesien: is unknown, expected one of limits, age');
  });
});
