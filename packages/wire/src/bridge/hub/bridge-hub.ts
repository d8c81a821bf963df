import { errorMessage, InputError } from '@praxis/core';
import { messageCodec } from '../../cdr/codec.ts';
import { BridgeMessage } from './bridge-message.ts';
import { after } from './frame-queue.ts';
import type { BridgeOutput, RemoteWorldSide } from './output.ts';
import type {
  BridgeInput,
  BridgeParameter,
  BridgeService,
  BridgeTopic,
  BridgeWorld,
  ParameterValue,
  TriggerResponse,
} from './world.ts';

/** A topic with the number that clients know it by. */
export interface AdvertisedTopic extends BridgeTopic {
  /** Equal for equal topics and types as long as the hub exists. */
  readonly id: number;
}

/** What the hub tells a session. */
export interface HubListener {
  topicsChanged(added: readonly AdvertisedTopic[], removed: readonly AdvertisedTopic[]): void;
  message(topic: AdvertisedTopic, message: BridgeMessage): void;
  /** @param time time of the world's clock (ns) */
  time(time: bigint): void;
  parametersChanged(parameters: readonly BridgeParameter[]): void;
}

const EMPTY: BridgeWorld = { topics: [], services: [], parameters: [], inputs: [] };

/** Joins a running world with the sessions of its clients. The world publishes; sessions subscribe, call, set and publish. */
export class BridgeHub implements BridgeOutput {
  /** Name that clients display. */
  readonly name: string;
  readonly #worldSide: RemoteWorldSide | undefined;
  #world = EMPTY;
  #topics: readonly AdvertisedTopic[] = [];
  readonly #byName = new Map<string, AdvertisedTopic>();
  readonly #ids = new Map<string, number>();
  readonly #serviceIds = new Map<string, number>();
  readonly #latched = new Map<string, BridgeMessage>();
  /** Number of sessions that subscribe to each topic. */
  readonly #subscribers = new Map<string, number>();
  readonly #listeners = new Set<HubListener>();
  #time: bigint | undefined;
  #onSubscription: (() => void) | undefined;

  /** @param worldSide the side of the world, for one on another thread. Default: it is on this thread */
  constructor(name: string, worldSide?: RemoteWorldSide) {
    this.name = name;
    this.#worldSide = worldSide;
  }

  get topics(): readonly AdvertisedTopic[] {
    return this.#topics;
  }

  get services(): readonly BridgeService[] {
    return this.#world.services;
  }

  get parameters(): readonly BridgeParameter[] {
    return this.#world.parameters;
  }

  get inputs(): readonly BridgeInput[] {
    return this.#world.inputs;
  }

  /** Time of the last {@link setTime} (ns); undefined before it. */
  get lastTime(): bigint | undefined {
    return this.#time;
  }

  /** A topic by its name; undefined if there is none. */
  topic(name: string): AdvertisedTopic | undefined {
    return this.#byName.get(name);
  }

  /** Number by which clients know a service. */
  serviceId(name: string): number {
    return idOf(this.#serviceIds, name);
  }

  setWorld(world: BridgeWorld): void {
    const before = this.#topics;
    this.#world = world;
    this.#topics = world.topics.map((topic) => ({ ...topic, id: idOf(this.#ids, `${topic.topic} ${topic.type}`) }));
    this.#byName.clear();
    for (const topic of this.#topics) this.#byName.set(topic.topic, topic);
    const isIn = (topics: readonly AdvertisedTopic[], { id }: AdvertisedTopic) => topics.some((each) => each.id === id);
    const removed = before.filter((topic) => !isIn(this.#topics, topic));
    const added = this.#topics.filter((topic) => !isIn(before, topic));
    for (const { topic } of removed) this.#latched.delete(topic);
    if (added.length + removed.length > 0) for (const each of this.#listeners) each.topicsChanged(added, removed);
    this.reportParameters();
  }

  wants(i: number): boolean {
    const { topic, history } = this.#topics[i];
    return history === 'latched' || this.#subscribers.has(topic);
  }

  publish(i: number, logTime: bigint, data: Uint8Array): void {
    const topic = this.#topics[i];
    const message = new BridgeMessage(topic.type, logTime, data);
    if (topic.history === 'latched') this.#latched.set(topic.topic, message);
    if (this.#subscribers.has(topic.topic)) for (const each of this.#listeners) each.message(topic, message);
  }

  /** The last message of a topic that is latched; undefined if there is none. */
  latched(topic: string): BridgeMessage | undefined {
    return this.#latched.get(topic);
  }

  setTime(time: bigint): void {
    this.#time = time;
    for (const each of this.#listeners) each.time(time);
  }

  /** Adds a session. @returns a function that removes it */
  listen(listener: HubListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Counts a session that subscribes to a topic, which need not exist yet. */
  subscribe(topic: string): void {
    this.#countSubscribers(topic, 1);
    this.#onSubscription?.();
  }

  firstSubscription(): Promise<void> {
    if (this.#subscribers.size > 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#onSubscription = resolve;
    });
  }

  /** Ends what {@link subscribe} began. */
  unsubscribe(topic: string): void {
    this.#countSubscribers(topic, -1);
  }

  /** Brings what the hub knows of a world on another thread up to date, before an answer that tells it. */
  refresh(): void | Promise<void> {
    return this.#worldSide?.refresh();
  }

  /** Calls a service. An error of the service is an answer without success. @throws {InputError} when there is none of this name */
  async call(name: string): Promise<TriggerResponse> {
    const service = this.services.find((each) => each.name === name);
    if (!service) throw new InputError(`service ${name}: unknown${expected(this.services.map((each) => each.name))}`);
    try {
      return await service.call();
    } catch (error) {
      return { success: false, message: errorMessage(error) };
    }
  }

  /** Value of a parameter; undefined if there is none of this name. */
  parameter(name: string): ParameterValue | undefined {
    return this.parameters.find((each) => each.name === name)?.get();
  }

  /** Sets a parameter. @throws {InputError}, or rejects with it, for one that is unknown or read only, and for a value that is refused */
  setParameter(name: string, value: unknown): void | Promise<void> {
    const parameter = this.parameters.find((each) => each.name === name);
    if (!parameter)
      throw new InputError(`parameter ${name}: unknown${expected(this.parameters.map((each) => each.name))}`);
    if (!parameter.set) throw new InputError(`parameter ${name}: read only`);
    return after(parameter.set(value), () => this.reportParameters([parameter]));
  }

  /** Tells sessions that parameters may have changed. Default: all. */
  reportParameters(parameters: readonly BridgeParameter[] = this.parameters): void {
    for (const each of this.#listeners) each.parametersChanged(parameters);
  }

  /** The topic that clients publish under a name. @throws {InputError} if there is none, or it has another type */
  input(topic: string, type?: string): BridgeInput {
    const input = this.inputs.find((each) => each.topic === topic);
    if (!input)
      throw new InputError(
        `topic ${topic}: takes no messages of clients${expected(this.inputs.map((each) => each.topic))}`,
      );
    if (type !== undefined && fullType(type) !== input.type)
      throw new InputError(`topic ${topic}: type ${type}, expected ${input.type}`);
    return input;
  }

  /** Takes a message of a client, in CDR. @throws {MessageError} when it is not of the type, {InputError}, or rejects with it, when it is refused */
  accept(input: BridgeInput, data: Uint8Array): void | Promise<void> {
    return input.accept(messageCodec<string>(input.type).read(data));
  }

  #countSubscribers(topic: string, more: 1 | -1): void {
    const count = (this.#subscribers.get(topic) ?? 0) + more;
    if (count > 0) this.#subscribers.set(topic, count);
    else this.#subscribers.delete(topic);
    this.#worldSide?.subscribersChanged(topic, Math.max(count, 0));
  }
}

/** A type name as `package/msg/Name`, also for one in the form `package/Name` of ROS 1. */
export const fullType = (type: string): string => (type.split('/').length === 2 ? type.replace('/', '/msg/') : type);

const expected = (names: readonly string[]): string =>
  names.length === 0 ? '' : `, expected one of ${names.join(', ')}`;

function idOf(ids: Map<string, number>, name: string): number {
  let id = ids.get(name);
  if (id === undefined) {
    id = ids.size + 1;
    ids.set(name, id);
  }
  return id;
}
