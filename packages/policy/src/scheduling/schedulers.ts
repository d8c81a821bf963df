import { type ChunkScheduler, InputError } from '@praxis/core';
import { RecedingHorizon } from './receding-horizon.ts';
import { TemporalEnsembling } from './temporal-ensembling.ts';

/** Name of a scheduler that ships. */
export type SchedulerName = 'receding_horizon' | 'temporal_ensembling';

const SCHEDULERS: Readonly<Record<SchedulerName, () => ChunkScheduler>> = {
  receding_horizon: () => new RecedingHorizon(),
  temporal_ensembling: () => new TemporalEnsembling(),
};

/** Names of the schedulers that ship; the first is the default. */
export const SCHEDULER_NAMES = Object.keys(SCHEDULERS) as readonly SchedulerName[];

/** Reads the name of a scheduler. @throws {InputError} for an unknown one, with the known names */
export function schedulerName(text: string): SchedulerName {
  const found = SCHEDULER_NAMES.find((name) => name === text);
  if (found) return found;
  throw new InputError(`scheduler ${text}: expected one of ${SCHEDULER_NAMES.join(', ')}`);
}

/** Makes a scheduler with its default options. */
export const createScheduler = (name: SchedulerName): ChunkScheduler => SCHEDULERS[name]();
