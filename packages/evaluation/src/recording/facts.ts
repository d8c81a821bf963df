import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { RobotSpec } from '@praxis/core';
import type { SchedulerName } from '@praxis/policy';
import {
  encodeRobotSource,
  type Perturbations,
  perturbationTexts,
  type RobotChoice,
  type TouchTiming,
  touchText,
} from '@praxis/sim';
import type { McapMetadata } from '@praxis/wire/mcap';
import { type PolicySource, policyIdentity } from '../project/policy-source.ts';
import { robotChoice } from '../project/robot.ts';

/** Name of the facts at the start of a recording, and of those at its end. */
export const FACTS = 'praxis';
export const RESULT = 'praxis_result';

/** The fact `world` of a recording of topics, by `record_node`. */
export const ROS_WORLD = 'ROS 2';

/** Version of what a recording's facts and topics mean. */
const RECORDING_VERSION = '1';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** What computes the actions of this process. */
export const BUILD = {
  version,
  runtime: `node ${process.version} ${process.platform} ${process.arch}`,
  backend: 'onnxruntime-node cpu',
} as const;

/** Program and version that write a recording. */
export const LIBRARY = `praxis ${version}`;

/** What a recording says of its policy and robot. */
export interface RunFacts {
  readonly policy: string;
  /** The value of `--policy`; undefined for the shipped policy. */
  readonly policySource: string | undefined;
  readonly policySha256: string;
  /** Folder of the robot; undefined for the Praxis arm. */
  readonly robot: string | undefined;
  readonly robotSha256: string;
  /** Configuration file; undefined without one. */
  readonly config: string | undefined;
  readonly mask: readonly string[];
  readonly acceptRobot: string | undefined;
  /** Axis and level of each perturbation, such as `camera:1`. */
  readonly perturbations: readonly string[];
  /** Of which moment the readings of the wrist sensors are, such as `delay:0.3`; undefined: that of their stamps. */
  readonly touch: string | undefined;
  readonly scheduler: SchedulerName;
  /** `true` where the instructions ask for things that are not there; undefined where they do not. */
  readonly absent: 'true' | undefined;
}

/** What a recording says of one episode. */
export interface EpisodeFacts {
  readonly task: string;
  readonly seed: number;
  readonly fault?: string;
  readonly safety: 'on' | 'off' | 'teleoperation';
  /** What drives the arm: the policy, or a person by words, who may hand it to the policy. */
  readonly driver: 'policy' | 'words' | 'plan';
}

/** What a loop has to be given again for a replay. */
export interface LoopFacts {
  readonly robot: RobotSpec;
  /** Simulated duration of one inference (s). */
  readonly inferenceDelay: number;
  /** Largest age of a chunk (s). */
  readonly maximumChunkAge: number;
  /** Control period (s). */
  readonly period: number;
}

/** Options of {@link runFacts}. */
export interface RunFactsOptions {
  readonly source: PolicySource;
  /** The value of `--policy`. */
  readonly policy: string | undefined;
  readonly robot: string | undefined;
  readonly config: string | undefined;
  readonly mask?: readonly string[];
  readonly acceptRobot?: string;
  readonly perturbations?: Perturbations;
  readonly touch?: TouchTiming;
  /** Default: receding horizon. */
  readonly scheduler?: SchedulerName;
  readonly absent?: boolean;
}

/** Reads digests of policy and robot. @throws as the policy or the robot does when it is opened */
export async function runFacts({
  source,
  policy,
  robot,
  config,
  mask = [],
  acceptRobot,
  perturbations = {},
  touch,
  scheduler = 'receding_horizon',
  absent = false,
}: RunFactsOptions): Promise<RunFacts> {
  const identity = await policyIdentity(source, config);
  return {
    ...{ policy: identity.policy, policySource: policy, policySha256: identity.sha256 },
    ...{ robot, robotSha256: robotDigest(await robotChoice(robot)), config, mask, acceptRobot },
    perturbations: perturbationTexts(perturbations),
    touch: touch && touchText(touch),
    scheduler,
    absent: absent ? 'true' : undefined,
  };
}

/** SHA-256 of what a robot consists of: its description, settings and meshes, or the URDF of the Praxis arm. */
export function robotDigest(choice: RobotChoice): string {
  const hash = createHash('sha256');
  hash.update(choice.robot ? encodeRobotSource(choice.robot) : (choice.urdf ?? ''));
  return hash.digest('hex');
}

/**
 * The facts at the start of a recording. Numbers are JSON, which keeps every bit.
 * @param retainDays days for which it may be kept. Default: it does not say
 */
export function startMetadata(
  run: RunFacts,
  episode: EpisodeFacts,
  loop: LoopFacts,
  retainDays?: number,
): McapMetadata {
  const values: Readonly<Record<string, string | undefined>> = {
    backend: BUILD.backend,
    world: 'simulated, lock step',
    clock: 'simulated',
    task: episode.task,
    seed: String(episode.seed),
    fault: episode.fault,
    safety: episode.safety,
    driver: episode.driver,
    policy: run.policy,
    policy_source: run.policySource,
    policy_sha256: run.policySha256,
    robot: loop.robot.name,
    robot_folder: run.robot,
    robot_sha256: run.robotSha256,
    config: run.config,
    mask: run.mask.join(','),
    accept_robot: run.acceptRobot,
    perturbations: run.perturbations.join(','),
    touch: run.touch,
    scheduler: run.scheduler,
    absent: run.absent,
    inference_delay_s: JSON.stringify(loop.inferenceDelay),
    maximum_chunk_age_s: JSON.stringify(loop.maximumChunkAge),
    period_s: JSON.stringify(loop.period),
    robot_spec: JSON.stringify(loop.robot),
  };
  return factsMetadata(values, retainDays);
}

/**
 * The facts at the start of any recording: what the values say, build, runtime, and the time of the start, which {@link recordingsIn} reads.
 * @param values further facts; undefined ones are left out
 * @param retainDays days for which it may be kept. Default: it does not say
 */
export const factsMetadata = (
  values: Readonly<Record<string, string | undefined>>,
  retainDays?: number,
): McapMetadata => ({
  name: FACTS,
  values: defined({
    version: RECORDING_VERSION,
    build: BUILD.version,
    runtime: BUILD.runtime,
    started: new Date().toISOString(),
    retain_days: retainDays === undefined ? undefined : String(retainDays),
    ...values,
  }),
});

/** The facts at the end of a recording. */
export const resultMetadata = (values: Readonly<Record<string, string>>): McapMetadata => ({ name: RESULT, values });

const defined = (values: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
