/** Small policies and observations for tests. */

export { type EchoInput, type EchoOptions, echoPolicy, type GraphManifestFile } from './echo-policy.ts';
export { type Attribute, type GraphType, OnnxGraph } from './graph.ts';
export {
  LEROBOT_IMAGE_GAIN,
  LEROBOT_STATE_GAIN,
  LEROBOT_TOKEN_GAIN,
  type LerobotFolderOptions,
  type LerobotStatistics,
  lerobotFolder,
} from './lerobot.ts';
export { editManifest, loadFromMemory, loadFusionFromMemory, loadGraphFromMemory } from './memory.ts';
export { type InputChange, observationOf } from './observation.ts';
export { plainMessage } from './plain-message.ts';
export { type TinyEncoder, type TinyPolicyOptions, tinyEncoders, tinyPolicy } from './policy.ts';
export { PRAXIS_ARM } from './praxis-arm.ts';
export { safetensorsFile, safetensorsOf, type TestTensor } from './safetensors.ts';
export { type FusionManifestFile, secondVersionOf } from './second-version.ts';
