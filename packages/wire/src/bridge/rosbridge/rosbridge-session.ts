import { firstLine, InputError, jsonText } from '@praxis/core';
import { type AdvertisedTopic, type BridgeHub, fullType, type HubListener } from '../hub/bridge-hub.ts';
import type { BridgeMessage } from '../hub/bridge-message.ts';
import { ClientQueue } from '../hub/client-queue.ts';
import { after, type Done, FrameQueue, reporting } from '../hub/frame-queue.ts';
import { cdrOfJson } from '../hub/json-value.ts';
import { asObject, type JsonObject, oneOf, operationOf, optionalTextIn, textIn } from '../hub/operation.ts';
import type { BridgeSession, BridgeSocket } from '../hub/socket.ts';
import { EVENTS_KEPT } from '../hub/world.ts';
import { callRosapi } from './rosapi.ts';
import { COMPRESSIONS, publishFrame, type SubscriptionOptions, TopicSubscription } from './subscription.ts';

/** Topics that one client may subscribe to. */
const MAX_TOPICS = 1000;
/** Levels of a status, the most severe first; `set_level` chooses how many are sent. */
const LEVELS = ['none', 'error', 'warning', 'info'] as const;
type Level = Exclude<(typeof LEVELS)[number], 'none'>;

/** Operations of the protocol that a simulated world has no use for. */
const NOT_OFFERED: Readonly<Record<string, string>> = {
  advertise_service: 'clients offer no services',
  unadvertise_service: 'clients offer no services',
  service_response: 'clients offer no services',
  send_action_goal: 'there are no actions',
  cancel_action_goal: 'there are no actions',
  advertise_action: 'there are no actions',
  fragment: 'send the message in one frame',
  png: 'send the message as JSON',
  auth: 'the token belongs into the address, as ?token=TOKEN',
};

/**
 * One client of the rosbridge protocol, version 2 (https://github.com/RobotWebTools/rosbridge_suite, ROSBRIDGE_PROTOCOL.md): topics as JSON, CBOR
 * or CDR, services, publications, and the services of rosapi.
 */
export class RosbridgeSession implements BridgeSession, HubListener {
  readonly #hub: BridgeHub;
  readonly #queue: ClientQueue;
  readonly #frames = new FrameQueue();
  readonly #now: () => number;
  readonly #stopListening: () => void;
  readonly #topics = new Map<string, TopicSubscription>();
  #level: (typeof LEVELS)[number] = 'warning';

  /** @param now wall clock (ms), from any start, for `throttle_rate` */
  constructor(hub: BridgeHub, socket: BridgeSocket, now: () => number = () => performance.now()) {
    this.#hub = hub;
    this.#now = now;
    this.#queue = new ClientQueue(socket, (dropped) =>
      this.#status('warning', `${dropped} messages left out, since this client reads too slowly`),
    );
    this.#stopListening = hub.listen(this);
  }

  receive(frame: string | Uint8Array): void | Promise<void> {
    return this.#frames.run(() => {
      let id: string | undefined;
      return reporting(
        () => {
          if (typeof frame !== 'string')
            throw new InputError(`binary frame of ${frame.length} bytes: expected JSON as text`);
          const operation = operationOf(frame);
          id = typeof operation.id === 'string' ? operation.id : undefined;
          return this.#operate(operation, id);
        },
        (error) => this.#status('error', firstLine(error), id),
      );
    });
  }

  flush(): void {
    this.#queue.flush();
  }

  end(): void {
    this.#stopListening();
    for (const topic of this.#topics.keys()) this.#hub.unsubscribe(topic);
    this.#topics.clear();
  }

  topicsChanged(): void {
    // Subscriptions are by name, and wait for a topic that does not exist yet.
  }

  message({ topic, keep }: AdvertisedTopic, message: BridgeMessage): void {
    const subscription = this.#topics.get(topic);
    if (!subscription?.isDue(this.#now())) return;
    const { compression, name } = subscription;
    this.#queue.send(topic, subscription.keep(keep === 'each' ? EVENTS_KEPT : 1), () =>
      publishFrame(name, message, compression),
    );
  }

  time(): void {
    this.#queue.flush();
  }

  parametersChanged(): void {
    // The protocol tells no changes of parameters.
  }

  #operate(operation: JsonObject & { readonly op: string }, id: string | undefined): Done {
    const { op } = operation;
    switch (op) {
      case 'subscribe':
        this.#subscribe(operation, id);
        return;
      case 'unsubscribe':
        this.#unsubscribe(absolute(textIn(operation, 'topic')), id);
        return;
      case 'advertise':
        this.#hub.input(absolute(textIn(operation, 'topic')), textIn(operation, 'type'));
        return;
      case 'unadvertise':
        textIn(operation, 'topic');
        return;
      case 'publish': {
        const input = this.#hub.input(absolute(textIn(operation, 'topic')));
        return this.#hub.accept(input, cdrOfJson(input.type, asObject('msg', operation.msg)));
      }
      case 'call_service':
        return this.#call(textIn(operation, 'service'), operation, id);
      case 'set_level':
        this.#level = oneOf('level', textIn(operation, 'level'), LEVELS);
        return;
      case 'status':
        return;
      default:
        throw new InputError(
          `op ${JSON.stringify(op.slice(0, 60))}: ${Object.hasOwn(NOT_OFFERED, op) ? NOT_OFFERED[op] : 'unknown'}`,
        );
    }
  }

  #subscribe(operation: JsonObject, id = ''): void {
    const given = textIn(operation, 'topic');
    const name = absolute(given);
    const options: SubscriptionOptions = {
      throttleRate: numberIn(operation, 'throttle_rate'),
      queueLength: Math.min(EVENTS_KEPT, numberIn(operation, 'queue_length')),
      compression: oneOf('compression', optionalTextIn(operation, 'compression') ?? 'none', COMPRESSIONS),
    };
    const type = optionalTextIn(operation, 'type');
    const topic = this.#hub.topic(name);
    if (topic && type !== undefined && type !== '' && fullType(type) !== topic.type)
      throw new InputError(`topic ${name}: type ${type}, expected ${topic.type}`);
    let subscription = this.#topics.get(name);
    if (!subscription) {
      if (this.#topics.size >= MAX_TOPICS) throw new InputError(`more than ${MAX_TOPICS} topics`);
      subscription = new TopicSubscription(given);
      this.#topics.set(name, subscription);
      this.#hub.subscribe(name);
    }
    subscription.add(id, options);
    if (!topic) this.#status('warning', `topic ${name}: nothing publishes it yet`, id || undefined);
    const last = this.#hub.latched(name);
    if (topic && last) this.message(topic, last);
  }

  #unsubscribe(topic: string, id: string | undefined): void {
    const subscription = this.#topics.get(topic);
    if (!subscription || (id !== undefined && !subscription.has(id)))
      throw new InputError(`topic ${topic}: no subscription${id === undefined ? '' : ` ${id}`}`);
    if (!subscription.remove(id)) return;
    this.#topics.delete(topic);
    this.#queue.forget(topic);
    this.#hub.unsubscribe(topic);
  }

  #call(service: string, operation: JsonObject, id: string | undefined): Done {
    const name = absolute(service);
    const answer = (values: unknown, result: boolean): void =>
      this.#answer({ op: 'service_response', ...(id === undefined ? {} : { id }), service, values, result });
    const fail = (error: unknown): void => answer(firstLine(error), false);
    return reporting(() => {
      const args = operation.args ?? {};
      // ROS 1 allowed a list; no service here has arguments that it could mean.
      const described = callRosapi(this.#hub, name, Array.isArray(args) ? {} : asObject('args', args));
      if (described) return after(described, (values) => answer(values, true));
      // The answer has the id of the call, and what the client sends next need not wait for it.
      void this.#hub.call(name).then((values) => answer(values, true), fail);
    }, fail);
  }

  #status(level: Level, msg: string, id?: string): void {
    if (LEVELS.indexOf(level) > LEVELS.indexOf(this.#level)) return;
    this.#answer({ op: 'status', level, msg, ...(id === undefined ? {} : { id }) });
  }

  #answer(operation: JsonObject): void {
    this.#queue.answer(JSON.stringify(operation));
  }
}

/** A name of ROS with its leading slash, which clients may leave out. */
const absolute = (name: string): string => (name.startsWith('/') ? name : `/${name}`);

/** A finite number that is not negative; 0 if it is absent. @throws {InputError} if it is something else */
function numberIn(operation: JsonObject, name: string): number {
  const value = operation[name] ?? 0;
  if (typeof value === 'number' && value >= 0 && Number.isFinite(value)) return value;
  throw new InputError(`${name}: ${jsonText(value)}, expected a number from 0`);
}
