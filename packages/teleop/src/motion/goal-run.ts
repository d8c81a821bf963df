import type { MotionGoal } from '../dialogue/goal.ts';
import type { GoalResult } from './goal-result.ts';
import type { MeasuredTool, ToolPose } from './tool-pose.ts';

/** The end of a run: its outcome and the distance between the fingers when they closed on an object (m). */
export type RunOutcome = Pick<GoalResult, 'outcome' | 'gripped'>;

/** One goal in execution. Times are in s, on the robot's clock. */
export interface GoalRun {
  readonly id: number;
  readonly goal: MotionGoal;
  /** Pose to reach (base frame); undefined when the goal moves the fingers alone. */
  readonly target: ToolPose | undefined;
  /** Commanded distance between the fingers (m); undefined when the goal leaves them as they are. */
  readonly width: number | undefined;
  /** Advances to time `now`. @returns the outcome when the run has ended; the tool then stands or brakes */
  advance(measured: MeasuredTool, now: number): RunOutcome | undefined;
}

/** True when a goal is a part of continuous motion. */
export const isContinuous = (goal: MotionGoal): boolean => goal.kind === 'translate' && goal.until === 'stopped';

/** True when a goal renews the continuous motion before it: same frame, axis and sign. */
export function isContinuousRenewal(before: MotionGoal, after: MotionGoal): boolean {
  if (before.kind !== 'translate' || after.kind !== 'translate') return false;
  const continuous = before.until === 'stopped' && after.until === 'stopped';
  const direction = before.frame === after.frame && before.axis === after.axis;
  return continuous && direction && Math.sign(before.metres) === Math.sign(after.metres);
}
