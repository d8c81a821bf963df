import { poseDistance } from '@praxis/core';
import { type Observable, Subject } from 'rxjs';
import type { MotionGoal } from '../dialogue/goal.ts';
import type { GoalOutcome, GoalResult } from './result.ts';
import type { ToolPose } from './tool-pose.ts';

const NOWHERE = { metres: 0, radians: 0 };

export interface GoalReport extends Pick<GoalResult, 'gripped' | 'why'> {
  /** Where the tool was to go; without it nothing is missing. */
  readonly target?: ToolPose;
}

/** Tells what became of goals. */
export class GoalReports {
  readonly results$: Observable<GoalResult>;
  readonly #results = new Subject<GoalResult>();
  #pose: ToolPose | undefined;
  #now = 0;

  constructor() {
    this.results$ = this.#results.asObservable();
  }

  /** Where the tool is at time `now` (s). */
  update(pose: ToolPose, now: number): void {
    this.#pose = pose;
    this.#now = now;
  }

  tell(id: number, goal: MotionGoal, outcome: GoalOutcome, report: GoalReport = {}): void {
    const { target, gripped, why } = report;
    const short = target && this.#pose ? poseDistance(this.#pose, target) : NOWHERE;
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
