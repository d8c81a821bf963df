import type { PlanEnd } from '@praxis/planner';

/** A step of a plan as the page displays it. */
export interface PlanStepDisplay {
  /** The step in words, with its condition. */
  readonly text: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'skipped' | 'interrupted';
  /** What the sensors showed after it; empty before. */
  readonly seen: string;
}

/** A thing of the scene as a planner sees it. */
export interface ThingDisplay {
  readonly name: string;
  /** Where it is, what it weighs once it was weighed, in words. */
  readonly where: string;
  /** Confidence of the find, 0..1. */
  readonly confidence: number;
}

/** A plan as the page displays it, from the request to its end. */
export interface PlanDisplay {
  readonly request: string;
  /** `planning`: there are no steps yet. `asking`: a person is asked. `running`, or how it ended. */
  readonly state: 'planning' | 'asking' | 'running' | PlanEnd;
  /** Steps that ended, the one that runs, and those that wait. A new plan replaces those that wait. */
  readonly steps: readonly PlanStepDisplay[];
  /** Question that waits for an answer; undefined while nothing is asked. */
  readonly question: string | undefined;
  /** What was done, in one sentence, once it has ended. */
  readonly summary: string | undefined;
  readonly things: readonly ThingDisplay[];
  /** Whether cameras found the things, or the simulator told them: for a driver without cameras. */
  readonly source: 'cameras' | 'simulator';
}

/** True until a plan has ended. */
export const isUnderWay = ({ state }: Pick<PlanDisplay, 'state'>): boolean =>
  state === 'planning' || state === 'asking' || state === 'running';
