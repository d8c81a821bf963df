import { createHash } from 'node:crypto';
import type { SchedulerName } from '@praxis/policy';
import {
  ABSENT_THINGS,
  type Perturbations,
  perturbationTexts,
  type TouchTiming,
  touchText,
  WORDING_KINDS,
} from '@praxis/sim';
import type { EpisodeOutcome } from '../episodes/outcome.ts';
import { type PlansReport, plansOf } from '../planning/plans-report.ts';
import { countByName, maximum, mean, meanInterval95, quantile, wilson95 } from '../report/statistics.ts';
import type { Shard } from '../sharding/shard.ts';
import { causeOf } from './cause.ts';
import { type FaultReport, faultReport, type SafetyReport, safetyReport } from './safety-report.ts';

/** Results of one task. Rates are 0..1, and null when there is no episode. */
export interface TaskReport {
  readonly task: string;
  readonly episodes: number;
  readonly successes: number;
  readonly success_rate: number | null;
  /** Lower and upper end of the 95 % Wilson interval of the success rate. */
  readonly wilson95: readonly [number, number];
  /** Simulated duration of the successful episodes (s). */
  readonly time_s: { readonly mean: number | null; readonly p50: number | null; readonly p95: number | null };
  /** Largest contact force of each episode (N). */
  readonly peak_force_n: { readonly p50: number | null; readonly p95: number | null; readonly max: number | null };
  /** Share of the episodes in which the robot took the object that the instruction names. */
  readonly instruction_followed_rate: number | null;
  /** Seeds of the failed episodes, in ascending order. */
  readonly failed_seeds: readonly number[];
  /** Episodes in which the policy made an error, and the message of the first one; absent without such an episode. */
  readonly policy_errors?: { readonly episodes: number; readonly first: string };
  /** Points by the task's own rule: their mean and its 95 % interval. Absent for a task without such a rule. */
  readonly score?: { readonly mean: number | null; readonly interval95: readonly [number, number] | null };
  readonly swap?: SwapReport;
  /** Episodes and successes by the kind of the instruction's wording; present with the perturbation `language:2`. */
  readonly by_wording?: Readonly<Record<string, { readonly episodes: number; readonly successes: number }>>;
  /** Episodes and successes by what the instruction names in vain; present where it asks for something that is not there. */
  readonly by_absent?: Readonly<Record<string, { readonly episodes: number; readonly successes: number }>>;
  /** Number of failed episodes by their cause; present with a planner, and where instructions ask for something that is not there. */
  readonly failures?: Readonly<Record<string, number>>;
  /** Present with a planner. */
  readonly plans?: PlansReport;
}

/** Counts how often the robot takes another object when the instruction names that object, over the successful episodes. */
export interface SwapReport {
  readonly episodes: number;
  readonly followed: number;
  readonly followed_rate: number | null;
  readonly wilson95: readonly [number, number];
}

/** Results of an evaluation: the JSON object of `praxis eval --json`. */
export interface EvaluationReport {
  readonly policy: string;
  /** Name of the robot. */
  readonly robot: string;
  /** Name of the arm that does the tasks; present for a robot with several. */
  readonly arm?: string;
  /** First seed. */
  readonly seed: number;
  /** Present for one part of an evaluation: the numbers cover its episodes. */
  readonly shard?: Shard;
  readonly tasks: readonly TaskReport[];
  /** Timing of the control loop over all episodes; `policy_ms` is the wall time of an inference. */
  readonly loop: {
    readonly policy_ms: { readonly p50: number | null; readonly p99: number | null; readonly max: number | null };
    readonly missed_deadlines: number;
    readonly empty_queue_ticks: number;
  };
  /** Speed of the simulation over all workers together; of shards, the mean over them. */
  readonly sim: { readonly steps_per_s: number; readonly realtime_factor: number };
  /** SHA-256 over the digests of the actions of all episodes: equal digests mean bit-identical runs, in however many shards. */
  readonly trace_sha256: string;
  /** Present without a fault. Null when the supervisor was off. */
  readonly safety?: SafetyReport | null;
  /** Present with a fault. */
  readonly fault?: FaultReport;
  /** Present with a planner: its name, and what it sees. */
  readonly planner?: { readonly name: string; readonly context: string };
  /** Present with perturbations: axis and level of each, such as `camera:1`. */
  readonly perturbations?: readonly string[];
  /** Present where the readings of the wrist sensors are not of the moment of their stamps, such as `delay:0.3`. */
  readonly touch?: string;
  /** Present where inferences take so many seconds more than an episode draws. */
  readonly added_inference_delay_s?: number;
  /** Present where the instructions ask for things that are not in the scene: success is that nothing moves. */
  readonly absent?: true;
  /** Present where each instruction is read before the policy gets it. */
  readonly instructions_read?: true;
  /** Present with another scheduler than receding horizon. */
  readonly scheduler?: SchedulerName;
  /** Present with masked modalities. */
  readonly ablation?: { readonly mask: readonly string[] };
  /** Present when the run was interrupted: the numbers cover the finished episodes. */
  readonly partial?: true;
}

/** The options of an evaluation that its report repeats. */
export interface EvaluationFacts {
  readonly policy: string;
  readonly robot: string;
  /** Name of the arm that does the tasks, of a robot with several. */
  readonly arm?: string;
  readonly seed: number;
  readonly shard?: Shard;
  readonly tasks: readonly string[];
  readonly mask: readonly string[];
  readonly swap: boolean;
  readonly absent?: boolean;
  readonly fault: string | undefined;
  readonly safety: 'on' | 'off';
  readonly planner?: { readonly name: string; readonly context: string };
  readonly perturbations?: Perturbations;
  readonly touch?: TouchTiming;
  readonly addedInferenceDelay?: number;
  readonly readInstructions?: boolean;
  readonly scheduler?: SchedulerName;
  /** Wall time from the start of the first episode to the end of the last (s); of shards, their sum. */
  readonly wallS: number;
  readonly partial: boolean;
}

const rateOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

function swapReport(outcomes: readonly EpisodeOutcome[]): SwapReport {
  const swapped = outcomes.flatMap((outcome) => (outcome.swapped ? [outcome.swapped] : []));
  const followed = swapped.filter((each) => each.followed).length;
  return {
    episodes: swapped.length,
    followed,
    followed_rate: rateOf(followed, swapped.length),
    wilson95: wilson95(followed, swapped.length),
  };
}

function policyErrors(outcomes: readonly EpisodeOutcome[]): Pick<TaskReport, 'policy_errors'> {
  const messages = outcomes.flatMap(({ policyError }) => policyError ?? []);
  return messages.length === 0 ? {} : { policy_errors: { episodes: messages.length, first: messages[0] } };
}

function plansAndFailures(outcomes: readonly EpisodeOutcome[]): Pick<TaskReport, 'plans' | 'failures'> {
  const { plans } = plansOf(outcomes);
  return plans ? { failures: countByName(plans.failures.map(({ cause }) => cause)), plans } : {};
}

function scoreOf(outcomes: readonly EpisodeOutcome[]): Pick<TaskReport, 'score'> {
  const scores = outcomes.flatMap(({ score }) => score ?? []);
  return scores.length === 0 ? {} : { score: { mean: mean(scores), interval95: meanInterval95(scores) } };
}

type Counts = Readonly<Record<string, { readonly episodes: number; readonly successes: number }>>;

/** Counts episodes and successes by the name that each episode has; undefined when none has one of the names. */
function countsBy(
  names: readonly string[],
  outcomes: readonly EpisodeOutcome[],
  nameOf: (outcome: EpisodeOutcome) => string | undefined,
): Counts | undefined {
  const counts = names.flatMap((name) => {
    const some = outcomes.filter((outcome) => nameOf(outcome) === name);
    return some.length === 0
      ? []
      : [[name, { episodes: some.length, successes: some.filter(({ success }) => success).length }] as const];
  });
  return counts.length === 0 ? undefined : Object.fromEntries(counts);
}

function byWording(outcomes: readonly EpisodeOutcome[]): Pick<TaskReport, 'by_wording'> {
  const counts = countsBy(WORDING_KINDS, outcomes, ({ wordingKind }) => wordingKind);
  return counts ? { by_wording: counts } : {};
}

function byAbsent(outcomes: readonly EpisodeOutcome[]): Pick<TaskReport, 'by_absent' | 'failures'> {
  const counts = countsBy(ABSENT_THINGS, outcomes, ({ absent }) => absent);
  return counts ? { by_absent: counts, failures: countByName(outcomes.flatMap((each) => causeOf(each) ?? [])) } : {};
}

function taskReport(task: string, outcomes: readonly EpisodeOutcome[], swap: boolean): TaskReport {
  const succeeded = outcomes.filter((outcome) => outcome.success);
  const times = succeeded.map((outcome) => outcome.timeS);
  const forces = outcomes.map((outcome) => outcome.peakForceN);
  return {
    task,
    episodes: outcomes.length,
    successes: succeeded.length,
    success_rate: rateOf(succeeded.length, outcomes.length),
    wilson95: wilson95(succeeded.length, outcomes.length),
    time_s: { mean: mean(times), p50: quantile(times, 0.5), p95: quantile(times, 0.95) },
    peak_force_n: { p50: quantile(forces, 0.5), p95: quantile(forces, 0.95), max: maximum(forces) },
    instruction_followed_rate: rateOf(
      outcomes.filter((outcome) => outcome.instructionFollowed).length,
      outcomes.length,
    ),
    failed_seeds: outcomes.filter((outcome) => !outcome.success).map((outcome) => outcome.seed),
    ...policyErrors(outcomes),
    ...scoreOf(outcomes),
    ...(swap ? { swap: swapReport(outcomes) } : {}),
    ...byWording(outcomes),
    ...byAbsent(outcomes),
    ...plansAndFailures(outcomes),
  };
}

/** SHA-256 of the episodes' digests. The order by task, then seed makes it independent of the number of workers. */
export function traceOf(outcomes: readonly EpisodeOutcome[]): string {
  const hash = createHash('sha256');
  for (const outcome of outcomes) hash.update(outcome.actionsSha256).update('\n');
  return hash.digest('hex');
}

/** Computes the report of an evaluation. @param outcomes ordered by task, then seed */
export function evaluationReport(facts: EvaluationFacts, outcomes: readonly EpisodeOutcome[]): EvaluationReport {
  const policyMs = outcomes.flatMap((outcome) => outcome.policyMs);
  const steps = outcomes.reduce((sum, outcome) => sum + outcome.steps, 0);
  const simulatedS = outcomes.reduce((sum, outcome) => sum + outcome.timeS, 0);
  return {
    policy: facts.policy,
    robot: facts.robot,
    ...(facts.arm === undefined ? {} : { arm: facts.arm }),
    seed: facts.seed,
    ...(facts.shard ? { shard: facts.shard } : {}),
    tasks: facts.tasks.map((task) =>
      taskReport(
        task,
        outcomes.filter((outcome) => outcome.task === task),
        facts.swap,
      ),
    ),
    loop: {
      policy_ms: { p50: quantile(policyMs, 0.5), p99: quantile(policyMs, 0.99), max: maximum(policyMs) },
      missed_deadlines: outcomes.reduce((sum, outcome) => sum + outcome.missedDeadlines, 0),
      empty_queue_ticks: outcomes.reduce((sum, outcome) => sum + outcome.emptyQueueTicks, 0),
    },
    sim: { steps_per_s: steps / facts.wallS, realtime_factor: simulatedS / facts.wallS },
    trace_sha256: traceOf(outcomes),
    ...(facts.fault === undefined
      ? { safety: facts.safety === 'on' ? safetyReport(outcomes) : null }
      : { fault: faultReport(facts.fault, outcomes) }),
    ...(facts.planner ? { planner: facts.planner } : {}),
    ...(facts.perturbations ? { perturbations: perturbationTexts(facts.perturbations) } : {}),
    ...(facts.touch ? { touch: touchText(facts.touch) } : {}),
    ...(facts.addedInferenceDelay ? { added_inference_delay_s: facts.addedInferenceDelay } : {}),
    ...(facts.absent ? { absent: true } : {}),
    ...(facts.readInstructions ? { instructions_read: true } : {}),
    ...(facts.scheduler ? { scheduler: facts.scheduler } : {}),
    ...(facts.mask.length > 0 ? { ablation: { mask: facts.mask } } : {}),
    ...(facts.partial ? { partial: true } : {}),
  };
}
