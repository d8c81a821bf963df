import { createHash } from 'node:crypto';
import { basename, resolve } from 'node:path';
import { InputError, trainedRobotOf } from '@praxis/core';
import { FIRST_VALIDATION_SEED } from '@praxis/sim/seeds';
import type { EpisodeRow } from '@praxis/wire/lerobot';
import { manifestOf, type RecordedEpisode, type ShardInfo } from '../../demonstrations/dataset.ts';
import { INTERVENTION_FIELD, recordFormat } from '../../demonstrations/record-format.ts';
import { SHARD_EPISODES } from '../../demonstrations/shards.ts';
import { NO_PROGRESS, type StartProgress } from '../../workers/progress.ts';
import { checkSelection, isSelected, type Selection } from '../edit/selection.ts';
import { openDatasetFolder, StagedDataset } from '../folder.ts';
import { type ConversionOptions, conversionOf } from './conversion.ts';
import { type EpisodeConversion, episodeRecords } from './episode-records.ts';
import { ImportedGoals } from './imported-goals.ts';

/** Options of {@link importDataset}. */
export interface ImportOptions extends ConversionOptions {
  readonly source: string;
  /** New folder of the records. */
  readonly out: string;
  /** Episodes to import. Default: all that reached their goal. */
  readonly episodes?: Selection;
  /** Whether episodes are imported that did not reach their goal. Default: only those that did, or that say nothing of it. */
  readonly keep?: 'all' | 'successes';
  /** Name of the task of episodes that name none. Default: that of the folder. */
  readonly task?: string;
  /** Ends the import; nothing is written then. */
  readonly signal?: AbortSignal;
  readonly startProgress?: StartProgress;
}

/** What an import wrote. */
export interface ImportReport {
  readonly out: string;
  readonly dataset: string;
  readonly robot: string;
  readonly episodes: number;
  readonly records: number;
  /** Records at whose time a person drove; null for a dataset that does not say who drives. */
  readonly interventions: number | null;
  /** Episodes that were left out because they did not reach their goal. */
  readonly failures: number;
  /** Episodes of seeds that validate policies: an evaluation with them tells nothing of a policy that was trained on these records. */
  readonly validation: number;
  /** What the records hold of the robot's modalities, and what the dataset lacks of them. */
  readonly modalities: readonly string[];
  readonly absent: readonly string[];
  readonly tasks: readonly string[];
  /** Present when the import was interrupted: nothing is written. */
  readonly partial?: true;
}

/**
 * Writes a LeRobotDataset as records for `training/`, to a new folder that appears once it is complete. What a dataset cannot say is absent from the
 * records: labels of the simulator always, a camera, the wrench and who drives where it lacks their features.
 * @throws {DatasetError} for a dataset that cannot be read
 * @throws {InputError} in one line for joints and cameras that are not the robot's, units that are not said, pictures that are not decoded, and a folder that exists
 */
export async function importDataset(options: ImportOptions): Promise<ImportReport> {
  const { out, signal } = options;
  const dataset = await openDatasetFolder(options.source);
  const conversion = await conversionOf(dataset, options);
  checkSelection('--episodes', options.episodes, dataset.episodes.length);
  const staged = await StagedDataset.create(out);
  return staged
    .complete(async () => {
      const report = await new DatasetImport(options, conversion, staged).run();
      if (signal?.aborted) throw new ImportInterrupted(report);
      return report;
    })
    .catch((error) => {
      if (error instanceof ImportInterrupted) return error.report;
      throw error;
    });
}

/** Ends an import so that nothing stays of it. */
class ImportInterrupted extends Error {
  readonly report: ImportReport;

  constructor(report: ImportReport) {
    super('interrupted');
    this.report = report;
  }
}

/** One import. */
class DatasetImport {
  readonly #options: ImportOptions;
  readonly #conversion: EpisodeConversion;
  readonly #staged: StagedDataset;
  readonly #goals: ImportedGoals;
  readonly #shards: ShardInfo[] = [];
  #failures = 0;
  #interventions = 0;
  #records = 0;

  constructor(options: ImportOptions, conversion: EpisodeConversion, staged: StagedDataset) {
    this.#options = options;
    this.#conversion = conversion;
    this.#staged = staged;
    this.#goals = new ImportedGoals(options.project);
  }

  async run(): Promise<ImportReport> {
    const { source, episodes, keep = 'successes', signal, startProgress = NO_PROGRESS } = this.#options;
    const selected = this.#conversion.dataset.episodes.filter(({ index }) => isSelected(episodes ?? 'all', index));
    const chosen: EpisodeRow[] = [];
    for (const episode of selected)
      if (keep === 'all' || (await this.#succeeded(episode))) chosen.push(episode);
      else this.#failures++;
    if (chosen.length === 0)
      throw new InputError(
        `${source}: no episode to import: ${this.#failures} did not reach their goal; --all takes them too`,
      );
    const bar = startProgress('import', chosen.length, 0);
    try {
      for (const [task, group] of this.#byTask(chosen))
        for (let at = 0; at < group.length && !signal?.aborted; at += SHARD_EPISODES)
          await this.#shard(task, group.slice(at, at + SHARD_EPISODES), () => bar.step(`${this.#records} records`));
    } finally {
      bar.stop();
    }
    return this.#finish();
  }

  /** Whether an episode reached its goal, by the table of episodes or by its last frame. What says nothing is a demonstration. */
  async #succeeded(episode: EpisodeRow): Promise<boolean> {
    const { success } = episode.facts;
    if (typeof success === 'boolean') return success;
    const { dataset } = this.#conversion;
    if (!dataset.info.features[SUCCESS]) return true;
    const column = (await dataset.read(episode, [SUCCESS])).get(SUCCESS);
    return Boolean(column?.at(-1));
  }

  #byTask(episodes: readonly EpisodeRow[]): ReadonlyMap<string, readonly EpisodeRow[]> {
    const { source, task = basename(resolve(source)) } = this.#options;
    const groups = new Map<string, EpisodeRow[]>();
    for (const episode of episodes) {
      const name = String(episode.facts.task_name || task);
      groups.set(name, [...(groups.get(name) ?? []), episode]);
    }
    return groups;
  }

  async #shard(task: string, episodes: readonly EpisodeRow[], onEpisode: () => void): Promise<void> {
    const file = `${fileName(task)}-${String(episodes[0].index).padStart(6, '0')}.bin`;
    const sink = this.#staged.create(file);
    const digest = createHash('sha256');
    const recorded: RecordedEpisode[] = [];
    let first = 0;
    try {
      for (const episode of episodes) {
        if (this.#options.signal?.aborted) break;
        let count = 0;
        const { goal, instruction, numbers } = this.#numbers(task, episode);
        for await (const { bytes, intervention } of episodeRecords(this.#conversion, episode, numbers)) {
          sink.write(bytes);
          digest.update(bytes);
          count++;
          this.#records++;
          if (intervention) this.#interventions++;
        }
        const success = await this.#succeeded(episode);
        recorded.push({ seed: numbers.seed, first, count, success, goal, instruction, rewordings: [] });
        first += count;
        onEpisode();
      }
    } finally {
      sink.close();
    }
    this.#shards.push({ file, task, records: first, sha256: digest.digest('hex'), episodes: recorded });
  }

  #numbers(task: string, episode: EpisodeRow) {
    const [instruction = ''] = episode.tasks;
    const key = episode.facts.goal === undefined ? undefined : String(episode.facts.goal);
    const goal = (text: string) => this.#goals.goal(task, text, text === instruction ? key : undefined);
    return {
      instruction,
      goal: this.#goals.goals[goal(instruction)].key,
      numbers: { task: this.#goals.task(task), goal, seed: seedOf(episode) },
    };
  }

  #finish(): ImportReport {
    const { out, source, signal } = this.#options;
    const { dataset, setup, format } = this.#conversion;
    const manifest = {
      ...manifestOf(format, this.#shards, this.#goals),
      labels: false,
      recording: { imported: basename(resolve(source)) },
      robot: trainedRobotOf(setup.spec, setup.kinematics),
    };
    const sink = this.#staged.create('dataset.json');
    sink.write(new TextEncoder().encode(`${JSON.stringify(manifest, undefined, 1)}\n`));
    sink.close();
    const modalities = [...recordFormat(setup).inputs.keys()];
    const seeds = this.#shards.flatMap(({ episodes }) => episodes.map(({ seed }) => seed));
    const isThere = (field: string) => field === 'instruction' || format.offsets.has(field);
    return {
      ...{ out, dataset: dataset.name, robot: setup.name },
      episodes: seeds.length,
      records: this.#records,
      interventions: format.offsets.has(INTERVENTION_FIELD.name) ? this.#interventions : null,
      ...{ failures: this.#failures, validation: seeds.filter((seed) => seed >= FIRST_VALIDATION_SEED).length },
      modalities: modalities.filter(isThere),
      absent: modalities.filter((field) => !isThere(field)),
      tasks: [...new Set(this.#shards.map(({ task }) => task))],
      ...(signal?.aborted ? { partial: true } : {}),
    };
  }
}

const SUCCESS = 'next.success';

/** A task's name as that of a file. */
const fileName = (task: string): string => task.replace(/[^\w-]+/g, '_') || 'task';

const MAX_INT32 = 2 ** 31 - 1;

/** Seed of an episode, by which training holds episodes out: that of the simulator, else its number. */
function seedOf({ facts, index }: EpisodeRow): number {
  const seed = facts.seed === undefined || facts.seed === '' ? Number.NaN : Number(facts.seed);
  return Number.isInteger(seed) && seed >= 0 && seed <= MAX_INT32 ? seed : index;
}
