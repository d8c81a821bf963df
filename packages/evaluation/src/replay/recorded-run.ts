import { InputError, type RobotSpec } from '@praxis/core';
import { type SchedulerName, schedulerName } from '@praxis/policy';
import type { McapFile } from '@praxis/wire/mcap';
import { checkRawPictures, foreignError, parseRobotSpec } from '../recording/recorded-facts.ts';
import { REDACTION } from '../recording/redaction.ts';
import { FACTS, ROS_WORLD } from '../recording/start-facts.ts';

/** What a recording says of the run, read back. */
export interface RecordedRun {
  readonly build: string;
  readonly runtime: string;
  readonly backend: string;
  readonly task: string;
  readonly seed: string;
  readonly fault: string | undefined;
  readonly safety: string;
  readonly driver: string;
  readonly policy: string;
  readonly policySource: string | undefined;
  readonly policySha256: string;
  readonly robot: RobotSpec;
  readonly robotFolder: string | undefined;
  readonly robotSha256: string;
  readonly config: string | undefined;
  readonly mask: readonly string[];
  readonly acceptRobot: string | undefined;
  readonly inferenceDelay: number;
  /** Largest age of a chunk (s); undefined in a recording that does not say it, from before it could differ. */
  readonly maximumChunkAge: number | undefined;
  readonly scheduler: SchedulerName;
  readonly period: number;
}

/**
 * Reads the facts of a recording.
 * @throws {InputError} for a file that another program recorded, or whose facts are not complete
 */
export function recordedRun(file: McapFile): RecordedRun {
  const facts = file.facts(FACTS);
  if (!facts || facts.world === ROS_WORLD) throw foreignError(file);
  if (file.facts(REDACTION))
    throw new InputError(`${file.name}: is redacted, expected the recording that it was made of`);
  checkRawPictures(file);
  const need = (name: string): string => {
    const value = facts[name];
    if (value === undefined) throw new InputError(`${file.name}: its facts lack ${name}`);
    return value;
  };
  const number = (name: string): number => {
    const value = Number(need(name));
    if (Number.isFinite(value)) return value;
    throw new InputError(`${file.name}: its ${name} is ${need(name)}, expected a number`);
  };
  return {
    ...{ build: need('build'), runtime: need('runtime'), backend: need('backend') },
    ...{ task: need('task'), seed: need('seed'), fault: facts.fault, safety: need('safety'), driver: need('driver') },
    ...{ policy: need('policy'), policySource: facts.policy_source, policySha256: need('policy_sha256') },
    robot: parseRobotSpec(file.name, need('robot_spec')),
    ...{ robotFolder: facts.robot_folder, robotSha256: need('robot_sha256'), config: facts.config },
    mask: need('mask').split(',').filter(Boolean),
    acceptRobot: facts.accept_robot,
    inferenceDelay: number('inference_delay_s'),
    maximumChunkAge: facts.maximum_chunk_age_s === undefined ? undefined : number('maximum_chunk_age_s'),
    scheduler: schedulerName(facts.scheduler ?? 'receding_horizon'),
    period: number('period_s'),
  };
}
