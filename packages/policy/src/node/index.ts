/** Runtimes of ONNX policies for Node, processes of policies, and the import of users' modules. */
export { NATIVE_INSTALL_COMMAND, nodeBackend, wasmBinary } from './backend.ts';
export { type DirectoryOptions, loadPolicyFromDirectory, loadVocabularyExtension } from './directory.ts';
export { importDefault, isModulePath } from './import-module.ts';
export type { PolicyModule, PolicyStatistics } from './messages.ts';
export { type HeartbeatOptions, ProcessPolicy, type ProcessPolicyOptions } from './process-policy.ts';
