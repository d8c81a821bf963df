export { ServiceClient } from './client.ts';
export type {
  ArgumentOf,
  CallParameters,
  EventName,
  InfoOf,
  MethodName,
  ResultOf,
  ServiceContract,
} from './contract.ts';
export {
  type ChildScope,
  type ProcessLike,
  type ProcessOptions,
  parentTransport,
  processTransport,
  type TextOutput,
  type ThreadLike,
  threadTransport,
} from './emitters.ts';
export { type ErrorClass, type ErrorRecord, ErrorRegistry, errorRegistry } from './errors.ts';
export {
  type CallContext,
  type Emit,
  type Handlers,
  type ServiceImplementation,
  Transferring,
} from './implementation.ts';
export type { CallOptions, ClientOptions, Heartbeat } from './options.ts';
export { type PortEvent, type PortLike, portTransport, type WebWorkerLike, webWorkerTransport } from './ports.ts';
export { execArgvOf, moduleBeside } from './program.ts';
export { type ServeOptions, serve } from './serve.ts';
export { type Service, ServiceExitedError, type ServiceStatus } from './service.ts';
export { jsonCodec, type SocketCodec, type SocketEvent, type SocketLike, socketTransport } from './socket.ts';
export { systemTimers, type Timers } from './timers.ts';
export { describeExit, type ExitReason, ExitReport, type Transport } from './transport.ts';
