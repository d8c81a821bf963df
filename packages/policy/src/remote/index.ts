/**
 * Policies over the network by the websocket protocol of openpi: {@link RemotePolicy} is the client, and {@link ServedPolicy} answers
 * the messages of one connection; `@praxis/policy/node` has the server around it. It runs in Node and in browsers.
 */

export { blocksOf, rowSize, rowsOf } from './action-rows.ts';
export { decodeMessage, encodeMessage, type WireRecord, type WireValue } from './message.ts';
export { NdArray, type NdData } from './nd-array.ts';
export { isPolicyAddress, RemotePolicy, type RemotePolicyOptions } from './remote-policy.ts';
export { ScriptedPolicy } from './scripted-policy.ts';
export { ServedPolicy, servedMetadata } from './served-policy.ts';
export { type OpenSocket, openBrowserSocket, type Socket, type SocketEvents, type SocketSettings } from './socket.ts';
export { parseWireSpec, type WireActions, type WireInput, type WireSpec, wireSpecSchema } from './wire-spec.ts';
