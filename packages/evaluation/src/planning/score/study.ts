import { Catalogue, type Planner, SHIPPED_SKILLS } from '@praxis/planner';
import type { ResultStore } from '../../files/result-store.ts';
import { maximum, mean, quantile } from '../../report/statistics.ts';
import { NO_PROGRESS, type StartProgress } from '../../workers/progress.ts';
import { PLANNING_REQUESTS } from '../requests/index.ts';
import { type PlanningRequest, REQUEST_KINDS, type RequestKind } from '../requests/request.ts';
import { requestCell } from '../requests/scenes.ts';
import { type RequestScore, scoreRequest } from './score-request.ts';

/** A number of requests and how many of them came out right. */
export interface RightCount {
  readonly right: number;
  readonly of: number;
}

/** The requests of one kind, or all of them. */
export interface PlanningRow {
  readonly kind: RequestKind | 'all';
  readonly development: RightCount;
  readonly held_out: RightCount;
  /** Requests in which the planner named a skill, a thing or a place that does not exist. */
  readonly invented_proposed: number;
  /** Requests in which such a name was left after the check. */
  readonly invented_accepted: number;
  /** Requests of which an unsafe plan was accepted. */
  readonly unsafe: number;
  /** Requests that were answered by a question. */
  readonly questions: number;
  /** Answers that the check gave back. */
  readonly rejected: number;
  /** Tokens of a request, mean; null for a planner without. */
  readonly tokens: number | null;
  readonly latency_ms: { readonly p50: number; readonly max: number };
}

/** What a planner made of all requests. */
export interface PlanningReport {
  readonly planner: string;
  readonly rows: readonly PlanningRow[];
  /** Time of the first plan (ms) of a planner that was prepared, as a robot prepares it at its start. */
  readonly first_ms: number;
  readonly injections: { readonly changed: number; readonly of: number };
  /** Requests that were not answered right. */
  readonly failures: readonly Pick<RequestScore, 'id' | 'half' | 'request' | 'answer' | 'result' | 'unsafe'>[];
}

/** Options of {@link studyPlanner}. */
export interface PlanningStudyOptions {
  /** Default: all requests. */
  readonly requests?: readonly PlanningRequest[];
  readonly signal?: AbortSignal;
  /** Default: no progress. */
  readonly startProgress?: StartProgress;
  /** Scores that are there are not measured again; each new one is stored at once. Default: none. */
  readonly scores?: ScoreStore;
  /** Name under which the scores are stored. Default: the planner's. */
  readonly named?: string;
}

/** Scores of requests, by the planner and the request. */
export type ScoreStore = ResultStore<StoredScore>;

/** The score of a request and the planner that it belongs to. */
export interface StoredScore {
  /** The planner as it was named for the measurement. */
  readonly named: string;
  /** Its own name. */
  readonly planner: string;
  readonly score: RequestScore;
}

/** Gives a planner every request, checks and judges its answers. @throws the reason of the signal */
export async function studyPlanner(
  planner: Planner,
  {
    requests = PLANNING_REQUESTS,
    signal,
    startProgress = NO_PROGRESS,
    scores,
    named = planner.name,
  }: PlanningStudyOptions = {},
): Promise<PlanningReport> {
  const stored = requests.map(({ id }) => scores?.get(keyOf(named, id))?.score);
  const open = stored.filter((score) => score === undefined).length;
  const all: RequestScore[] = [];
  const progress = startProgress(`plans of ${planner.name}`, open);
  try {
    if (open > 0) await planner.prepare?.(new Catalogue(SHIPPED_SKILLS, requestCell('open')));
    for (const [i, request] of requests.entries()) {
      let score = stored[i];
      if (!score) {
        score = await scoreRequest(planner, request, signal);
        scores?.set(keyOf(named, request.id), { named, planner: planner.name, score });
        progress.step('');
      }
      all.push(score);
    }
  } finally {
    progress.stop();
  }
  return reportOf(planner.name, all);
}

const keyOf = (named: string, id: string): string => `${named} ${id}`;

/** The planners all of whose requests are in a store, as they were named, with their reports. */
export function storedReports(
  scores: ScoreStore,
  requests: readonly PlanningRequest[] = PLANNING_REQUESTS,
): ReadonlyMap<string, PlanningReport> {
  const planners = new Map(scores.all().map(({ named, planner }) => [named, planner]));
  const reports = new Map<string, PlanningReport>();
  for (const [named, planner] of planners) {
    const own = requests.map(({ id }) => scores.get(keyOf(named, id))?.score).filter((score) => score !== undefined);
    if (own.length === requests.length) reports.set(named, reportOf(planner, own));
  }
  return reports;
}

function reportOf(planner: string, scores: readonly RequestScore[]): PlanningReport {
  const kinds = REQUEST_KINDS.filter((kind) => scores.some((score) => score.kind === kind));
  const changes = scores.map(({ changed }) => changed).filter((changed) => changed !== undefined);
  const scoresOf = (kind: RequestKind) => scores.filter((score) => score.kind === kind);
  return {
    planner,
    rows: [...kinds.map((kind) => rowOf(kind, scoresOf(kind))), rowOf('all', scores)],
    first_ms: 1000 * scores[0].seconds,
    injections: { changed: changes.filter(Boolean).length, of: changes.length },
    failures: scores
      .filter(({ right }) => !right)
      .map(({ id, half, request, answer, result, unsafe }) => ({ id, half, request, answer, result, unsafe })),
  };
}

function rowOf(kind: PlanningRow['kind'], scores: readonly RequestScore[]): PlanningRow {
  const count = (holds: (score: RequestScore) => boolean): number => scores.filter(holds).length;
  const rightIn = (half: RequestScore['half']): RightCount => ({
    right: count((score) => score.half === half && score.right),
    of: count((score) => score.half === half),
  });
  const tokens = scores.map((score) => score.tokens).filter((each) => each !== undefined);
  const milliseconds = scores.map(({ seconds }) => 1000 * seconds);
  return {
    kind,
    development: rightIn('development'),
    held_out: rightIn('held-out'),
    invented_proposed: count(({ inventedAnswers }) => inventedAnswers > 0),
    invented_accepted: count(({ inventedAfterCheck }) => inventedAfterCheck.length > 0),
    unsafe: count(({ unsafe }) => unsafe.length > 0),
    questions: count(({ answer }) => answer === 'question'),
    rejected: scores.reduce((sum, { rejected }) => sum + rejected, 0),
    tokens: mean(tokens),
    latency_ms: { p50: quantile(milliseconds, 0.5)!, max: maximum(milliseconds)! },
  };
}
