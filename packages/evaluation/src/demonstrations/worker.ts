import type { Perturbations } from '@praxis/sim';
import { openDriver } from '../episodes/driver.ts';
import { policySource } from '../project/policy-source.ts';
import { loadProject } from '../project/project.ts';
import { robotChoice } from '../project/robot.ts';
import { serveJobs } from '../workers/serve.ts';
import type { ShardInfo } from './dataset.ts';
import type { DrivingSpace } from './record-format.ts';
import { recordShard } from './record-shard.ts';
import { completeShard, type ShardJob } from './shards.ts';

/** Options that all workers of a recording share. */
export interface DemosSetup {
  readonly out: string;
  /** Folder of the robot; undefined selects the Praxis arm. */
  readonly robot?: string;
  /** Configuration file; undefined without one. */
  readonly config: string | undefined;
  /** The policy that drives. Default: the expert drives. */
  readonly policy?: string;
  /** Probability that the expert drives a segment. */
  readonly beta: number;
  /** Space in which the expert drives without a policy. */
  readonly space: DrivingSpace;
  /** What differs from the cell of other demonstrations. */
  readonly perturbations?: Perturbations;
  /** Whether their pictures change with every record. */
  readonly varyPictures?: boolean;
}

/** Reports one recorded episode. */
export interface EpisodeProgress {
  readonly success: boolean;
}

serveJobs<DemosSetup, ShardJob, ShardInfo, EpisodeProgress>(
  async ({ out, robot, config, policy, beta, space, perturbations, varyPictures }, reportProgress) => {
    const project = await loadProject(config);
    const { policyTasks, modalities } = project.registry;
    const driver = await openDriver(policySource(policy ?? 'expert', project), []);
    return async (job) => {
      const info = await recordShard({
        ...job,
        out,
        space,
        perturbations,
        varyPictures,
        tasks: policyTasks,
        modalities: modalities.values,
        ...(await robotChoice(robot)),
        scheduler: driver.scheduler,
        ...(driver.policy === 'expert' ? {} : { policy: driver.policy, beta }),
        onEpisode: ({ success }) => reportProgress({ success }),
      });
      completeShard(out, job, info);
      return info;
    };
  },
);
