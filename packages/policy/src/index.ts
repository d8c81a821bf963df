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
export { EE_DELTA_NAMES, EeDelta, type EeDeltaStatistics, REFERENCE_STREAM } from './actions/action-space.ts';
export { type EncoderManifest, type Manifest, type ProcessorManifest, parseManifest } from './manifest/manifest.ts';
export type { EncoderCounters } from './onnx/encoder.ts';
export type { Gates } from './onnx/gates.ts';
export { loadPolicy, type PolicySource, sha256 } from './onnx/load.ts';
export type { OnnxActionChunk, OnnxPolicy } from './onnx/onnx-policy.ts';
export type { OnnxBackend, OnnxFeeds, OnnxSession, OnnxTensor, TensorInfo } from './onnx/session.ts';
export type { Processor, TensorDtype } from './processors/processor.ts';
export { processorOf } from './processors/processor-of.ts';
export { wordsOf } from './processors/tokens.ts';
export {
  interpolateChunk,
  RecedingHorizon,
  type RecedingHorizonOptions,
  type SchedulerCounters,
} from './scheduling/receding-horizon.ts';
export { EMPTY_VOCABULARY, type VocabularyExtension, vocabularyExtension } from './vocabulary/vocabulary.ts';
