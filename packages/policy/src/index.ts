export { EE_DELTA_NAMES, EeDelta, type EeDeltaStatistics, REFERENCE_STREAM } from './action-space.ts';
export type { EncoderCounters } from './encoder.ts';
export { loadPolicy, type PolicySource, sha256 } from './load.ts';
export { type EncoderManifest, type Manifest, type ProcessorManifest, parseManifest } from './manifest.ts';
export type { OnnxActionChunk, OnnxPolicy } from './onnx-policy.ts';
export { opsetOf } from './opset.ts';
export { type Processor, processorOf } from './processors/index.ts';
export { wordsOf } from './processors/tokens.ts';
export { interpolateChunk } from './scheduling/interpolate-chunk.ts';
export {
  RecedingHorizon,
  type RecedingHorizonOptions,
  type SchedulerCounters,
} from './scheduling/receding-horizon.ts';
export type { OnnxBackend, OnnxFeeds, OnnxSession, OnnxTensor, TensorDtype, TensorInfo } from './session.ts';
export { EMPTY_VOCABULARY, type Extension, extensionOf } from './vocabulary/vocabulary.ts';
