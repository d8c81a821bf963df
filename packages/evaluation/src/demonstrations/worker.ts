import { armUrdf } from '@praxis/sim/node';
import { openDriver } from '../episodes/driver.ts';
import { policySource } from '../project/policy-source.ts';
import { loadProject } from '../project/project.ts';
import { serveJobs } from '../workers/serve.ts';
import type { ShardInfo } from './dataset.ts';
import { recordShard } from './record-shard.ts';
import { completeShard, type ShardJob } from './shards.ts';

/** Options that all workers of a recording share. */
export interface DemosSetup {
  readonly out: string;
  /** Configuration file; undefined without one. */
  readonly config: string | undefined;
  /** The policy that drives. Default: the expert drives. */
  readonly policy?: string;
  /** Probability that the expert drives a segment. */
  readonly beta: number;
}

/** Reports one recorded episode. */
export interface EpisodeProgress {
  readonly success: boolean;
}

serveJobs<DemosSetup, ShardJob, ShardInfo, EpisodeProgress>(async ({ out, config, policy, beta }, reportProgress) => {
  const project = await loadProject(config);
  const { tasks, modalities } = project.registry;
  const driver = await openDriver(policySource(policy ?? 'expert', project), []);
  return async (job) => {
    const info = await recordShard({
      ...job,
      out,
      tasks: tasks.values,
      modalities: modalities.values,
      urdf: armUrdf(),
      scheduler: driver.scheduler,
      ...(driver.policy === 'expert' ? {} : { policy: driver.policy, beta }),
      onEpisode: ({ success }) => reportProgress({ success }),
    });
    completeShard(out, job, info);
    return info;
  };
});
