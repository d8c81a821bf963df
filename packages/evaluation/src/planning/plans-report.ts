import type { EpisodeOutcome } from '../episodes/outcome.ts';
import type { Grasps, PlannedOutcome } from '../episodes/planned-outcome.ts';
import { mean } from '../report/statistics.ts';
import { type FailureCause, failureCause } from './failure-cause.ts';

/** A failed episode and its cause. */
export interface PlanFailure {
  readonly seed: number;
  /** How the plan ended. */
  readonly end: string;
  readonly cause: FailureCause;
  /** What is not as the request wants it, and the summary of the plan. */
  readonly detail: string;
}

/** What the plans of a task did, over all episodes. */
export interface PlansReport {
  /** Number of episodes by the end of their plan. */
  readonly ends: Readonly<Record<string, number>>;
  /** Number of steps by their outcome. */
  readonly steps: PlannedOutcome['steps'];
  readonly grasps: Grasps;
  readonly replans: number;
  /** Number of plans that the check rejected. */
  readonly rejected: number;
  /** Mean time of the planner for an episode (s, measured). */
  readonly planning_s: number | null;
  readonly tokens?: number;
  readonly failures: readonly PlanFailure[];
}

/** The report on the plans of one task; nothing without a planner. */
export function plansOf(outcomes: readonly EpisodeOutcome[]): { readonly plans?: PlansReport } {
  const plans = outcomes.flatMap(({ planned }) => planned ?? []);
  if (plans.length === 0) return {};
  const sum = (of: (plan: PlannedOutcome) => number) => plans.reduce((total, plan) => total + of(plan), 0);
  const ends: Record<string, number> = {};
  for (const { end } of plans) ends[end] = (ends[end] ?? 0) + 1;
  const tokens = sum((plan) => plan.tokens ?? 0);
  return {
    plans: {
      ends,
      steps: {
        done: sum(({ steps }) => steps.done),
        failed: sum(({ steps }) => steps.failed),
        skipped: sum(({ steps }) => steps.skipped),
        interrupted: sum(({ steps }) => steps.interrupted),
      },
      grasps: { policy: sum(({ grasps }) => grasps.policy), motions: sum(({ grasps }) => grasps.motions) },
      replans: sum(({ replans }) => replans),
      rejected: sum(({ rejected }) => rejected),
      planning_s: mean(plans.map(({ planningS }) => planningS)),
      ...(tokens > 0 ? { tokens } : {}),
      failures: outcomes.flatMap((outcome) => {
        const { seed, failure = '', planned } = outcome;
        const cause = failureCause(outcome);
        return cause && planned ? [{ seed, end: planned.end, cause, detail: `${failure}. ${planned.summary}` }] : [];
      }),
    },
  };
}
