export { type AblateOptions, type AblationOptions, ablate, ablationPlan } from './ablation/ablate.ts';
export { type AblatedModality, ARMS, type Arm } from './ablation/arms.ts';
export type { AblationData } from './ablation/data.ts';
export type { GatePoint } from './ablation/gate-means.ts';
export type { OverallFigures } from './ablation/overall.ts';
export { ablationPage } from './ablation/page.ts';
export { type AblationPlan, readPlan, type Training } from './ablation/plan.ts';
export type { Trainer, TrainingMachine } from './ablation/python.ts';
export {
  type AblationReport,
  type ArmComparison,
  type ArmReport,
  ablationReport,
} from './ablation/report.ts';
export { type AblationResults, readResults, type TrainingResult } from './ablation/results.ts';
export { ablationTable } from './ablation/table.ts';
export { ClientPolicy, GRIPPER_TOPIC, TRAJECTORY_TOPIC } from './bridge/client-policy.ts';
export { type ClientControl, EpisodeBridge, type EpisodeBridgeOptions } from './bridge/episode-bridge.ts';
export { JpegThread } from './bridge/jpeg/jpeg-thread.ts';
export {
  type BridgeAccess,
  type OpenBridge,
  type OpenBridgeOptions,
  openBridge,
  type SharedBridge,
} from './bridge/open-bridge.ts';
export { type PlayedRecording, type PlayRecordingOptions, playRecording } from './bridge/play-recording.ts';
export {
  BRIDGE_PORT,
  type BridgeAddress,
  type BridgeConnections,
  BridgeServer,
  type BridgeServerOptions,
} from './bridge/server/bridge-server.ts';
export { ceilingsPage } from './ceilings/page.ts';
export { type CeilingRow, type CeilingsOptions, type CeilingsReport, measureCeilings } from './ceilings/study.ts';
export {
  type ComparedEvaluation,
  type Comparison,
  compareEvaluations,
  type FailureGroup,
} from './comparison/comparison.ts';
export { comparisonPage } from './comparison/page.ts';
export type { PairedMean, PairedTask } from './comparison/paired.ts';
export * from './config/index.ts';
export { checkDataset, type DatasetCheck } from './datasets/check/check-dataset.ts';
export { FINDING_KINDS, type Finding, type FindingKind, findingText } from './datasets/check/finding.ts';
export {
  type EditedDataset,
  type EditOptions,
  type EpisodeEdit,
  editDataset,
  type SplitPart,
} from './datasets/edit/edit-dataset.ts';
export { parseSelection, type Selection } from './datasets/edit/selection.ts';
export {
  auditText,
  type CameraAudit,
  cameraAuditText,
  type EpisodeAudit,
  type StoredEpisodeAudit,
  type StreamAudit,
} from './datasets/export/audit.ts';
export { AUDIT_PATH, type ExportOptions, type ExportReport, exportDataset } from './datasets/export/export-dataset.ts';
export { PICTURE_STORES, type PictureStore } from './datasets/export/pictures.ts';
export { openDatasetFolder } from './datasets/folder.ts';
export type { CameraNames, ConversionOptions } from './datasets/import/conversion.ts';
export { type ImportOptions, type ImportReport, importDataset } from './datasets/import/import-dataset.ts';
export {
  JOINT_UNITS,
  type JointSource,
  type JointSources,
  type JointUnit,
  parseJoints,
} from './datasets/import/joint-sources.ts';
export { PICTURE_FITS, type PictureFit } from './datasets/import/picture-reader.ts';
export { type DatasetReplayOptions, replayDataset } from './datasets/replay/replay-dataset.ts';
export {
  type ActionError,
  type DatasetReplay,
  type DifferingFrame,
  datasetReplayText,
  type EpisodeErrors,
} from './datasets/replay/report.ts';
export type { DelayCell } from './delays/cells.ts';
export { delaysPage, delaysTable } from './delays/page.ts';
export { type DelayOptions, type DelayRow, type DelayStudy, type MeasuredCell, studyDelays } from './delays/study.ts';
export { datasetManifest, type RecordedEpisode, type RecordedGoal, type ShardInfo } from './demonstrations/dataset.ts';
export type { ImagePoint } from './demonstrations/projection.ts';
export { type DatasetOptions, type DatasetSummary, recordDataset } from './demonstrations/record-dataset.ts';
export {
  type DrivingSpace,
  type Field,
  type RecordFormat,
  recordFormat,
} from './demonstrations/record-format.ts';
export { type RecordShardOptions, recordShard } from './demonstrations/record-shard.ts';
export { type Driver, openDriver } from './episodes/driver.ts';
export { GATE_INTERVAL_S, type GateCourse } from './episodes/gate-recorder.ts';
export type { EpisodeJob, EpisodeOutcome, EvaluationSetup } from './episodes/outcome.ts';
export type { ContextKind, Grasps, PlannedOutcome } from './episodes/planned-outcome.ts';
export { type RolloutOptions, rollouts } from './episodes/rollouts.ts';
export { type PacingMode, WallClockPacer } from './episodes/wall-clock-pacer.ts';
export { type EvaluationOptions, evaluate, evaluateEpisodes } from './evaluate/evaluate.ts';
export {
  EVALUATION_FORMAT,
  type Evaluation,
  type EvaluationRecord,
  type EvaluationRun,
  evaluationRecord,
} from './evaluate/evaluation.ts';
export { mergeEvaluations, type NamedEvaluation } from './evaluate/merge.ts';
export { readEvaluation } from './evaluate/read-evaluation.ts';
export {
  type EvaluationFacts,
  type EvaluationReport,
  evaluationReport,
  type SwapReport,
  type TaskReport,
} from './evaluate/report.ts';
export type { FaultReport, Percentiles, SafetyReport, SupervisedOutcome } from './evaluate/safety-report.ts';
export { reportTable } from './evaluate/table.ts';
export { type FaultMatrix, type FaultMatrixOptions, measureFaults } from './faults/matrix.ts';
export { matrixPage } from './faults/page.ts';
export { WALL_CLOCK_FAULTS, type WallClockFault } from './faults/wall-clock.ts';
export { mergeResults } from './files/merge-results.ts';
export { isResultFile, type Measurement, ResultStore } from './files/result-store.ts';
export { checkWritable, createFolder, writeAtomically, writeJsonAtomically } from './files/write.ts';
export { type EpisodeFilm, type FilmOptions, filmEpisodes } from './films/film-episodes.ts';
export * from './planning/context/index.ts';
export { type ContextFileOptions, readContextFile } from './planning/context-file.ts';
export { type DrivePlannerOptions, drivePlanner } from './planning/drive-planner.ts';
export {
  EXAMPLE_KINDS,
  type ExampleKind,
  generateExamples,
  type PlanExample,
} from './planning/examples/example-generator.ts';
export { type ExecutedRequest, type ExecuteRequestOptions, executeRequest } from './planning/execute-request.ts';
export type { FailureCause } from './planning/failure-cause.ts';
export { FeltContact } from './planning/felt-contact.ts';
export { openPlanner } from './planning/open-planner.ts';
export { type OpenSimPlanHostOptions, openSimPlanHost } from './planning/open-sim-plan-host.ts';
export { PlannedArm, type PlannedArmOptions } from './planning/planned-arm.ts';
export type { PlanFailure, PlansReport } from './planning/plans-report.ts';
export { policyDetector, policyFacts } from './planning/policy-facts.ts';
export { PLANNING_REQUESTS } from './planning/requests/index.ts';
export {
  type ExpectedActions,
  type PlanningRequest,
  REQUEST_KINDS,
  type RequestKind,
  type RightAnswer,
} from './planning/requests/request.ts';
export { type SpokenPickRequest, spokenPickRequests, wordingKinds } from './planning/requests/spoken-pick.ts';
export { CommandPlanner } from './planning/score/command-planner.ts';
export { planningPage, planningTable } from './planning/score/page.ts';
export type { RequestScore } from './planning/score/score-request.ts';
export {
  type PlanningReport,
  type PlanningRow,
  type PlanningStudyOptions,
  type RightCount,
  type ScoreStore,
  type StoredScore,
  storedReports,
  studyPlanner,
} from './planning/score/study.ts';
export { SimPlanHost, type SimPlanHostOptions } from './planning/sim-plan-host.ts';
export type { SimPlanRobot } from './planning/sim-plan-robot.ts';
export { type SpokenPicksFacts, spokenPicksPage, spokenPicksTable } from './planning/spoken-picks/page.ts';
export type { PickArm, PickFailure, PickRow, SpokenPicksReport } from './planning/spoken-picks/report.ts';
export { type SpokenPicksOptions, studySpokenPicks } from './planning/spoken-picks/study.ts';
export type { PickTrial } from './planning/spoken-picks/trial.ts';
export { catalogueOf, type PolicyFacts, planLimits, type WorkCellOptions, workCellOf } from './planning/work-cell.ts';
export { checkNamedPolicy, type NamedPolicyOptions } from './policies/check-named-policy.ts';
export { checkPolicy, type PolicyCheck, type PolicyCheckOptions } from './policies/check-policy.ts';
export type { SpecRow } from './policies/compare-specs.ts';
export type { ExtremeOutcome } from './policies/extreme-inputs.ts';
export {
  type AskQuestion,
  type ImportedPolicy,
  type ImportPolicyOptions,
  importPolicy,
} from './policies/import-policy.ts';
export type { Influence } from './policies/influence.ts';
export { policyCheckText } from './policies/policy-check-text.ts';
export type { RecordedComparison, RecordedDifference } from './policies/recorded-actions.ts';
export { type TrainedStatistics, trainedStatistics } from './policies/start-posture.ts';
export {
  openPolicy,
  type PolicyIdentity,
  type PolicyPlace,
  type PolicySource,
  policyIdentity,
  policyName,
  policySource,
} from './project/policy-source.ts';
export { CONFIG_FILES, findConfig, loadProject, moduleUrls, openProject, type Project } from './project/project.ts';
export { robotChoice, robotFolder, workingArmOf } from './project/robot.ts';
export { type DriveReadingOptions, driveReading } from './reading/drive-reading.ts';
export { type ReadingDriver, readingDriver } from './reading/open-reading.ts';
export { ReadingPolicy, type ReadingPolicyOptions } from './reading/reading-policy.ts';
export {
  type CompressionReport,
  type CompressOptions,
  compressRecording,
  type PictureCoding,
} from './recording/compress/compress-recording.ts';
export { EpisodeRecorder, type EpisodeRecorderOptions } from './recording/episode-recorder.ts';
export { BUILD, LIBRARY, type RunFactsOptions, robotDigest, runFacts } from './recording/facts.ts';
export { withMcapFile } from './recording/file-source.ts';
export { judgeRecording } from './recording/judge-recording.ts';
export { KEEP_BYTES, StopSave } from './recording/keep.ts';
export {
  checkedNote,
  judgementFacts,
  judgementWords,
  type OperatorJudgement,
  recordedJudgement,
  succeeded,
} from './recording/operator-judgement.ts';
export { checkRecordTarget, type NamedEpisode, type RecordTarget, recordingPath } from './recording/record-target.ts';
export { type ImageRegion, type RedactionReport, type RedactionRules, redactRecording } from './recording/redaction.ts';
export { episodeResultFacts } from './recording/result-facts.ts';
export { type KeptRecording, pruneRecordings, recordingsIn } from './recording/retention.ts';
export {
  type BuildFacts,
  type EpisodeFacts,
  type FileFacts,
  factsMetadata,
  type LoopFacts,
  ROS_WORLD,
  type RunFacts,
  resultMetadata,
} from './recording/start-facts.ts';
export type { ExistingFile } from './recording/thread/file-sink.ts';
export { RecordingThread } from './recording/thread/recording-thread.ts';
export type { FileOrder, RecordingSetup, WrittenFile } from './recording/thread/service.ts';
export type { NumberDifference } from './replay/difference.ts';
export { type ReplayOptions, replayRecording } from './replay/replay.ts';
export type {
  AlteredSample,
  ChangedFact,
  ComparedCount,
  ComparedKind,
  FirstDifference,
  ReplayReport,
} from './replay/report.ts';
export { replayText } from './replay/text.ts';
export { detectableDrop, detectablePairedDifference } from './report/detectable-effect.ts';
export { type Block, type PageDocument, pageHtml, pageMarkdown } from './report/document.ts';
export { markdownTable, milliseconds, percent, table } from './report/format.ts';
export {
  countPairs,
  mcNemarExact,
  newcombePaired95,
  type PairCounts,
  type RateDifference,
} from './report/paired-proportions.ts';
export { cumulativePlot, type PlottedRate, type PlottedSample, ratePlot } from './report/plots.ts';
export { type MeanWithInterval, maximum, mean, quantile, wilson95 } from './report/statistics.ts';
export { drawRobot } from './robots/draw-robot.ts';
export { type InitializedRobot, type InitRobotOptions, initRobot } from './robots/init-robot.ts';
export { checkRobotFolder, openDescription, openRobot, readRobotModel } from './robots/open-robot.ts';
export { type RobotSafety, robotSafety } from './robots/robot-safety.ts';
export { type ServeOptions, type SharedPage, servePolicy } from './serving/serve-policy.ts';
export { parseShard, type Shard, shardText } from './sharding/shard.ts';
export { clipPage, clipTable } from './speech/clips/page.ts';
export type { Clip, ClipOutcome, ClipResult } from './speech/clips/score-clip.ts';
export { studyClips } from './speech/clips/study.ts';
export {
  type PairedEpisode,
  type Rate,
  type SpokenFacts,
  type SpokenReport,
  spokenPage,
  spokenTable,
} from './speech/episodes/report.ts';
export type { SpokenInstruction } from './speech/episodes/spoken-instruction.ts';
export { type SpokenEpisodesOptions, studySpokenEpisodes } from './speech/episodes/study.ts';
export { CHATTER, drawPhrases, type Phrase, STOP_UTTERANCES } from './speech/phrases.ts';
export type { RecognitionReport, RecognitionRow } from './speech/recognition/measure.ts';
export { recognitionPage, recognitionTable } from './speech/recognition/page.ts';
export {
  type RecognitionStudyOptions,
  type RecognitionStudyReport,
  studyRecognition,
} from './speech/recognition/study.ts';
export {
  babbleNoise,
  mixNoise,
  NOISES,
  type Noise,
  type NoiseCondition,
  padWithSilence,
  speechEndS,
} from './speech/sound.ts';
export { type SpokenCommandOptions, SpokenCommands } from './speech/spoken-commands.ts';
export { type LatencyPercentiles, type LatencyRow, latencyPage, latencyTable } from './speech/stop-latency/report.ts';
export { type StopLatencyOptions, studyStopLatency } from './speech/stop-latency/study.ts';
export type { StopReport, StopRow } from './speech/stops/measure.ts';
export { stopPage, stopTable } from './speech/stops/page.ts';
export { type StopStudyOptions, type StopStudyReport, studyStops } from './speech/stops/study.ts';
export type { NonStopSound, SnrCondition } from './speech/stops/tally.ts';
export type { ResumableStudy, StudyOptions } from './speech/study.ts';
export { findTestVoices, type TestVoice, testVoicesNamed, testVoicesOrHeldOut } from './speech/test-voices.ts';
export { type Transcription, transcribe } from './speech/transcribe.ts';
export {
  createTranscriber,
  intentOf,
  type ListenerOutput,
  requireRecogniser,
  wordErrors,
} from './speech/transcriber.ts';
export { hasProgram, synthesizeWithProgram } from './speech/tts-program.ts';
export {
  ClientCommands,
  CommandLines,
  type CommandSource,
  mergeCommandSources,
} from './teleoperation/command-source.ts';
export { type DriveOptions, type DriveRecording, driveArm, type RequestPlanner } from './teleoperation/drive.ts';
export { DrivenArm, type DrivenArmOptions } from './teleoperation/driven-arm.ts';
export type { WriteLine } from './teleoperation/transcript.ts';
export { tidyPage, tidyTable } from './tidy/page.ts';
export { studyTidy, type TidyOptions, type TidyStudy } from './tidy/study.ts';
export { NO_PROGRESS, type Progress, type StartProgress } from './workers/progress.ts';
export { runInWorkers, type WorkerRun } from './workers/run.ts';
export { serveJobs } from './workers/serve.ts';
