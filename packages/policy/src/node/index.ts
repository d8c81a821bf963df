export { nodeBackend } from './backend.ts';
export { type DirectoryOptions, loadPolicyFromDirectory, wasmBinary } from './directory.ts';
export { loadVocabularyExtension } from './load-vocabulary.ts';
export { type HeartbeatOptions, ProcessPolicy, type ProcessPolicyOptions } from './process-policy.ts';
