/** Small policies and observations for tests. */
export { type Attribute, OnnxGraph } from './graph.ts';
export { editManifest, loadFromMemory } from './memory.ts';
export { type InputChange, observationOf } from './observation.ts';
export { type TinyEncoder, type TinyPolicyOptions, tinyEncoders, tinyPolicy } from './policy.ts';
