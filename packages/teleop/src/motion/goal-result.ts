import { type PoseDistance, poseDistance } from '@praxis/core';
import { type Observable, Subject } from 'rxjs';
import { angleInWords, lengthInWords } from '../dialogue/describe-goal.ts';
import type { MotionGoal } from '../dialogue/goal.ts';
import type { ToolPose } from './tool-pose.ts';

/** The reason for which a goal ended. */
export type GoalOutcome =
  /** The arm arrived. */
  | 'done'
  /** Continuous motion ended because it was not renewed. */
  | 'expired'
  /** Continuous motion reached the edge of the workspace. */
  | 'at_edge'
  /** Another goal or an instruction took its place. */
  | 'replaced'
  /** A hold command ended it. */
  | 'held'
  /** The supervisor no longer lets the arm move. */
  | 'stopped'
  /** Its timeout passed before the arm arrived. */
  | 'timed_out'
  /** The arm did not follow: it met an obstacle, or cannot reach the target. */
  | 'blocked'
  /** It never started; `why` gives the reason. */
  | 'refused';

/** The end of a goal. */
export interface GoalResult {
  /** Number of the goal, as its sender gave it. */
  readonly id: number;
  readonly goal: MotionGoal;
  readonly outcome: GoalOutcome;
  /** Time of the end (s, on the robot's clock). */
  readonly time: number;
  /** Distance from the tool to the target at the end; zero for a goal without a target. */
  readonly short: PoseDistance;
  /** Distance between the fingers (m) when they closed on an object. */
  readonly gripped?: number;
  /** Reason of a refusal, in words. */
  readonly why?: string;
}

/** Describes a result for spoken feedback; undefined when the operator already knows it from the command that caused it. */
export function resultInWords({ outcome, short, gripped, why }: GoalResult): string | undefined {
  switch (outcome) {
    case 'done':
      return gripped === undefined ? 'done' : `holding something ${lengthInWords(gripped)} wide`;
    case 'expired':
      return 'time is up: say keep going to go on';
    case 'at_edge':
      return 'at the edge of the workspace';
    case 'timed_out':
      return `out of time${remainingInWords(short)}`;
    case 'blocked':
      return `blocked${remainingInWords(short)}`;
    case 'refused':
      return why;
    case 'replaced':
    case 'held':
    case 'stopped':
      return undefined;
  }
}

function remainingInWords({ metres, radians }: PoseDistance): string {
  if (metres >= 0.001) return `: ${lengthInWords(metres)} short`;
  return radians >= 0.01 ? `: ${angleInWords(radians)} short` : '';
}

const ZERO_DISTANCE = { metres: 0, radians: 0 };

/** The optional parts of a {@link GoalResult}. */
export interface GoalReport extends Pick<GoalResult, 'gripped' | 'why'> {
  /** Pose that the tool was to reach (base frame); without it the result's distance is zero. */
  readonly target?: ToolPose;
}

/** Publishes the results of goals. */
export class GoalReporter {
  readonly results$: Observable<GoalResult>;
  readonly #results = new Subject<GoalResult>();
  #pose: ToolPose | undefined;
  #now = 0;

  constructor() {
    this.results$ = this.#results.asObservable();
  }

  /** Sets the tool pose (base frame) and the time (s) that following results carry. */
  setPose(pose: ToolPose, now: number): void {
    this.#pose = pose;
    this.#now = now;
  }

  /** Publishes the end of a goal. */
  report(id: number, goal: MotionGoal, outcome: GoalOutcome, report: GoalReport = {}): void {
    const { target, gripped, why } = report;
    const short = target && this.#pose ? poseDistance(this.#pose, target) : ZERO_DISTANCE;
    this.#results.next({
      id,
      goal,
      outcome,
      time: this.#now,
      short,
      ...(gripped === undefined ? {} : { gripped }),
      ...(why === undefined ? {} : { why }),
    });
  }

  /** Completes the results. */
  close(): void {
    this.#results.complete();
  }
}
