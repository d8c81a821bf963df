import { createHash } from 'node:crypto';
import { InputError } from '@praxis/core';
import { readInputFile } from '@praxis/policy/node';
import { setupOf } from '@praxis/sim';
import { loadProject } from '../project/project.ts';
import { robotChoice } from '../project/robot.ts';
import { itemsOfShard, type Shard } from '../sharding/shard.ts';
import { NO_PROGRESS, type StartProgress } from '../workers/progress.ts';
import { ARMS, armNamed, checkArms, KNOWN_ARMS } from './arms.ts';
import { readAblationData } from './data.ts';
import { evaluateArm } from './evaluate-arm.ts';
import { type AblationPlan, furtherTrainings, knownTrainings, openPlan, type Training } from './plan.ts';
import { checkPython, type Trainer } from './python.ts';
import { type AblationResults, readResults } from './results.ts';
import { trainArm } from './train-arm.ts';

/** Options of {@link ablationPlan}. */
export interface AblationOptions {
  /** Folders of demonstrations, `DIR` or `DIR:WEIGHT`: all arms are trained on the same. */
  readonly data: readonly string[];
  /** Training steps of each arm. */
  readonly steps: number;
  /** Further options of the training program for every arm, such as `--batch`, `64`. Default: none. */
  readonly training?: readonly string[];
  /** Names of the arms. Default: all of modalities and of fusion. */
  readonly arms?: readonly string[];
  /** Trainings of `all`, `concat`, `vision+language` and the best arm with one modality; the others have one. Default: 3. */
  readonly trainingSeeds?: number;
  /** Tasks of the evaluation. Default: those of the demonstrations. */
  readonly tasks?: readonly string[];
  /** First seed of the evaluation's episodes. Default: 2000000. */
  readonly seed?: number;
  /** Number of episodes of each task and training. Default: 200. */
  readonly episodes?: number;
  /** Folder of the robot. Default: the Praxis arm. */
  readonly robot?: string;
  /** Configuration file. Default: none. */
  readonly config?: string;
}

/** Options of `train.py` that an ablation gives itself. */
const OWN_OPTIONS = [
  '--data',
  '--out',
  '--steps',
  '--minutes',
  '--epochs',
  '--seed',
  '--fusion',
  '--without',
  '--stages',
  '--init',
  '--resume',
];

/**
 * Makes the plan of an ablation, and checks it before anything is trained.
 * @throws {InputError} for a folder without demonstrations, an unknown arm or task, a task or robot that the demonstrations do not have, an
 * arm that no task can use, and an option of the training program that the plan decides
 */
export async function ablationPlan(options: AblationOptions): Promise<AblationPlan> {
  const { steps, training = [], trainingSeeds = 3, seed = 2_000_000, episodes = 200, robot, config } = options;
  const chosen = options.arms?.map(armNamed) ?? ARMS;
  const arms = KNOWN_ARMS.filter((arm) => chosen.includes(arm));
  const [word] = training;
  if (word !== undefined && !word.startsWith('-'))
    throw new InputError(`${word}: expected options of train.py after --, such as -- --batch 64`);
  const own = training.find((option) => OWN_OPTIONS.includes(option.split('=')[0]));
  if (own !== undefined) throw new InputError(`-- ${own}: the ablation decides it; expected other options of train.py`);
  const data = options.data.map(readAblationData);
  checkArms(arms, data);
  const { registry } = await loadProject(config);
  const shown = [...new Set(data.flatMap((each) => each.tasks))];
  const named = options.tasks ?? shown;
  for (const task of named) {
    if (!shown.includes(task))
      throw new InputError(`--tasks ${task}: no arm can learn it, since the demonstrations are of ${shown.join(', ')}`);
    const known = registry.policyTaskNames;
    if (!known.includes(task))
      throw new InputError(
        `--data: demonstrates ${task}, which is no task of a policy here; known are ${known.join(', ')}`,
      );
  }
  const tasks = registry.policyTaskNames.filter((task) => named.includes(task));
  const { name } = setupOf(await robotChoice(robot));
  const other = data.find((each) => each.robot !== undefined && each.robot !== name);
  if (other) throw new InputError(`--data ${other.path}: demonstrations of robot ${other.robot}, not of ${name}`);
  return {
    ...{ data, steps, training, arms: arms.map((arm) => arm.name), trainingSeeds, tasks, seed, episodes },
    ...(robot === undefined ? {} : { robot }),
    ...(config === undefined ? {} : { config, configSha256: digestOf(config) }),
  };
}

const digestOf = (path: string): string =>
  createHash('sha256').update(readInputFile(path, 'a configuration file')).digest('hex');

/** Options of {@link ablate}. */
export interface AblateOptions {
  readonly plan: AblationPlan;
  /** Folder of the ablation: a new one, or that of an earlier call with the same plan, which continues. */
  readonly out: string;
  readonly trainer: Trainer;
  /**
   * Runs one part of the trainings that are known in advance. A call without `part` over the folders of all parts, in one, trains what
   * is missing. Default: all.
   */
  readonly part?: Shard;
  /** Number of processes that run episodes. Default: 2. */
  readonly workers?: number;
  /** Ends it early: programs save and stop, finished trainings and episodes are kept. */
  readonly signal?: AbortSignal;
  /** Default: no progress is reported. */
  readonly startProgress?: StartProgress;
}

/**
 * Trains every arm of an ablation by the programs of `training/`, and evaluates each on the same seeds. A second call with the same plan
 * and folder trains and evaluates only what is missing.
 * @returns what is measured so far; undefined when `signal` ended it early
 * @throws {InputError} for a Python that cannot train, and for a folder of another ablation; {PraxisError} when a program fails
 */
export async function ablate(options: AblateOptions): Promise<AblationResults | undefined> {
  const { plan, out, trainer, part, workers = 2 } = options;
  const { signal = new AbortController().signal, startProgress = NO_PROGRESS } = options;
  const known = itemsOfShard(knownTrainings(plan), part, 'trainings');
  const machine = await checkPython(trainer.python);
  openPlan(out, plan);
  const run = async (trainings: readonly Training[]): Promise<boolean> => {
    for (const training of trainings) {
      const shared = { plan, training, out, signal, startProgress };
      if (signal.aborted || !(await trainArm({ ...shared, trainer, machine }))) return false;
      if (!(await evaluateArm({ ...shared, workers }))) return false;
    }
    return true;
  };
  if (!(await run(known))) return undefined;
  // Which arm is the best one is known once all arms of one modality are evaluated.
  if (!part && !(await run(furtherTrainings(plan, readResults(out, plan).bestSingle)))) return undefined;
  return readResults(out, plan);
}
