import { join } from 'node:path';
import { InputError, moduleBeside, trainedRobotOf } from '@praxis/core';
import { checkPerturbations, type Perturbations, perturbationTexts, picturePerturbations, setupOf } from '@praxis/sim';
import { FIRST_VALIDATION_SEED } from '@praxis/sim/seeds';
import { writeJsonAtomically } from '../files/write.ts';
import { policyIdentity, policySource } from '../project/policy-source.ts';
import { loadProject } from '../project/project.ts';
import { robotChoice } from '../project/robot.ts';
import { itemsOfShard, type Shard } from '../sharding/shard.ts';
import { NO_PROGRESS, type StartProgress } from '../workers/progress.ts';
import { runInWorkers } from '../workers/run.ts';
import { datasetManifest, type ShardInfo } from './dataset.ts';
import { type DrivingSpace, recordFormat } from './record-format.ts';
import { completedShard, openDataset, type ShardJob, shardJobs } from './shards.ts';
import type { DemosSetup, EpisodeProgress } from './worker.ts';

/** Options of {@link recordDataset}. */
export interface DatasetOptions {
  /** Directory of the dataset: a new one, or one of an earlier call with the same options. */
  readonly out: string;
  /** Folder of the robot. Default: the Praxis arm. */
  readonly robot?: string;
  readonly tasks: readonly string[];
  /** Seeds of the episodes of each task, in ascending order, below `FIRST_VALIDATION_SEED`. */
  readonly seeds: readonly number[];
  /**
   * Records one part of the dataset's files and no `dataset.json`: a call without `part` over the files of all parts, in one directory, then
   * writes it. Default: all files.
   */
  readonly part?: Shard;
  /** The policy that drives while the expert labels (DAgger). Default: the expert drives. */
  readonly policy?: string;
  /** Space in which the expert drives without a policy. Default: `ee_pose`. */
  readonly space?: DrivingSpace;
  /** Configuration file. Default: none. */
  readonly config?: string;
  /** Probability that the expert drives a segment although there is a policy, 0..1. Default: 0. */
  readonly beta?: number;
  /** What differs from the cell of other demonstrations. Default: nothing. */
  readonly perturbations?: Perturbations;
  /** Whether what they change in pictures changes with every record (domain randomization). Default: with every episode. */
  readonly varyPictures?: boolean;
  /** Number of processes that record. Default: 2. */
  readonly workers?: number;
  /** Ends the recording early; complete shards stay. */
  readonly signal?: AbortSignal;
  /** Default: no progress is reported. */
  readonly startProgress?: StartProgress;
}

/** Size of a recorded dataset. */
export interface DatasetSummary {
  readonly shards: number;
  readonly episodes: number;
  /** Number of episodes that reached their goal. */
  readonly successes: number;
  /** Number of records: one for each inference of each episode. */
  readonly records: number;
  /** Present when the recording was ended early; the same call resumes it. */
  readonly partial?: true;
}

/**
 * Records demonstrations for training into shards, in worker processes. A second call with the same options records only the
 * missing shards.
 * @throws {InputError} for a validation seed, for a directory with another recording, and when a file cannot be written
 */
export async function recordDataset(options: DatasetOptions): Promise<DatasetSummary> {
  const {
    out,
    robot,
    tasks,
    seeds,
    policy,
    config,
    space = 'ee_pose',
    workers = 2,
    perturbations = {},
    varyPictures,
  } = options;
  const setup = setupOf(await robotChoice(robot));
  const format = recordFormat(setup);
  const { signal = new AbortController().signal, startProgress = NO_PROGRESS } = options;
  const last = seeds[seeds.length - 1];
  if (last >= FIRST_VALIDATION_SEED) {
    throw new InputError(
      `--seed ${seeds[0]} with --episodes ${seeds.length}: the last seed would be ${last}, expected seeds below ${FIRST_VALIDATION_SEED}: those from there on validate policies`,
    );
  }
  const project = await loadProject(config);
  for (const name of tasks) checkPerturbations(perturbations, project.registry.tasks.find(name), setup);
  if (varyPictures) picturePerturbations(perturbations);
  const perturbed = perturbationTexts(perturbations).join(',');
  const driver = policySource(policy ?? 'expert', project);
  const beta = policy === undefined ? 1 : (options.beta ?? 0);
  const recording = {
    seed: seeds[0],
    policy: driver.kind === 'expert' ? 'expert' : (await policyIdentity(driver, config)).sha256,
    beta,
    ...(space === 'ee_pose' ? {} : { space }),
    ...(perturbed === '' ? {} : { perturbed }),
    ...(varyPictures ? { pictures: 'record' as const } : {}),
  };
  openDataset(out, { tasks, ...(robot === undefined ? {} : { robot: setup.name }), ...recording });

  const jobs = itemsOfShard(shardJobs(tasks, seeds), options.part, 'files');
  const infos = new Map<ShardJob, ShardInfo>();
  for (const job of jobs) {
    const info = completedShard(out, job, format.bytes);
    if (info) infos.set(job, info);
  }
  const before = [...infos.keys()].reduce((sum, job) => sum + job.seeds.length, 0);
  const total = jobs.reduce((sum, job) => sum + job.seeds.length, 0);
  const bar = startProgress('demos', total, before);
  let [done, successes] = [0, 0];
  await runInWorkers<DemosSetup, ShardJob, ShardInfo, EpisodeProgress>({
    module: moduleBeside('./worker', import.meta.url),
    setup: { out, robot, config, policy, beta, space, perturbations, varyPictures },
    jobs: jobs.filter((job) => !infos.has(job)),
    workers,
    signal,
    onProgress({ success }) {
      done++;
      if (success) successes++;
      bar.step(`${successes}/${done} succeeded`);
    },
    onResult: (info, job) => infos.set(job, info),
  }).finally(() => bar.stop());

  const shards = jobs.flatMap((job) => infos.get(job) ?? []);
  if (!options.part) {
    writeJsonAtomically(join(out, 'dataset.json'), {
      ...datasetManifest(format, shards, project.registry.policyTasks),
      recording,
      robot: trainedRobotOf(setup.spec, setup.kinematics),
    });
  }
  const episodes = shards.flatMap((shard) => shard.episodes);
  return {
    shards: shards.length,
    episodes: episodes.length,
    successes: episodes.filter((episode) => episode.success).length,
    records: shards.reduce((sum, shard) => sum + shard.records, 0),
    ...(shards.length < jobs.length ? { partial: true } : {}),
  };
}
