import { createHash } from 'node:crypto';
import { InputError, moduleBeside } from '@praxis/core';
import type { SchedulerName } from '@praxis/policy';
import { checkExposure, readInputFile } from '@praxis/policy/node';
import {
  checkAbsent,
  checkPerturbations,
  checkTouch,
  type Perturbations,
  setupOf,
  type Task,
  type TouchTiming,
} from '@praxis/sim';
import type { BridgeAccess } from '../bridge/open-bridge.ts';
import type { Registry } from '../config/registry.ts';
import type { EpisodeJob, EpisodeOutcome, EvaluationSetup } from '../episodes/outcome.ts';
import type { ContextKind } from '../episodes/planned-outcome.ts';
import { openPlanner } from '../planning/open-planner.ts';
import { type PolicySource, policyIdentity, policySource } from '../project/policy-source.ts';
import { loadProject } from '../project/project.ts';
import { robotChoice, workingArmOf } from '../project/robot.ts';
import { BUILD, robotDigest, runFacts } from '../recording/facts.ts';
import { checkRecordTarget, type RecordTarget } from '../recording/record-target.ts';
import { itemsOfShard, type Shard } from '../sharding/shard.ts';
import { NO_PROGRESS, type StartProgress } from '../workers/progress.ts';
import { runInWorkers } from '../workers/run.ts';
import type { Evaluation } from './evaluation.ts';
import { type EvaluationReport, evaluationReport } from './report.ts';

/** Options of {@link evaluate}. */
export interface EvaluationOptions {
  /**
   * Directory of the policy, a module, a name that the configuration defines, the address of a server (`ws://host:port`), or `expert`
   * for the scripted expert of each task. Default: the shipped policy.
   */
  readonly policy?: string;
  /** File that says what goes over the wire, for a server that does not. Default: none. */
  readonly policySpec?: string;
  /** Folder of the robot. Default: the Praxis arm. */
  readonly robot?: string;
  /** Name of the arm that does the tasks, of a robot with several. Default: the first. */
  readonly arm?: string;
  /** Configuration file with tasks, faults, modalities and policies of your own. Default: none. */
  readonly config?: string;
  readonly tasks: readonly string[];
  /** Seeds of the episodes of each task, in ascending order. Reported results use seeds from 2000000 on. */
  readonly seeds: readonly number[];
  /** Runs one part of the seeds; `mergeEvaluations` joins the parts. Default: all seeds. */
  readonly shard?: Shard;
  /** Masked modalities or inputs of the policy: it does not receive them. Default: none. */
  readonly mask?: readonly string[];
  /** Name of a robot that the policy may drive although it was not trained for it. Default: none. */
  readonly acceptRobot?: string;
  /** True repeats each successful episode with an instruction that names another object. Default: false. */
  readonly swap?: boolean;
  /** True: the instructions ask for things that are not in the scene, and nothing may move, see `drawAbsent`. Default: false. */
  readonly absent?: boolean;
  /** `kept` adds to each outcome the mean gates of the modalities over the episode. Default: left out. */
  readonly gates?: EvaluationSetup['gates'];
  /** What differs from the cell that policies are trained in. Default: nothing. */
  readonly perturbations?: Perturbations;
  /** Of which moment the readings of the wrist sensors are, see `EpisodeOptions.touch`. Default: that of their stamps. */
  readonly touch?: TouchTiming;
  /** Seconds that each inference takes beyond those that an episode draws, see `EpisodeOptions.addedInferenceDelay`. Default: 0. */
  readonly addedInferenceDelay?: number;
  /** Scheduler of the policy's chunks. Default: receding horizon. */
  readonly scheduler?: SchedulerName;
  /** Name of a fault that is injected into every episode. Default: none. */
  readonly fault?: string;
  /**
   * True: each instruction is read before the policy gets it, see `InstructionReader`: negation, contrast and relation become plain words, and
   * what is not there by the cameras is refused. Default: false.
   */
  readonly readInstructions?: boolean;
  /** Planner that does the tasks, by its name in the configuration, and what it sees. Default: none; the policy follows the instruction. */
  readonly planner?: { readonly name: string; readonly context: ContextKind };
  /** `on` filters the commands to the arm with a safety supervisor; `off` sends them to the arm unfiltered. Default: on. */
  readonly safety?: 'on' | 'off';
  /** Where every episode is recorded, one file each. Default: nothing is recorded. */
  readonly record?: RecordTarget;
  /**
   * Bridge through which clients such as Foxglove look at the episodes, which end as without them. It shows those of one process. Default: none.
   */
  readonly bridge?: BridgeAccess;
  /** Number of processes that run episodes. Default: 2, and 1 with a bridge. */
  readonly workers?: number;
  /** Ends the evaluation early. The report then covers the finished episodes and has `partial: true`. */
  readonly signal?: AbortSignal;
  /** Default: no progress is reported. */
  readonly startProgress?: StartProgress;
}

/**
 * Measures a policy with every seed on every task, in worker processes. On one machine the same options give the same
 * `trace_sha256`, independent of the number of workers.
 * @returns success rates with 95 % Wilson intervals, times (s), forces (N) and latencies (ms), as `praxis eval --json` prints them
 * @throws {InputError} for an unknown task, fault or policy, a configuration that is not valid, or a mask that the policy does not use; {PolicyError} when the policy does not load
 * @example
 * import { evaluate, reportTable } from '@praxis/evaluation';
 *
 * const report = await evaluate({
 *   policy: 'models/default',
 *   tasks: ['pick', 'sort'],
 *   seeds: Array.from({ length: 20 }, (_, i) => 2_000_000 + i),
 * });
 * for (const { task, success_rate, wilson95 } of report.tasks) console.log(task, success_rate, wilson95);
 * console.log(reportTable(report));
 */
export async function evaluate(options: EvaluationOptions): Promise<EvaluationReport> {
  const { run, outcomes } = await evaluateEpisodes(options);
  return evaluationReport(run, outcomes);
}

/**
 * Measures a policy as {@link evaluate} does.
 * @returns the outcome of every episode, from which `evaluationReport` computes the report, and the options that the outcomes depend on
 * @throws as {@link evaluate}, and {InputError} for more shards than seeds
 */
export async function evaluateEpisodes(options: EvaluationOptions): Promise<Evaluation> {
  const {
    policy,
    policySpec,
    robot,
    arm,
    config,
    tasks,
    shard,
    bridge,
    workers = bridge ? 1 : 2,
    mask = [],
    acceptRobot,
    swap = false,
    gates,
    safety = 'on',
    planner,
    perturbations,
    touch,
    record: target,
  } = options;
  // A default that is named is the default: the files of both are equal.
  const addedInferenceDelay = options.addedInferenceDelay || undefined;
  const scheduler = options.scheduler === 'receding_horizon' ? undefined : options.scheduler;
  // An evaluation without such instructions has no such field, as in files from before there were any.
  const given = {
    ...{ touch, addedInferenceDelay, scheduler },
    ...(options.absent ? { absent: true } : {}),
    ...(options.readInstructions ? { readInstructions: true } : {}),
  };
  const { signal = new AbortController().signal, startProgress = NO_PROGRESS } = options;
  if (bridge) checkBridge(bridge, workers);
  const seeds = itemsOfShard(options.seeds, shard, 'episodes');
  const project = await loadProject(config);
  for (const task of tasks) checkTask(project.registry.tasks.find(task), planner?.name);
  if (planner) await checkPlanned(options, project.registry);
  const fault = options.fault === undefined ? undefined : project.registry.faults.find(options.fault).name;
  const source = policySource(policy, project, policySpec);
  if (given.readInstructions) checkReadable(source, target);
  // A server may be gone at the end, and must not be missed at the start.
  const remote = source.kind === 'remote' ? await policyIdentity(source, config) : undefined;
  const choice = await robotChoice(robot, arm);
  const setup = setupOf(choice);
  for (const task of tasks) checkPerturbations(perturbations ?? {}, project.registry.tasks.find(task), setup);
  checkTouch(touch, setup);
  if (given.absent) checkAbsentEvaluation(options, project.registry);
  const jobs: EpisodeJob[] = tasks.flatMap((task) => seeds.map((seed) => ({ task, seed, fault })));
  if (target) checkRecordTarget(target, jobs);
  const record = target && {
    target,
    run: await runFacts({ source, policy, robot, config, mask, acceptRobot, perturbations, ...given }),
  };
  const bar = startProgress('eval', jobs.length);
  let [done, successes] = [0, 0];
  const began = performance.now();
  const results = await runInWorkers<EvaluationSetup, EpisodeJob, EpisodeOutcome>({
    module: planner
      ? moduleBeside('../planning/worker', import.meta.url)
      : given.readInstructions
        ? moduleBeside('../reading/worker', import.meta.url)
        : moduleBeside('../episodes/worker', import.meta.url),
    setup: {
      policy,
      policySpec,
      robot,
      arm,
      config,
      tasks,
      mask,
      acceptRobot,
      swap,
      gates,
      safety,
      planner,
      perturbations,
      ...given,
      record,
      bridge,
      episodes: jobs.length,
    },
    jobs,
    workers,
    signal,
    onResult({ success }) {
      done++;
      if (success) successes++;
      bar.step(`${successes}/${done} succeeded`);
    },
  }).finally(() => bar.stop());
  const wallS = (performance.now() - began) / 1000;
  const outcomes = results.filter((result) => result !== undefined);
  const partial = outcomes.length < jobs.length;
  const identity = remote ?? (await policyIdentity(source, config));
  const run = {
    ...{ policy: identity.policy, policySha256: identity.sha256 },
    ...{ robot: setup.name, arm: workingArmOf(choice), robotSha256: robotDigest(choice) },
    ...(config === undefined ? {} : { configSha256: fileDigest(config) }),
    ...{ tasks, seed: options.seeds[0], episodes: options.seeds.length, shard },
    ...{ mask, acceptRobot, swap, fault, safety, planner, perturbations, ...given },
    ...{ version: BUILD.version, runtime: BUILD.runtime, wallS, partial },
  };
  return { run, outcomes };
}

const fileDigest = (path: string): string =>
  createHash('sha256').update(readInputFile(path, 'a configuration file')).digest('hex');

/** @throws {InputError} for several processes, none of which could show the episodes of another, and for an interface without a token */
function checkBridge({ host, token }: BridgeAccess, workers: number): void {
  if (workers !== 1)
    throw new InputError(`--bridge: shows the episodes of one process, expected --workers 1, not ${workers}`);
  if (host !== undefined) checkExposure(host, token);
}

/** @throws {InputError} when a task and the way it is driven do not fit */
function checkTask({ name, drivenBy = 'policy' }: Task, planner: string | undefined): void {
  if (drivenBy === 'planner' && planner === undefined)
    throw new InputError(`task ${name}: takes a planner, expected one such as --planner rules`);
  if (drivenBy === 'policy' && planner !== undefined)
    throw new InputError(`--planner ${planner}: task ${name} takes no planner, expected a task such as tidy`);
}

/** @throws {InputError} for a policy that says neither its tasks nor its words, and for a recording, whose replay would not read its instruction */
function checkReadable(source: PolicySource, record: RecordTarget | undefined): void {
  if (record) throw new InputError('--read-instructions: cannot be used with --record, since a replay reads nothing');
  if (source.kind !== 'folder')
    throw new InputError('--read-instructions: expected a policy in a folder, whose manifest has its tasks and words');
}

/** @throws {InputError} for a task or an option that does not go with instructions for things that are not there */
function checkAbsentEvaluation({ tasks, swap, perturbations, fault }: EvaluationOptions, registry: Registry): void {
  for (const task of tasks) checkAbsent(registry.tasks.find(task), { swap, perturbations });
  if (fault !== undefined) throw new InputError('absent: cannot be used with fault, which is injected in mid-motion');
}

/** @throws {InputError} for an unknown planner, and for options that plans do not take */
async function checkPlanned(
  {
    planner,
    swap,
    absent,
    fault,
    safety,
    record,
    perturbations,
    touch,
    addedInferenceDelay,
    scheduler,
    readInstructions,
  }: EvaluationOptions,
  registry: Registry,
): Promise<void> {
  const [other] = [
    ...(record ? ['record'] : []),
    ...(swap ? ['swap'] : []),
    ...(absent ? ['absent'] : []),
    ...(fault === undefined ? [] : ['fault']),
    ...(safety === 'off' ? ['safety off'] : []),
    ...(perturbations ? ['perturb'] : []),
    ...(touch ? ['touch'] : []),
    ...(addedInferenceDelay ? ['inference-delay'] : []),
    ...(scheduler ? ['scheduler'] : []),
    ...(readInstructions ? ['read-instructions'] : []),
  ];
  if (other !== undefined) throw new InputError(`--planner ${planner!.name}: cannot be used with --${other}`);
  await (await openPlanner(planner!.name, registry)).close?.();
}
