import type { PlanEnd, PlanResult } from '@praxis/planner';

/** What a planner sees of the scene. `camera`: what the cameras find. `truth`: the simulator's state. `blind`: nothing, to show that the context is used. */
export type ContextKind = 'camera' | 'truth' | 'blind';

/** How things were taken. */
export interface Grasps {
  /** By the learned policy. */
  readonly policy: number;
  /** By motions to the seen place, after a failed try of the policy or where no instruction names the thing. */
  readonly motions: number;
}

/** What a plan did in one episode. */
export interface PlannedOutcome {
  readonly end: PlanEnd;
  readonly summary: string;
  readonly steps: Readonly<Record<'done' | 'failed' | 'skipped' | 'interrupted', number>>;
  readonly grasps: Grasps;
  /** Names of the things that were put on a place, in order. */
  readonly placed: readonly string[];
  /** Skill of the last step that failed; absent without one. */
  readonly failedSkill?: string;
  readonly replans: number;
  /** Number of plans that the check rejected. */
  readonly rejected: number;
  /** Time of all answers of the planner (s, measured). */
  readonly planningS: number;
  /** Tokens of all answers; undefined for a planner without. */
  readonly tokens?: number;
}

/** Names of the things that steps put on places. */
function placedIn(history: PlanResult['history']): readonly string[] {
  let held: unknown;
  return history.flatMap(({ step: { skill, arguments: args }, outcome }) => {
    if (outcome !== 'done') return [];
    if (skill === 'pick') held = args.thing;
    return skill === 'place' && held !== undefined ? [String(held)] : [];
  });
}

/** Summarises the result of an execution. */
export function plannedOutcome({ end, summary, history, replans, rejected, cost }: PlanResult): PlannedOutcome {
  const count = (outcome: string) => history.filter((record) => record.outcome === outcome).length;
  const noted = (text: string) => history.filter(({ seen }) => seen.includes(text)).length;
  const failed = history.findLast(({ outcome }) => outcome === 'failed');
  const tokens = (cost.promptTokens ?? 0) + (cost.answerTokens ?? 0);
  return {
    end,
    summary,
    steps: {
      done: count('done'),
      failed: count('failed'),
      skipped: count('skipped'),
      interrupted: count('interrupted'),
    },
    grasps: { policy: noted('taken by the learned policy'), motions: noted('taken by motions') },
    placed: placedIn(history),
    ...(failed ? { failedSkill: failed.step.skill } : {}),
    replans,
    rejected: rejected.length,
    planningS: cost.seconds,
    ...(tokens > 0 ? { tokens } : {}),
  };
}
