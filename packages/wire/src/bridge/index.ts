/**
 * What other programs see of a running world: a hub of topics, services, parameters and inputs, and sessions that speak Foxglove's websocket
 * protocol or rosbridge's. Messages have the types and bytes of a recording. It runs in Node and in browsers; the owner of the
 * connections hands frames over.
 *
 * @example
 * import { BridgeHub, FoxgloveSession } from '@praxis/wire/bridge';
 * const hub = new BridgeHub('example');
 * hub.setWorld({ topics: [{ topic: '/note', type: 'std_msgs/msg/String' }], services: [], parameters: [], inputs: [] });
 * const sent: (string | Uint8Array)[] = [];
 * const session = new FoxgloveSession(hub, { bufferedAmount: 0, send: (frame) => sent.push(frame), close: () => {} });
 * session.receive('{"op": "subscribe", "subscriptions": [{"id": 7, "channelId": 1}]}');
 * console.log(hub.wants(0)); // true
 */

export { encodeJpeg } from '../jpeg/encode-jpeg.ts';
export { FOXGLOVE_SUBPROTOCOLS, FoxgloveSession } from './foxglove/foxglove-session.ts';
export { type AdvertisedTopic, BridgeHub, type HubListener } from './hub/bridge-hub.ts';
export type { BridgeMessage } from './hub/bridge-message.ts';
export type { BridgeOutput, RemoteWorldSide } from './hub/output.ts';
export type { BridgeSession, BridgeSocket } from './hub/socket.ts';
export { RareReport, TopicQueue } from './hub/topic-queue.ts';
export {
  type BridgeInput,
  type BridgeParameter,
  type BridgeService,
  type BridgeTopic,
  type BridgeWorld,
  EVENTS_KEPT,
  type ParameterValue,
  TRIGGER_TYPE,
  type TriggerResponse,
} from './hub/world.ts';
export { RosbridgeSession } from './rosbridge/rosbridge-session.ts';
