import { type ActionChunk, checkChunk, type Policy, PraxisError, type SignalSpec } from '@praxis/core';
import type { Finding } from '@praxis/model';
import { RecedingHorizon } from '@praxis/policy';
import { Episode, free, hasOneArm, type ModalityDefinition, type RobotChoice, setupOf, type Task } from '@praxis/sim';
import { compareSpecs, type SpecComparison } from './compare-specs.ts';
import { compareWithExpert, findExchangedCameras } from './expert-comparison.ts';
import { type ExtremeOutcome, extremeFindings, probeExtremes } from './extreme-inputs.ts';
import { fault, warning } from './finding.ts';
import { deadInputs, type Influence, inferAnew, measureInfluence } from './influence.ts';
import type { Probe } from './probe.ts';
import { randomPostures } from './random-postures.ts';
import { recordProbes } from './record-probes.ts';
import type { RecordedComparison } from './recorded-actions.ts';
import { checkStart, type TrainedStatistics } from './start-posture.ts';

/** Simulated time of each scene (s): long enough for the expert to close the gripper. */
const SCENE_S = 5;
/** Time between two observations of a scene (s). */
const PROBE_INTERVAL_S = 0.6;
/** Seeds of the scenes: of reports, which no training uses. */
const FIRST_SEED = 2_000_000;
/** Random postures of each task from which the network is tried as well. */
const POSTURES = 6;
/** Simulated time of a scene of which one observation is taken (s). */
const GLANCE_S = 0.15;

/** A policy, a robot, and the scenes in which they are tried. */
export interface PolicyCheckOptions {
  readonly policy: Policy;
  /** The robot that the policy shall move. */
  readonly robot: RobotChoice;
  /** Tasks whose scenes the policy sees. */
  readonly tasks: readonly Task[];
  /** Number of scenes of each task. Default 3. */
  readonly scenes?: number;
  /** Sensors beside those of the robot. Default: none. */
  readonly modalities?: readonly ModalityDefinition[];
  /** What the inputs were in training. Default: unknown. */
  readonly statistics?: readonly TrainedStatistics[];
  /** Name of a robot that the policy may drive although it was not trained for it. Default: none. */
  readonly acceptRobot?: string;
}

/** What a policy needs and does, and what is wrong with it. */
export interface PolicyCheck extends Pick<SpecComparison, 'inputs' | 'actions'> {
  readonly policy: string;
  readonly robot: string;
  /** Number of observations that the policy was tried on; 0 when it does not fit the robot. */
  readonly probes: number;
  readonly influence: readonly Influence[];
  readonly extremes: readonly ExtremeOutcome[];
  /** Comparison with recorded actions, where a file of them was given. */
  readonly recorded?: RecordedComparison;
  readonly faults: readonly Finding[];
  readonly warnings: readonly Finding[];
}

/**
 * Compares a policy with a robot and, where the two fit, tries the network on simulated scenes before anything moves: inputs that
 * change nothing, cameras, words, gripper, units, order of joints, extreme inputs, and the start.
 * @throws {InputError} when the robot has no valid description
 */
export async function checkPolicy(options: PolicyCheckOptions): Promise<PolicyCheck> {
  const { policy, robot, modalities } = options;
  const streams = await offeredStreams(robot, modalities);
  const setup = setupOf(robot);
  const { inputs, actions, findings } = compareSpecs(policy.spec, setup, streams, options.acceptRobot);
  const compared = { policy: policy.spec.name, robot: setup.spec.name, inputs, actions };
  const fits = findings.every(({ severity, subject }) => severity !== 'fault' || subject === 'robot');
  if (!fits || !hasOneArm(setup)) {
    const why = fits ? 'the scenes that try a policy take a robot with one arm' : 'the policy does not fit the robot';
    const remark = warning('probes', `left out: ${why}`);
    return { ...compared, probes: 0, influence: [], extremes: [], ...sorted([...findings, remark]) };
  }
  const { probes, postures, remarks } = await drawProbes(options);
  const probed = await probePolicy(options, probes, postures);
  return {
    ...{ ...compared, probes: probes.length + postures.length, ...probed },
    ...sorted([...findings, ...remarks, ...probed.findings]),
  };
}

const sorted = (findings: readonly Finding[]): Pick<PolicyCheck, 'faults' | 'warnings'> => ({
  faults: findings.filter(({ severity }) => severity === 'fault'),
  warnings: findings.filter(({ severity }) => severity === 'warning'),
});

/** Every stream of the simulated robot, and those that the control loop derives. */
export async function offeredStreams(
  robot: RobotChoice,
  modalities: PolicyCheckOptions['modalities'],
): Promise<readonly SignalSpec[]> {
  const scheduler = new RecedingHorizon();
  const episode = await Episode.create({
    task: free,
    seed: 0,
    ...robot,
    policy: 'expert',
    scheduler,
    modalities,
    safety: 'off',
  });
  try {
    const own = episode.robot.spec.streams;
    const derived = episode.loop.derived.specs;
    return [...own, ...derived.filter(({ name }) => own.every((stream) => stream.name !== name))];
  } finally {
    await episode.close();
  }
}

/**
 * Records observations of the tasks' scenes, on the way of the expert and from random postures; of the arm over an empty table where a task
 * has no place for the robot.
 */
export async function drawProbes({
  policy,
  robot,
  tasks,
  scenes = 3,
  modalities,
  statistics = [],
}: PolicyCheckOptions): Promise<{
  readonly probes: readonly Probe[];
  /** One observation from each random posture, within the joints' limits and what was trained. */
  readonly postures: readonly Probe[];
  readonly remarks: readonly Finding[];
}> {
  const common = {
    ...{ ...robot, modalities, inputs: policy.spec.inputs },
    ...{ durationS: SCENE_S, intervalS: PROBE_INTERVAL_S },
  };
  const seedsOf = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => FIRST_SEED + i);
  const drawn = randomPostures(setupOf(robot), statistics, POSTURES, FIRST_SEED);
  const glance = (task: Task): Promise<readonly Probe[]> =>
    recordProbes({ ...common, task, seeds: seedsOf(drawn.length), postures: drawn, durationS: GLANCE_S });
  const probes: Probe[] = [];
  const postures: Probe[] = [];
  const remarks: Finding[] = [];
  for (const task of tasks) {
    try {
      probes.push(...(await recordProbes({ ...common, task, seeds: seedsOf(scenes) })));
      postures.push(...(await glance(task)));
    } catch (error) {
      if (!(error instanceof PraxisError)) throw error;
      remarks.push(warning(`task ${task.name}`, `left out: ${error.message}`));
    }
  }
  if (probes.length > 0) return { probes, postures, remarks };
  const atHome = await recordProbes({ ...common, task: free, seeds: seedsOf(1), durationS: 1 });
  return { probes: atHome, postures: await glance(free), remarks };
}

/** What the probes show. */
export interface ProbeReport {
  readonly influence: readonly Influence[];
  readonly extremes: readonly ExtremeOutcome[];
  readonly findings: readonly Finding[];
}

/**
 * Tries a policy that fits its robot on recorded observations. Nothing moves.
 * @param probes observations on the way of the expert, with which the actions are compared
 * @param postures observations from random postures, in which inputs are varied as well. Default: none
 */
export async function probePolicy(
  { policy, robot, statistics = [] }: Pick<PolicyCheckOptions, 'policy' | 'robot' | 'statistics'>,
  probes: readonly Probe[],
  postures: readonly Probe[] = [],
): Promise<ProbeReport> {
  const start = checkStart(statistics, probes);
  const all = [...probes, ...postures];
  const every: ActionChunk[] = [];
  try {
    for (const { observation } of all) {
      const chunk = await inferAnew(policy, observation);
      checkChunk(policy.spec, chunk);
      every.push(chunk);
    }
  } catch (error) {
    const why = error instanceof PraxisError ? error.message : `the policy throws ${String(error)}`;
    return { influence: [], extremes: [], findings: [...start, fault('actions', why)] };
  }
  const chunks = every.slice(0, probes.length);
  const isLabelled = probes.every(({ label }) => label !== undefined);
  const influence = isLabelled ? await measureInfluence(policy, all, every) : [];
  const extremes = await probeExtremes(policy, probes);
  const expert = isLabelled
    ? [
        ...compareWithExpert(policy, probes, chunks, setupOf(robot)),
        ...(await findExchangedCameras(policy, probes, chunks)),
      ]
    : [];
  return {
    influence,
    extremes,
    findings: [...start, ...expert, ...extremeFindings(extremes), ...deadInputs(influence)],
  };
}
