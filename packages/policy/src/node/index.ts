/** Runtimes of ONNX policies for Node, processes and servers of policies, and the import of users' modules. */
export { checkExposure, isLoopback, type PageAdmission, refusal } from './admission.ts';
export { NATIVE_INSTALL_COMMAND, nodeBackend, wasmBinary } from './backend.ts';
export {
  type DirectoryOptions,
  loadPolicyFromDirectory,
  loadThingDetectorFromDirectory,
  loadVocabularyExtension,
  readManifest,
} from './directory.ts';
export { importDefault, importFile, isModulePath } from './import-module.ts';
export { readInputFile } from './input-file.ts';
export { keepAlive } from './keep-alive.ts';
export { answerHealth, closeServer, listenOn, refuseUpgrade, websocketUrl } from './listening.ts';
export type { PolicyModule, PolicyStatistics } from './messages.ts';
export { openNodeSocket } from './node-socket.ts';
export { openRemotePolicy, POLICY_TOKEN_VARIABLE, type RemotePolicyFileOptions } from './open-remote-policy.ts';
export { PolicyServer, type PolicyServerOptions } from './policy-server.ts';
export { type HeartbeatOptions, ProcessPolicy, type ProcessPolicyOptions } from './process-policy.ts';
export { RecordedPolicy, ReplayPolicy } from './recording.ts';
export { readWireSpec } from './wire-spec-file.ts';
