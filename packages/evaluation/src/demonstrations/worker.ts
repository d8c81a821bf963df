import { armUrdf } from '@praxis/sim/node';
import { openDriver } from '../episodes/driver.ts';
import { serveJobs } from '../workers/serve.ts';
import type { ShardInfo } from './dataset.ts';
import { recordShard } from './record-shard.ts';
import { completeShard, type ShardJob } from './shards.ts';

/** Options that all workers of a recording share. */
export interface DemosSetup {
  readonly out: string;
  /** Directory of the policy that drives. Default: the expert drives. */
  readonly policy?: string;
  /** Probability that the expert drives a segment. */
  readonly beta: number;
}

/** Reports one recorded episode. */
export interface EpisodeProgress {
  readonly success: boolean;
}

serveJobs<DemosSetup, ShardJob, ShardInfo, EpisodeProgress>(async ({ out, policy, beta }, reportProgress) => {
  const driver = await openDriver(policy ?? 'expert', []);
  return async (job) => {
    const info = await recordShard({
      ...job,
      out,
      urdf: armUrdf(),
      scheduler: driver.scheduler,
      ...(driver.policy === 'expert' ? {} : { policy: driver.policy, beta }),
      onEpisode: ({ success }) => reportProgress({ success }),
    });
    completeShard(out, job, info);
    return info;
  };
});
