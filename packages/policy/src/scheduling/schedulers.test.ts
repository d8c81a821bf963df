import { InputError } from '@praxis/core';
import { expect, it } from 'vitest';
import { RecedingHorizon } from './receding-horizon.ts';
import { createScheduler, SCHEDULER_NAMES, schedulerName } from './schedulers.ts';
import { TemporalEnsembling } from './temporal-ensembling.ts';

it('schedulers are made by name, a new one each time', () => {
  expect(SCHEDULER_NAMES.map((name) => createScheduler(name).constructor)).toEqual([
    RecedingHorizon,
    TemporalEnsembling,
  ]);
  expect(createScheduler('receding_horizon')).not.toBe(createScheduler('receding_horizon'));
});

it('an unknown name is refused with the known ones', () => {
  expect(schedulerName('temporal_ensembling')).toBe('temporal_ensembling');
  for (const text of ['', 'toString', 'fastest']) {
    expect(() => schedulerName(text)).toThrow(InputError);
    expect(() => schedulerName(text)).toThrow(
      `scheduler ${text}: expected one of receding_horizon, temporal_ensembling`,
    );
  }
});
