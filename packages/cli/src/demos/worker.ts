import { recordShard, type ShardInfo } from '@praxis/sim';
import { openDriver } from '../episodes/driver.ts';
import { serve } from '../workers/serve.ts';
import { completeShard, type ShardJob } from './shards.ts';

/** What all workers of a recording share. */
export interface DemosSetup {
  readonly out: string;
  /** Directory of the policy that drives; without one the expert drives. */
  readonly policy?: string;
  /** Probability that the expert drives a segment. */
  readonly beta: number;
}

/** One episode is recorded. */
export interface EpisodeNews {
  readonly success: boolean;
}

serve<DemosSetup, ShardJob, ShardInfo, EpisodeNews>(async ({ out, policy, beta }, tell) => {
  const driver = policy === undefined ? undefined : await openDriver(policy, []);
  return async (job) => {
    const info = await recordShard({
      ...job,
      out,
      ...(driver ? { policy: driver.policy, scheduler: driver.scheduler, beta } : {}),
      onEpisode: ({ success }) => tell({ success }),
    });
    completeShard(out, job, info);
    return info;
  };
});
