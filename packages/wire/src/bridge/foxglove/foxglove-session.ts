import { errorMessage, firstLine, InputError } from '@praxis/core';
import { schemaText } from '../../mcap/schema-text.ts';
import { MessageError } from '../../messages/messages.ts';
import { type AdvertisedTopic, type BridgeHub, fullType, type HubListener } from '../hub/bridge-hub.ts';
import type { BridgeMessage } from '../hub/bridge-message.ts';
import { ClientQueue } from '../hub/client-queue.ts';
import { after, type Done, FrameQueue, inTurn, reporting } from '../hub/frame-queue.ts';
import { cdrOfJson } from '../hub/json-value.ts';
import {
  asId,
  asObject,
  asText,
  idIn,
  type JsonObject,
  listIn,
  oneOf,
  operationOf,
  optionalTextIn,
  textIn,
} from '../hub/operation.ts';
import type { BridgeSession, BridgeSocket } from '../hub/socket.ts';
import { type BridgeInput, type BridgeParameter, EVENTS_KEPT } from '../hub/world.ts';
import { clientFrame, messageDataFrame, type ServiceCall, serviceCallResponseFrame, timeFrame } from './frames.ts';
import { CLIENT_ENCODINGS, type ClientEncoding, TRIGGER_SCHEMAS, triggerPayload } from './trigger.ts';

/** Subprotocols of the websocket, the newer one first. They carry the same frames. */
export const FOXGLOVE_SUBPROTOCOLS: readonly string[] = ['foxglove.sdk.v1', 'foxglove.websocket.v1'];

/** Subscriptions, and published topics, that one client may have. */
const MAX_PER_CLIENT = 1000;

const LEVEL = { info: 0, warning: 1, error: 2 } as const;

/** A topic that the client publishes. */
interface ClientChannel {
  readonly input: BridgeInput;
  readonly encoding: ClientEncoding;
}

/**
 * One client of Foxglove's websocket protocol (https://github.com/foxglove/ws-protocol, specification version 1): topics with CDR messages,
 * parameters, services and publications.
 */
export class FoxgloveSession implements BridgeSession, HubListener {
  readonly #hub: BridgeHub;
  readonly #queue: ClientQueue;
  readonly #frames = new FrameQueue();
  readonly #stopListening: () => void;
  /** Subscriptions by the client's number, and by topic. */
  readonly #subscriptions = new Map<number, string>();
  readonly #byTopic = new Map<string, number>();
  readonly #channels = new Map<number, ClientChannel>();
  readonly #watched = new Set<string>();

  constructor(hub: BridgeHub, socket: BridgeSocket) {
    this.#hub = hub;
    this.#queue = new ClientQueue(socket, (dropped) =>
      this.#status('warning', `${dropped} messages left out, since this client reads too slowly`),
    );
    this.#answer({
      op: 'serverInfo',
      name: hub.name,
      capabilities: ['clientPublish', 'parameters', 'parametersSubscribe', 'services', 'time'],
      supportedEncodings: CLIENT_ENCODINGS,
      metadata: {},
    });
    this.topicsChanged(hub.topics, []);
    this.#stopListening = hub.listen(this);
  }

  receive(frame: string | Uint8Array): void | Promise<void> {
    return this.#frames.run(() =>
      reporting(
        () => (typeof frame === 'string' ? this.#operate(operationOf(frame)) : this.#receiveBinary(frame)),
        (error) => this.#status('error', firstLine(error)),
      ),
    );
  }

  flush(): void {
    this.#queue.flush();
  }

  end(): void {
    this.#stopListening();
    for (const topic of this.#byTopic.keys()) this.#hub.unsubscribe(topic);
    this.#byTopic.clear();
    this.#subscriptions.clear();
  }

  topicsChanged(added: readonly AdvertisedTopic[], removed: readonly AdvertisedTopic[]): void {
    for (const { topic } of removed) {
      const subscription = this.#byTopic.get(topic);
      if (subscription !== undefined) this.#unsubscribe(subscription);
    }
    if (removed.length > 0) this.#answer({ op: 'unadvertise', channelIds: removed.map(({ id }) => id) });
    this.#answer({
      op: 'advertise',
      channels: added.map(({ id, topic, type }) => ({
        ...{ id, topic, encoding: 'cdr', schemaName: type, schema: schemaText(type), schemaEncoding: 'ros2msg' },
      })),
    });
    // The services change with the topics: both belong to the world.
    const services = this.#hub.services.map(({ name }) => ({
      id: this.#hub.serviceId(name),
      name,
      ...TRIGGER_SCHEMAS,
    }));
    if (services.length > 0) this.#answer({ op: 'advertiseServices', services });
  }

  message({ topic, keep }: AdvertisedTopic, message: BridgeMessage): void {
    const subscription = this.#byTopic.get(topic);
    if (subscription === undefined) return;
    this.#queue.send(topic, keep === 'each' ? EVENTS_KEPT : 1, () =>
      messageDataFrame(subscription, message.logTime, message.data),
    );
  }

  time(time: bigint): void {
    // No topic begins without a slash.
    this.#queue.send('time', 1, () => timeFrame(time));
  }

  parametersChanged(parameters: readonly BridgeParameter[]): void {
    const watched = parameters.filter(({ name }) => this.#watched.has(name));
    if (watched.length > 0) this.#answer({ op: 'parameterValues', parameters: watched.map(parameterValue) });
  }

  #operate(operation: JsonObject & { readonly op: string }): Done {
    switch (operation.op) {
      case 'subscribe':
        for (const each of listIn(operation, 'subscriptions', (value) => asObject('subscription', value)))
          this.#subscribe(idIn(each, 'id'), idIn(each, 'channelId'));
        return;
      case 'unsubscribe':
        for (const id of listIn(operation, 'subscriptionIds', (value) => asId('subscriptionIds', value)))
          this.#unsubscribe(id);
        return;
      case 'advertise':
        for (const each of listIn(operation, 'channels', (value) => asObject('channel', value))) this.#advertise(each);
        return;
      case 'unadvertise':
        for (const id of listIn(operation, 'channelIds', (value) => asId('channelIds', value)))
          this.#channels.delete(id);
        return;
      case 'getParameters':
        return this.#getParameters(namesIn(operation), optionalTextIn(operation, 'id'));
      case 'setParameters':
        return this.#setParameters(operation);
      case 'subscribeParameterUpdates':
        for (const name of this.#namesOrAll(namesIn(operation))) this.#watched.add(name);
        return;
      case 'unsubscribeParameterUpdates':
        for (const name of this.#namesOrAll(namesIn(operation))) this.#watched.delete(name);
        return;
      default:
        throw new InputError(`op ${JSON.stringify(operation.op.slice(0, 60))}: unknown`);
    }
  }

  #subscribe(id: number, channelId: number): void {
    const topic = this.#hub.topics.find((each) => each.id === channelId);
    if (!topic) throw new InputError(`channel ${channelId}: not advertised`);
    if (this.#subscriptions.has(id)) throw new InputError(`subscription ${id}: exists`);
    if (this.#byTopic.has(topic.topic)) throw new InputError(`channel ${channelId}: has a subscription of this client`);
    if (this.#subscriptions.size >= MAX_PER_CLIENT) throw new InputError(`more than ${MAX_PER_CLIENT} subscriptions`);
    this.#subscriptions.set(id, topic.topic);
    this.#byTopic.set(topic.topic, id);
    this.#hub.subscribe(topic.topic);
    const last = this.#hub.latched(topic.topic);
    if (last) this.message(topic, last);
  }

  #unsubscribe(id: number): void {
    const topic = this.#subscriptions.get(id);
    if (topic === undefined) throw new InputError(`subscription ${id}: unknown`);
    this.#subscriptions.delete(id);
    this.#byTopic.delete(topic);
    this.#queue.forget(topic);
    this.#hub.unsubscribe(topic);
  }

  #advertise(channel: JsonObject): void {
    const input = this.#hub.input(textIn(channel, 'topic'), fullType(textIn(channel, 'schemaName')));
    const encoding = oneOf('encoding', textIn(channel, 'encoding'), CLIENT_ENCODINGS);
    if (this.#channels.size >= MAX_PER_CLIENT) throw new InputError(`more than ${MAX_PER_CLIENT} channels`);
    this.#channels.set(idIn(channel, 'id'), { input, encoding });
  }

  #receiveBinary(bytes: Uint8Array): Done {
    const frame = clientFrame(bytes);
    if (frame.kind === 'call') {
      // The answer has the number of the call, and what the client sends next need not wait for it.
      void this.#call(frame);
      return;
    }
    const channel = this.#channels.get(frame.channelId);
    if (!channel) throw new InputError(`channel ${frame.channelId}: not advertised by this client`);
    const { input, encoding } = channel;
    const { payload } = frame;
    return this.#hub.accept(input, encoding === 'cdr' ? payload : cdrOfJson(input.type, jsonIn(payload)));
  }

  async #call({ serviceId, callId, encoding: named }: ServiceCall): Promise<void> {
    try {
      const service = this.#hub.services.find(({ name }) => this.#hub.serviceId(name) === serviceId);
      if (!service) throw new InputError(`service ${serviceId}: not advertised`);
      const encoding = oneOf('encoding', named, CLIENT_ENCODINGS);
      // The request of a Trigger has no content.
      const payload = triggerPayload(await this.#hub.call(service.name), encoding);
      this.#queue.answer(serviceCallResponseFrame({ serviceId, callId, encoding, payload }));
    } catch (error) {
      this.#answer({ op: 'serviceCallFailure', serviceId, callId, message: firstLine(error) });
    }
  }

  #getParameters(names: readonly string[], id: string | undefined): Done {
    return after(this.#hub.refresh(), () => this.#sendParameters(names, id));
  }

  #setParameters(operation: JsonObject): Done {
    const given = listIn(operation, 'parameters', (value) => asObject('parameter', value));
    const names: string[] = [];
    const set = inTurn(given, (each) => {
      const name = textIn(each, 'name');
      names.push(name);
      return reporting(
        () => this.#hub.setParameter(name, each.value),
        (error) => this.#status('error', errorMessage(error)),
      );
    });
    return after(set, () => {
      const id = optionalTextIn(operation, 'id');
      return id === undefined ? undefined : this.#getParameters(names, id);
    });
  }

  #sendParameters(names: readonly string[], id: string | undefined): void {
    const known = new Map(this.#hub.parameters.map((each) => [each.name, each]));
    const parameters = this.#namesOrAll(names).flatMap((name) => {
      const parameter = known.get(name);
      return parameter ? [parameterValue(parameter)] : [];
    });
    this.#answer({ op: 'parameterValues', parameters, ...(id === undefined ? {} : { id }) });
  }

  #namesOrAll(names: readonly string[]): readonly string[] {
    return names.length > 0 ? names : this.#hub.parameters.map(({ name }) => name);
  }

  #status(level: keyof typeof LEVEL, message: string): void {
    this.#answer({ op: 'status', level: LEVEL[level], message });
  }

  #answer(operation: JsonObject): void {
    this.#queue.answer(JSON.stringify(operation));
  }
}

const parameterValue = ({ name, get }: BridgeParameter) => ({ name, value: get() });

const namesIn = (operation: JsonObject): readonly string[] =>
  listIn(operation, 'parameterNames', (value) => asText('parameterNames', value));

function jsonIn(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch (cause) {
    throw new MessageError(`message: no JSON of ${payload.length} bytes`, { cause });
  }
}
