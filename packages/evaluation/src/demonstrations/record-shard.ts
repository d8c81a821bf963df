import { createHash } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type ChunkScheduler, InputError, type Observation, type Policy, Random } from '@praxis/core';
import {
  type DrawnScene,
  drawRewordings,
  Episode,
  type ModalityDefinition,
  type Perturbations,
  picturePerturbations,
  pictureVariation,
  type RobotChoice,
  setupOf,
  type Task,
  taskState,
} from '@praxis/sim';
import { goalsOf, type RecordedEpisode, type ShardInfo } from './dataset.ts';
import { packRecord } from './pack-record.ts';
import { type ImagePoint, projectToImage } from './projection.ts';
import { type DrivingSpace, drivingActions, recordFormat } from './record-format.ts';
import { RecordingPolicy } from './recording-policy.ts';

/** Options of {@link recordShard}. */
export interface RecordShardOptions extends RobotChoice {
  /** Name of the task, one of {@link tasks}. */
  readonly task: string;
  /** Every known task, in the order that the field `task` of a record counts in. */
  readonly tasks: readonly Task[];
  /** Sensors beside those of the arm. Default: none. */
  readonly modalities?: readonly ModalityDefinition[];
  /** Seeds of the episodes of the shard. */
  readonly seeds: readonly number[];
  /** Directory of the dataset. */
  readonly out: string;
  /** Name of the shard's file in that directory. */
  readonly file: string;
  readonly scheduler: ChunkScheduler;
  /** Policy that drives while the expert labels. Default: the expert drives. */
  readonly policy?: Policy;
  /** Probability that the expert drives a segment although there is a policy, 0..1. Default: 0. */
  readonly beta?: number;
  /** Space in which the expert drives without a policy. Default: `ee_pose`. */
  readonly space?: DrivingSpace;
  /** What differs from the cell of other demonstrations. Default: nothing. */
  readonly perturbations?: Perturbations;
  /** Whether what {@link perturbations} change in pictures changes with every record. Default: with every episode. */
  readonly varyPictures?: boolean;
  readonly onEpisode?: (episode: RecordedEpisode) => void;
}

/** Number of remembered exposures: more than fit into the longest camera delay. */
const MAX_EXPOSURES = 12;
/** Instructions of other kinds of wording that are drawn for an episode. */
const REWORDINGS = 32;

/**
 * Records episodes into one file. The file has a temporary name until it is complete.
 * @throws {InputError} when the file cannot be written
 */
export async function recordShard(options: RecordShardOptions): Promise<ShardInfo> {
  const { out, file, task, seeds } = options;
  const part = join(out, `${file}.part`);
  try {
    const handle = await open(part, 'w');
    const episodes: RecordedEpisode[] = [];
    const digest = createHash('sha256');
    let first = 0;
    try {
      for (const seed of seeds) {
        const { records, ...episode } = await recordEpisode(seed, options);
        for (const record of records) {
          await handle.writeFile(record);
          digest.update(record);
        }
        const recorded = { ...episode, first, count: records.length };
        first += records.length;
        episodes.push(recorded);
        options.onEpisode?.(recorded);
      }
    } finally {
      await handle.close();
    }
    const sha256 = digest.digest('hex');
    await rename(part, join(out, file));
    return { file, task, records: first, sha256, episodes };
  } catch (cause) {
    await rm(part, { force: true });
    if (cause instanceof Error && 'code' in cause) {
      throw new InputError(`shard ${file} cannot be written: ${cause.message}`, { cause });
    }
    throw cause;
  }
}

async function recordEpisode(seed: number, options: RecordShardOptions) {
  const {
    tasks,
    modalities,
    urdf,
    robot: source,
    scheduler,
    policy,
    beta = 0,
    space = 'ee_pose',
    perturbations = {},
    varyPictures = false,
  } = options;
  const taskIndex = tasks.findIndex(({ name }) => name === options.task);
  const records: Uint8Array[] = [];
  const format = recordFormat(setupOf(options));
  const inputs = [...format.inputs.values()];
  const onMoment: { call?: (observation: Observation, label: ReturnType<Episode['expert']['label']>) => void } = {};
  const scene: DrawnScene = { task: tasks[taskIndex], seed, urdf, robot: source, perturbations, wordings: 'train' };
  const episode = await Episode.create({
    ...scene,
    scheduler,
    modalities,
    // The recording disturbs the arm on purpose to show recoveries; a supervisor would end the episode at the disturbance.
    safety: 'off',
    goesOn: true,
    inputs,
    policy: (expert) =>
      new RecordingPolicy(expert, {
        policy,
        actions: drivingActions(format, space),
        inputs,
        beta,
        random: new Random(seed, 'recording'),
        onStep: (observation, label) => onMoment.call?.(observation, label),
      }),
  });
  const { robot, world, instance, expert } = episode;
  const vary = varyPictures
    ? pictureVariation(robot, episode.scene, picturePerturbations(perturbations), seed)
    : () => {};
  const things = [...instance.objects, ...(instance.parts ?? [])];
  const exposures: { camera: string; stamp: number; pixels: Map<string, ImagePoint> }[] = [];
  robot.onExposure = (camera, stamp, view) => {
    const state = taskState(world, robot);
    exposures.push({
      camera,
      stamp,
      pixels: new Map(things.map(({ name }) => [name, projectToImage(view, state.position(name))])),
    });
    if (exposures.length > MAX_EXPOSURES) exposures.shift();
  };
  const indices = new Map(goalsOf(tasks).map(({ key }, i) => [key, i]));
  /** Index of what the words in force ask for. */
  const goal = () => indices.get(instance.spokenGoal ?? instance.goal.key)!;
  let step = 0;
  onMoment.call = (observation, label) => {
    const record = packRecord(format, {
      observation,
      label,
      annotation: expert.annotation!,
      state: taskState(world, robot),
      instance,
      pixel: (camera, stamp, object) =>
        exposures.find((each) => each.camera === camera && each.stamp === stamp)?.pixels.get(object) ?? {
          x: 0,
          y: 0,
          visible: false,
        },
      ...{ task: taskIndex, goal: goal(), seed },
      step: step++,
    });
    if (record) records.push(record);
    vary();
  };
  try {
    const { success, instruction } = await episode.run();
    return {
      records,
      seed,
      success,
      goal: instance.goal.key,
      instruction,
      rewordings: drawRewordings(scene, REWORDINGS),
    };
  } finally {
    await episode.close();
  }
}
