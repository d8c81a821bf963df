import type { RobotSpec } from '@praxis/core';
import type { SchedulerName } from '@praxis/policy';
import type { McapMetadata } from '@praxis/wire/mcap';

/** Name of the facts at the start of a recording. */
export const FACTS = 'praxis';
/** Name of the facts at its end. */
export const RESULT = 'praxis_result';

/** Name of the facts of a copy whose pictures lost detail: `coding` is `jpeg` or `h264`. */
export const PICTURES = 'praxis_pictures';

/** The fact `world` of a recording of topics, by `record_node`. */
export const ROS_WORLD = 'ROS 2';

/**
 * Version of what a recording's facts and topics mean. Since 2 a recording of a loop says in `/praxis/driver` who drives, and its end may
 * have `operator_outcome`, `operator_note` and `task_instruction`.
 */
const RECORDING_VERSION = '2';

/** True for a recording whose topic `/praxis/driver` says who drives. @param facts facts of its start */
export const saysDriver = (facts: Readonly<Record<string, string>> | undefined): boolean =>
  Number(facts?.version ?? '1') >= 2;

/** What computes the actions. */
export interface BuildFacts {
  /** Version of Praxis. */
  readonly version: string;
  /** Program that runs it, such as `node v22.1.0 linux x64`. */
  readonly runtime: string;
  /** Runtime of ONNX graphs. */
  readonly backend: string;
}

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

/** What any recording says of its start. */
export interface FileFacts {
  readonly build: Pick<BuildFacts, 'version' | 'runtime'>;
  /** When the recording began. */
  readonly started: Date;
  /** Days for which it may be kept. Default: it does not say. */
  readonly retainDays?: number;
}

/** Options of {@link startMetadata}. */
export interface StartFacts extends FileFacts {
  readonly build: BuildFacts;
  readonly run: RunFacts;
  readonly episode: EpisodeFacts;
  readonly loop: LoopFacts;
}

/** The facts at the start of a recording. Numbers are JSON, which keeps every bit. */
export function startMetadata({ build, run, episode, loop, ...file }: StartFacts): McapMetadata {
  const values: Readonly<Record<string, string | undefined>> = {
    backend: build.backend,
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
  return factsMetadata(values, { build, ...file });
}

/**
 * The facts at the start of any recording: what the values say, build, runtime, and the time of the start, which {@link recordingsIn} reads.
 * @param values further facts; undefined ones are left out
 */
export const factsMetadata = (
  values: Readonly<Record<string, string | undefined>>,
  { build, started, retainDays }: FileFacts,
): McapMetadata => ({
  name: FACTS,
  values: defined({
    version: RECORDING_VERSION,
    build: build.version,
    runtime: build.runtime,
    started: started.toISOString(),
    retain_days: retainDays === undefined ? undefined : String(retainDays),
    ...values,
  }),
});

/** The facts at the end of a recording. */
export const resultMetadata = (values: Readonly<Record<string, string>>): McapMetadata => ({ name: RESULT, values });

const defined = (values: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
