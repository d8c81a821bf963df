import type { RunFacts } from '@praxis/evaluation/recording';
import { encodeRobotSource, type RobotChoice } from '@praxis/sim';
import type { PolicyIdentity } from '../../protocol/protocol.ts';
import { sha256 } from './sha256.ts';

/** What computes the actions of the page. */
export const BUILD = {
  version: import.meta.env.PRAXIS_VERSION as string,
  runtime: `browser ${navigator.userAgent}`,
  backend: 'onnxruntime-web wasm',
} as const;

/** What drives the robot in an episode. */
export interface RecordedDriver {
  /** Name of the policy. */
  readonly policy: string;
  /** Undefined for what is no learned policy. */
  readonly identity: PolicyIdentity | undefined;
}

/** Options of {@link pageRunFacts}. */
export interface PageRun extends RecordedDriver {
  readonly robot: RobotChoice;
  /** Name of the robot; undefined for the Praxis arm. */
  readonly robotName: string | undefined;
  readonly mask: readonly string[];
  readonly acceptRobot: string | undefined;
}

/** What a recording of the page says of its policy and robot. */
export async function pageRunFacts({
  policy,
  identity,
  robot,
  robotName,
  mask,
  acceptRobot,
}: PageRun): Promise<RunFacts> {
  const description = robot.robot ? encodeRobotSource(robot.robot) : new TextEncoder().encode(robot.urdf ?? '');
  return {
    policy,
    policySource: identity ? identity.source : policy,
    policySha256: identity?.sha256 ?? (await sha256(new TextEncoder().encode(policy))),
    ...{ robot: robotName, robotSha256: await sha256(description), config: undefined, mask, acceptRobot },
    ...{ perturbations: [], touch: undefined, scheduler: 'receding_horizon', absent: undefined },
  };
}
