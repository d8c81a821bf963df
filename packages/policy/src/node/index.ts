export { nodeBackend } from './backend.ts';
export { type DirectoryOptions, loadPolicyFromDirectory, wasmBinary } from './directory.ts';
export { WorkerPolicy, type WorkerPolicyOptions } from './worker-policy.ts';
