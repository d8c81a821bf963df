import type { EpisodeOutcome } from '../episodes/outcome.ts';
import { type EvaluationFacts, type EvaluationReport, evaluationReport } from './report.ts';

/** What the outcomes of an evaluation depend on, and what ran it. */
export interface EvaluationRun extends EvaluationFacts {
  /** SHA-256 that identifies the policy, the robot and the configuration file. */
  readonly policySha256: string;
  readonly robotSha256: string;
  readonly configSha256?: string;
  readonly acceptRobot?: string;
  /** Number of episodes of each task in the whole evaluation, of all shards. */
  readonly episodes: number;
  /** Version of Praxis. */
  readonly version: string;
  /** Node and platform. */
  readonly runtime: string;
}

/** What may differ between the shards of one evaluation, and tells no two evaluations apart. */
export const OF_A_SHARD: readonly string[] = ['shard', 'wallS', 'partial', 'runtime'] satisfies (keyof EvaluationRun)[];

/** Names of the options that two runs have, without those of {@link OF_A_SHARD}. */
export const optionsOf = (...runs: readonly EvaluationRun[]): readonly (keyof EvaluationRun)[] =>
  [...new Set(runs.flatMap((run) => Object.keys(run) as (keyof EvaluationRun)[]))].filter(
    (option) => !OF_A_SHARD.includes(option),
  );

/** An evaluation, or one shard of it, with the outcome of every finished episode. */
export interface Evaluation {
  readonly run: EvaluationRun;
  /** Ordered by task, then seed. */
  readonly outcomes: readonly EpisodeOutcome[];
}

/** Format of {@link EvaluationRecord}. */
export const EVALUATION_FORMAT = 'praxis-evaluation/1';

/**
 * A report with every episode that it covers: the file of `praxis eval --out`. Unlike the report alone it can be merged with others and
 * compared with them, seed by seed.
 */
export interface EvaluationRecord extends EvaluationReport {
  readonly format: typeof EVALUATION_FORMAT;
  readonly run: EvaluationRun;
  readonly episodes: readonly EpisodeOutcome[];
}

/** Computes the report of an evaluation and adds the episodes. */
export const evaluationRecord = ({ run, outcomes }: Evaluation): EvaluationRecord => ({
  format: EVALUATION_FORMAT,
  ...evaluationReport(run, outcomes),
  run,
  episodes: outcomes,
});
