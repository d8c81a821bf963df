import type { MotionGoal } from '../dialogue/goal.ts';
import type { GoalResult } from './goal-result.ts';
import type { MeasuredTool, ToolPose } from './tool-pose.ts';

/** What came of a goal. */
export type RunOutcome = Pick<GoalResult, 'outcome' | 'gripped'>;

/** One goal under way. Times in s, on the robot's clock. */
export interface GoalRun {
  readonly id: number;
  readonly goal: MotionGoal;
  /** Where it takes the tool; undefined when it moves the fingers alone. */
  readonly target: ToolPose | undefined;
  /** Told to the fingers (m); undefined when it leaves them alone. */
  readonly width: number | undefined;
  /** Goes on. @returns what came of it when it is over, and then leaves the tool where it is or braking */
  advance(measured: MeasuredTool, now: number): RunOutcome | undefined;
}

/** Motion until told otherwise. */
export const isContinuous = (goal: MotionGoal): boolean => goal.kind === 'translate' && goal.until === 'told';

/** Motion until told otherwise, once more the same way. */
export function isContinuousRenewal(before: MotionGoal, after: MotionGoal): boolean {
  if (before.kind !== 'translate' || after.kind !== 'translate') return false;
  const continuous = before.until === 'told' && after.until === 'told';
  const direction = before.frame === after.frame && before.axis === after.axis;
  return continuous && direction && Math.sign(before.metres) === Math.sign(after.metres);
}
