/**
 * Policies of ONNX graphs: manifest, processors that convert samples to tensors, sessions, and the scheduling of action
 * chunks. The runtimes are in `@praxis/policy/node` and `@praxis/policy/web`.
 *
 * @example
 * import { RecedingHorizon } from '@praxis/policy';
 * import { loadPolicyFromDirectory } from '@praxis/policy/node';
 * const policy = await loadPolicyFromDirectory('models/default');
 * const scheduler = new RecedingHorizon();
 * scheduler.addChunk(await policy.infer(observation), clock.now());
 * const target = new Float64Array(8); // x y z (m), qx qy qz qw, width (m)
 * scheduler.sample(clock.now(), target);
 */
export {
  EE_DELTA_ACTIONS,
  EE_DELTA_NAMES,
  posesFrom,
  REFERENCE_STREAM,
} from './actions/action-space.ts';
export type { Detection } from './detection/peaks.ts';
export { loadThingDetector, ThingDetector } from './detection/thing-detector.ts';
export type { FusionManifest } from './manifest/fusion-manifest.ts';
export type { GraphInputManifest, InputManifest } from './manifest/graph-inputs.ts';
export type { GraphManifest } from './manifest/graph-manifest.ts';
export { graphStatistics, type StreamStatistics } from './manifest/graph-statistics.ts';
export type { ManifestInputs } from './manifest/graph-streams.ts';
export type { DetectionManifest, EncoderManifest, Manifest, ProcessorManifest } from './manifest/manifest.ts';
export { isGraphManifest, isSecondVersion, type PolicyManifest, parseManifest } from './manifest/parse.ts';
export type { Axis } from './numbers/axes.ts';
export type { ElementStatistics, Normalisation } from './numbers/normalisation.ts';
export type { EncoderCounters } from './onnx/encoder.ts';
export { type PolicySource, sha256 } from './onnx/files.ts';
export type { Gates } from './onnx/gates.ts';
export { GraphPolicy } from './onnx/graph-policy.ts';
export { type LoadedPolicy, loadPolicy } from './onnx/load.ts';
export { type OnnxActionChunk, OnnxPolicy } from './onnx/onnx-policy.ts';
export type { OnnxBackend, OnnxFeeds, OnnxSession, OnnxTensor, TensorInfo } from './onnx/session.ts';
export type { GraphDtype, TensorData } from './processors/graph-tensor.ts';
export { wordsOf } from './processors/words.ts';
export type { SchedulerCounters } from './scheduling/chunk-intake.ts';
export { RecedingHorizon, type RecedingHorizonOptions } from './scheduling/receding-horizon.ts';
export { createScheduler, SCHEDULER_NAMES, type SchedulerName, schedulerName } from './scheduling/schedulers.ts';
export { TemporalEnsembling, type TemporalEnsemblingOptions } from './scheduling/temporal-ensembling.ts';
export { EMPTY_VOCABULARY, type VocabularyExtension, vocabularyExtension } from './vocabulary/vocabulary.ts';
