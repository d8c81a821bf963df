import { createHash } from 'node:crypto';
import { basename, resolve } from 'node:path';
import { InputError, trainedRobotOf } from '@praxis/core';
import { type RobotSetup, setupOf } from '@praxis/sim';
import {
  type DatasetReader,
  type EpisodeRow,
  elementCount,
  elementNames,
  isCamera,
  isNumeric,
} from '@praxis/wire/lerobot';
import {
  goalsOf,
  manifestOf,
  type RecordedEpisode,
  type RecordedGoal,
  type ShardInfo,
} from '../../demonstrations/dataset.ts';
import {
  CAMERAS,
  COMPLIANCE_ACTIONS,
  IMAGE_SIZE,
  INTERVENTION_FIELD,
  LABELS,
  recordFormat,
  withFields,
} from '../../demonstrations/record-format.ts';
import { SHARD_EPISODES } from '../../demonstrations/shards.ts';
import type { Project } from '../../project/project.ts';
import { robotChoice } from '../../project/robot.ts';
import { NO_PROGRESS, type StartProgress } from '../../workers/progress.ts';
import { checkSelection, isSelected, type Selection } from '../edit/selection.ts';
import { ACTION, IMAGES, INTERVENTION, STATE } from '../export/frame-layout.ts';
import { openDatasetFolder, StagedDataset } from '../folder.ts';
import { type EpisodeConversion, episodeRecords, WRENCH } from './episode-records.ts';
import { JointMap, type JointSources, type JointUnit } from './joint-map.ts';
import { type PictureFit, PictureReader } from './picture-reader.ts';

/** Cameras of a dataset by the names that records have for them: `front`, `wrist`. */
export type CameraNames = ReadonlyMap<string, string>;

/** Options of {@link importDataset}. */
export interface ImportOptions {
  readonly source: string;
  /** New folder of the records. */
  readonly out: string;
  readonly project: Project;
  /** Folder of the robot. Default: the Praxis arm. */
  readonly robot?: string;
  /** Episodes to import. Default: all that reached their goal. */
  readonly episodes?: Selection;
  /** Whether episodes are imported that did not reach their goal. Default: only those that did, or that say nothing of it. */
  readonly keep?: 'all' | 'successes';
  /** Elements of the dataset that are joints under other names, with other zeros or ranges. Default: the robot's own names. */
  readonly joints?: JointSources;
  /** Unit of the joints. Default: radians for a dataset that names this robot; else it has to be given. */
  readonly units?: JointUnit;
  /** Features of the cameras. Default: `observation.images.front` and `observation.images.wrist`, of which one may be missing. */
  readonly cameras?: CameraNames;
  /** What becomes of pictures of another shape. Default: crop. */
  readonly fit?: PictureFit;
  /** Name of the task of episodes that name none. Default: that of the folder. */
  readonly task?: string;
  /** Most records per second of an episode. Default: 10, as demonstrations of the simulator have. */
  readonly rateHz?: number;
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
  /** What the records hold of the robot's modalities, and what the dataset lacks of them. */
  readonly modalities: readonly string[];
  readonly absent: readonly string[];
  readonly tasks: readonly string[];
  /** Present when the import was interrupted: nothing is written. */
  readonly partial?: true;
}

const DEFAULT_RATE_HZ = 10;

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

async function conversionOf(dataset: DatasetReader, options: ImportOptions): Promise<EpisodeConversion> {
  const { name, info } = dataset;
  const { features } = info;
  const setup = setupOf(await robotChoice(options.robot));
  if (setup.arms.length !== 1 || setup.bases.length > 0)
    throw new InputError(
      `robot ${setup.name}: has ${setup.arms.length} arms and ${setup.bases.length} bases, expected one arm, as records have`,
    );
  const whole = recordFormat(setup);
  const cameras = cameraFeatures(dataset, options.cameras);
  const fields = new Map([...cameras].map(([camera, feature]) => [`images.${camera}`, feature]));
  const wrench = features[WRENCH];
  const felt = wrench !== undefined && isNumeric(wrench) && elementCount(wrench) === 6 && whole.inputs.has('wrench');
  const says = features[INTERVENTION]?.dtype === 'bool';
  const absent = new Set<string>([...LABELS, 'history', COMPLIANCE_ACTIONS, ...(felt ? [] : ['wrench'])]);
  const format = withFields(
    whole,
    (field) => !absent.has(field) && (!field.startsWith('images.') || fields.has(field)),
    says ? [INTERVENTION_FIELD] : [],
  );
  const size = { width: IMAGE_SIZE, height: IMAGE_SIZE };
  const inTables = [...cameras.values()].filter((feature) => features[feature].dtype === 'image');
  return {
    ...{ dataset, setup, format, rateHz: options.rateHz ?? DEFAULT_RATE_HZ },
    joints: new JointMap({
      ...{
        name,
        features,
        robot: setup,
        sources: options.joints ?? new Map(),
        units: unitsOf(dataset, setup, options),
      },
      joints: setup.spec.streams.find((each) => each.name === 'joints')!,
    }),
    cameras: new Map(
      [...fields].map(([field, feature]) => [field, new PictureReader(dataset, feature, size, options.fit ?? 'crop')]),
    ),
    features: [STATE, ACTION, ...inTables, ...(felt ? [WRENCH] : []), ...(says ? [INTERVENTION] : []), 'task_index'],
  };
}

function unitsOf({ name, info }: DatasetReader, setup: RobotSetup, { units, joints }: ImportOptions): JointUnit {
  if (units) return units;
  const ranged = setup.kinematics.jointNames.every((joint) => joints?.get(joint)?.range);
  if (ranged || info.robot_type === setup.name) return 'rad';
  const elements = info.features[STATE] ? elementNames(info.features[STATE]).join(', ') : 'missing';
  throw new InputError(
    `${name}: is of robot ${info.robot_type ?? 'without a name'}, not ${setup.name}, expected --units deg or rad: the unit of its joints (${elements})`,
  );
}

/** The features of the cameras that records have. @throws {InputError} for one that is none, and without any */
function cameraFeatures({ name, info }: DatasetReader, given: CameraNames | undefined): ReadonlyMap<string, string> {
  const { features } = info;
  const own = Object.keys(features).filter((each) => isCamera(features[each]));
  const names = own.map((each) => each.replace(IMAGES, '')).join(', ') || 'none';
  for (const [camera, wanted] of given ?? []) {
    if (!CAMERAS.some((each) => each === camera))
      throw new InputError(`--cameras ${camera}=${wanted}: expected ${CAMERAS.join(' or ')}, the cameras of records`);
    if (!own.includes(IMAGES + wanted) && !own.includes(wanted))
      throw new InputError(`--cameras ${camera}=${wanted}: ${name} has no such camera; its cameras are ${names}`);
  }
  const found = CAMERAS.flatMap((camera): [string, string][] => {
    const wanted = given ? given.get(camera) : camera;
    const feature = wanted === undefined ? undefined : own.find((each) => each === IMAGES + wanted || each === wanted);
    return feature === undefined ? [] : [[camera, feature]];
  });
  if (found.length === 0)
    throw new InputError(
      `${name}: has no camera ${CAMERAS.join(' or ')}; its cameras are ${names}, of which --cameras says which they are, such as --cameras front=${names.split(', ')[0]}`,
    );
  return new Map(found);
}

/** Goals of an import: those of the registered tasks, and one for each other text. */
class ImportedGoals {
  readonly tasks: string[];
  readonly goals: RecordedGoal[];

  constructor({ registry }: Project) {
    this.tasks = registry.policyTasks.map(({ name }) => name);
    this.goals = [...goalsOf(registry.policyTasks)];
  }

  /** Number of a task. */
  task(name: string): number {
    if (!this.tasks.includes(name)) this.tasks.push(name);
    return this.tasks.indexOf(name);
  }

  /**
   * Number of what a text asks for in a task.
   * @param key of the goal, if the dataset says it
   */
  goal(task: string, text: string, key?: string): number {
    const said = text.toLowerCase();
    const at = this.goals.findIndex(
      (each) =>
        each.task === task && (each.key === key || each.texts.some((wording) => wording.toLowerCase() === said)),
    );
    if (at >= 0) return at;
    return this.goals.push({ key: `${task}: ${text}`, task, texts: [text] }) - 1;
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
    const isThere = (field: string) => field === 'instruction' || format.offsets.has(field);
    return {
      ...{ out, dataset: dataset.name, robot: setup.name },
      episodes: this.#shards.reduce((sum, { episodes }) => sum + episodes.length, 0),
      records: this.#records,
      interventions: format.offsets.has(INTERVENTION_FIELD.name) ? this.#interventions : null,
      failures: this.#failures,
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
