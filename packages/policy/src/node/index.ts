/** Runtimes and processes of ONNX policies for Node. */
export { NATIVE_INSTALL_COMMAND, nodeBackend, wasmBinary } from './backend.ts';
export { type DirectoryOptions, loadPolicyFromDirectory, loadVocabularyExtension } from './directory.ts';
export { type HeartbeatOptions, ProcessPolicy, type ProcessPolicyOptions } from './process-policy.ts';
