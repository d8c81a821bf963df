import { EE_STATE, EndEffectorState, InputError, type PolicySpec, type Pose, type Workspace } from '@praxis/core';
import type { DialogueLimits } from '../dialogue/limits.ts';

export interface MotionPolicyOptions {
  /** Where spoken motion may take the tool: within the loop's own workspace, with some room to its edges. */
  readonly workspace: Workspace;
  /** Where `home` goes. */
  readonly home: Pose;
  /** Whether the arm gets straight from one pose to another. Without it that it does not is found out on the way. */
  readonly reaches?: (from: Pose, to: Pose) => boolean;
  readonly limits?: Partial<DialogueLimits>;
  /** Horizon and periods of its chunks. Default those of the shipped policy. */
  readonly timing?: Pick<PolicySpec, 'horizon' | 'actionPeriod' | 'inferencePeriod'>;
  /** Frame of the tool's pose. Default `base_link`. */
  readonly baseFrame?: string;
}

const DEFAULT_TIMING = { horizon: 16, actionPeriod: 0.05, inferencePeriod: 0.1 };

/** @throws {InputError} on a home outside the workspace */
export function checkHome({ workspace: { minimum, maximum }, home }: MotionPolicyOptions): void {
  if (minimum.every((edge, i) => home[i] >= edge && home[i] <= maximum[i])) return;
  throw new InputError(`home is at ${home.slice(0, 3)} m, expected within ${minimum} .. ${maximum}`);
}

/** What a motion policy needs and gives: the tool's pose in, chunks out. */
export function motionSpec({ baseFrame = 'base_link', timing = DEFAULT_TIMING }: MotionPolicyOptions): PolicySpec {
  const input = { ...EndEffectorState.spec, name: EE_STATE, frame: baseFrame, rateHz: 20 };
  const { horizon, actionPeriod, inferencePeriod } = timing;
  const inputs = [{ ...input, maximumAge: 0.1, window: 1 }];
  return { name: 'motion', inputs, horizon, actionPeriod, inferencePeriod };
}
