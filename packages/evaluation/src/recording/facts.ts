import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { SchedulerName } from '@praxis/policy';
import {
  encodeRobotSource,
  type Perturbations,
  perturbationTexts,
  type RobotChoice,
  type TouchTiming,
  touchText,
} from '@praxis/sim';
import { type PolicySource, policyIdentity } from '../project/policy-source.ts';
import { robotChoice } from '../project/robot.ts';
import type { BuildFacts, RunFacts } from './start-facts.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** What computes the actions of this process. */
export const BUILD: BuildFacts = {
  version,
  runtime: `node ${process.version} ${process.platform} ${process.arch}`,
  backend: 'onnxruntime-node cpu',
};

/** Program and version that write a recording. */
export const LIBRARY = `praxis ${version}`;

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
