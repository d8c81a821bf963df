export { datasetManifest, type RecordedEpisode, type ShardInfo } from './demonstrations/dataset.ts';
export { type RecordShardOptions, recordShard } from './demonstrations/record-shard.ts';
export {
  completedShard,
  completeShard,
  openDataset,
  type Recording,
  SHARD_EPISODES,
  type ShardJob,
  shardJobs,
  writeJson,
} from './demonstrations/shards.ts';
export type { DemosSetup, EpisodeNews } from './demonstrations/worker.ts';
export { DrivenArm, type DrivenArmOptions } from './episodes/driven-arm.ts';
export { type Driver, MASKABLE, openDriver } from './episodes/driver.ts';
export { type Evaluated, type Evaluation, evaluate } from './episodes/evaluate.ts';
export { type PolicyIdentity, policyIdentity, policyName } from './episodes/name.ts';
export type { EpisodeJob, EpisodeOutcome, EvaluationSetup } from './episodes/outcome.ts';
export { collect, collectWall, NONE, wallName } from './faults/collect.ts';
export { type MatrixFacts, matrixPage } from './faults/matrix.ts';
export { OutcomeStore, type StoredOutcome } from './faults/store.ts';
export { WALL_FAULTS, type WallFault } from './faults/wall.ts';
export { writeBeside } from './files/write-beside.ts';
export { markdownTable, milliseconds, percent, table } from './report/format.ts';
export { type EvaluationFacts, type EvaluationReport, report, type TaskReport, traceOf } from './report/report.ts';
export {
  type FaultReport,
  faultReport,
  type GuardedOutcome,
  type SafetyReport,
  safetyReport,
} from './report/safety-report.ts';
export { highest, mean, quantile, wilson95 } from './report/statistics.ts';
export { reportTable } from './report/table.ts';
export * from './speech/index.ts';
export { NO_PROGRESS, type Progress, type StartProgress } from './workers/progress.ts';
export { runInWorkers, type WorkerRun } from './workers/run.ts';
export { serve } from './workers/serve.ts';
