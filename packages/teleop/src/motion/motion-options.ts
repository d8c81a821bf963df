import {
  DEFAULT_ACTIONS,
  EE_STATE,
  EndEffectorState,
  InputError,
  type PolicySpec,
  type Pose,
  type ToolTask,
  type Workspace,
} from '@praxis/core';
import type { DialogueLimits } from '../dialogue/limits.ts';

/** Settings of a motion policy. */
export interface MotionPolicyOptions {
  /** Box that the tool stays in (m, base frame); it lies within the control loop's own workspace, with a margin to its faces. */
  readonly workspace: Workspace;
  /** Target of the goal `home` (base frame, m and unit quaternion). */
  readonly home: Pose;
  /**
   * Returns true when the arm can move straight from one pose to another and reach what `task` requires there. Without this
   * function, an unreachable target shows as a blocked goal.
   */
  readonly reaches?: (from: Pose, to: Pose, task: ToolTask) => boolean;
  /**
   * What a translation must reach. With `position` the orientation follows as far as the arm can and may be off; `toolTaskOf`
   * gives the task for a number of joints. Default `pose`.
   */
  readonly task?: ToolTask;
  /** Limits that replace the defaults. */
  readonly limits?: Partial<DialogueLimits>;
  /** Horizon and periods of the chunks (s). The defaults are those of the shipped policy. */
  readonly timing?: Pick<PolicySpec, 'horizon' | 'actionPeriod' | 'inferencePeriod'>;
  /** Name of the base frame. Default `base_link`. */
  readonly baseFrame?: string;
}

/** Timing of the shipped policy: 16 actions of 0.05 s, one inference each 0.1 s. */
export const DEFAULT_TIMING = { horizon: 16, actionPeriod: 0.05, inferencePeriod: 0.1 };

/** Checks that home lies in the workspace. @throws {InputError} when it does not */
export function checkHome({ workspace: { minimum, maximum }, home }: MotionPolicyOptions): void {
  if (minimum.every((edge, i) => home[i] >= edge && home[i] <= maximum[i])) return;
  throw new InputError(`home is at ${home.slice(0, 3)} m, expected within ${minimum} .. ${maximum}`);
}

/** The interface of a motion policy: the end effector's state in, chunks of actions out. */
export function motionSpec({ baseFrame = 'base_link', timing = DEFAULT_TIMING }: MotionPolicyOptions): PolicySpec {
  const input = { ...EndEffectorState.spec, name: EE_STATE, frame: baseFrame, rateHz: 20 };
  const { horizon, actionPeriod, inferencePeriod } = timing;
  const inputs = [{ ...input, maximumAge: 0.1, window: 1 }];
  return { name: 'motion', inputs, actions: DEFAULT_ACTIONS, horizon, actionPeriod, inferencePeriod };
}
