import { type PoseDistance, poseDistance } from '@praxis/core';
import { type Observable, Subject } from 'rxjs';
import { angleInWords, lengthInWords } from '../dialogue/describe-goal.ts';
import type { MotionGoal } from '../dialogue/goal.ts';
import type { ToolPose } from './tool-pose.ts';

export type GoalOutcome =
  | 'done'
  /** Motion until told otherwise that nobody renewed. */
  | 'expired'
  /** Motion until told otherwise that came to the edge of the workspace. */
  | 'at_edge'
  /** Another goal or an instruction came. */
  | 'replaced'
  /** Told to hold. */
  | 'held'
  /** The supervisor does not let the arm move any more. */
  | 'stopped'
  | 'timed_out'
  /** The arm did not follow: something is in the way, or it cannot reach there. */
  | 'blocked'
  /** It never began; `why` says the reason. */
  | 'refused';

/** What became of a goal. */
export interface GoalResult {
  readonly id: number;
  readonly goal: MotionGoal;
  readonly outcome: GoalOutcome;
  /** s, on the robot's clock. */
  readonly time: number;
  /** What was missing to where the tool was to go. */
  readonly short: PoseDistance;
  /** Distance of the fingers (m) that closed on something. */
  readonly gripped?: number;
  readonly why?: string;
}

/** For spoken feedback; undefined for what whoever caused it knows already. */
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

export interface GoalReport extends Pick<GoalResult, 'gripped' | 'why'> {
  /** Where the tool was to go; without it nothing is missing. */
  readonly target?: ToolPose;
}

/** Tells what became of goals. */
export class GoalReporter {
  readonly results$: Observable<GoalResult>;
  readonly #results = new Subject<GoalResult>();
  #pose: ToolPose | undefined;
  #now = 0;

  constructor() {
    this.results$ = this.#results.asObservable();
  }

  /** Where the tool is at time `now` (s). */
  updatePose(pose: ToolPose, now: number): void {
    this.#pose = pose;
    this.#now = now;
  }

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

  close(): void {
    this.#results.complete();
  }
}
