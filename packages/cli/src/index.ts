/** The command's engines, for programs that measure policies without the command line. */
export { type Evaluated, type Evaluation, evaluate } from './eval/evaluate.ts';
export type { EpisodeJob, EpisodeOutcome, EvaluationSetup } from './eval/outcome.ts';
export { type EvaluationFacts, type EvaluationReport, report, type TaskReport, traceOf } from './eval/report.ts';
export type { FaultReport, SafetyReport } from './eval/safety-report.ts';
export { highest, mean, quantile, wilson95 } from './eval/statistics.ts';
export { main, program } from './main.ts';
