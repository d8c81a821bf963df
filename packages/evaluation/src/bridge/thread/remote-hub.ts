import { InputError, type ServiceClient, type ServiceImplementation } from '@praxis/core';
import { type BridgeOutput, type BridgeWorld, EVENTS_KEPT, RareReport, TopicQueue } from '@praxis/wire/bridge';
import type { McapMessage } from '@praxis/wire/mcap';
import { BatchBuilder } from '../../threads/message-batch.ts';
import { SharedBuffers } from '../../threads/shared-buffers.ts';
import type { BridgeProgress, HubService, ParameterValues, WorldService } from './service.ts';

/** With so much on its way to the thread, messages wait, and of each topic only the newest (bytes). */
export const BACKLOG_BYTES = 16 * 1024 * 1024;
/** `settle` waits from this number of bytes on their way on. */
const SETTLE_BYTES = 2 * 1024 * 1024;
/** What a post counts beside the bytes of its messages. */
const POST_BYTES = 1024;

const EMPTY: BridgeWorld = { topics: [], services: [], parameters: [], inputs: [] };

/** A hub that is on another thread, for the world on this one. The world never waits for it: what the thread does not take in time is left out, and counted. */
export class RemoteHub implements BridgeOutput {
  readonly #thread: Pick<ServiceClient<HubService>, 'notify'>;
  readonly #report: RareReport;
  readonly #batch = new BatchBuilder();
  readonly #buffers = new SharedBuffers();
  readonly #waiting = new TopicQueue<McapMessage>();
  readonly #subscribed = new Set<string>();
  #world = EMPTY;
  #backlogBytes = 0;
  #time: bigint | undefined;
  #parametersWait = false;
  #isScheduled = false;
  #hasEnded = false;
  #onSubscription: (() => void) | undefined;
  readonly #onSettled: (() => void)[] = [];

  /** @param onLeftOut called with the number of messages left out so far: for the first, the tenth, the hundredth ... */
  constructor(thread: Pick<ServiceClient<HubService>, 'notify'>, onLeftOut: (count: number) => void) {
    this.#thread = thread;
    this.#report = new RareReport(onLeftOut);
  }

  get topics(): BridgeWorld['topics'] {
    return this.#world.topics;
  }

  /** What is on its way to the thread (bytes). */
  get backlogBytes(): number {
    return this.#backlogBytes;
  }

  setWorld(world: BridgeWorld): void {
    this.flush();
    // Messages that wait are those of the world before, whose topics have other numbers.
    this.#waiting.clear();
    this.#report.tell(this.#waiting.dropped);
    this.#world = world;
    const { topics, services, parameters, inputs } = world;
    this.#thread.notify('setWorld', {
      topics,
      services: services.map(({ name }) => name),
      parameters: parameters.map(({ name, set }) => ({ name, isSettable: set !== undefined })),
      inputs: inputs.map(({ topic, type }) => ({ topic, type })),
      values: this.#values(),
    });
  }

  wants(i: number): boolean {
    const { topic, history } = this.#world.topics[i];
    return !this.#hasEnded && (history === 'latched' || this.#subscribed.has(topic));
  }

  bufferFor(bytes: number): SharedArrayBuffer | undefined {
    return this.#hasEnded || this.#isBehind ? undefined : this.#buffers.take(bytes);
  }

  publish(i: number, logTime: bigint, data: Uint8Array): void {
    if (!this.wants(i)) return;
    const { topic, keep } = this.#world.topics[i];
    if (!this.#isBehind) {
      this.#batch.add({ channel: i, logTime, publishTime: logTime, data });
      this.#schedule();
      return;
    }
    // Shared memory belongs to the batch that is posted next.
    const own = data.buffer instanceof SharedArrayBuffer ? data.slice() : data;
    const message = { channel: i, logTime, publishTime: logTime, data: own };
    if (this.#waiting.add(topic, keep === 'each' ? EVENTS_KEPT : 1, message)) this.#report.tell(this.#waiting.dropped);
  }

  setTime(time: bigint): void {
    this.#time = time;
    this.flush();
  }

  reportParameters(): void {
    this.#parametersWait = true;
    this.flush();
  }

  firstSubscription(): Promise<void> {
    if (this.#subscribed.size > 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#onSubscription = resolve;
    });
  }

  settle(): Promise<void> | undefined {
    if (this.#hasEnded || this.#backlogBytes < SETTLE_BYTES) return undefined;
    return new Promise((resolve) => void this.#onSettled.push(resolve));
  }

  /** Posts what has come together. While the thread is behind, time and parameters wait. */
  flush(): void {
    this.#isScheduled = false;
    if (this.#hasEnded) return;
    const time = this.#isBehind ? undefined : this.#time;
    if (this.#batch.bytes > 0 || time !== undefined) {
      const { batch, transfer } = this.#batch.finish();
      const weight = POST_BYTES + batch.bytes;
      this.#backlogBytes += weight;
      this.#buffers.batchSent();
      this.#thread.notify('publish', { batch, time, weight }, { transfer });
      if (time !== undefined) this.#time = undefined;
    }
    if (!this.#parametersWait || this.#isBehind) return;
    this.#parametersWait = false;
    this.#thread.notify('reportParameters', this.#values());
  }

  /** Takes the thread's report of what it has taken, and posts what waited. */
  progressed({ posts, taken }: Pick<BridgeProgress, 'posts' | 'taken'>): void {
    this.#backlogBytes -= taken;
    for (let i = 0; i < posts; i++) this.#buffers.batchTaken();
    while (this.#waiting.size > 0 && this.#backlogBytes + this.#batch.bytes < BACKLOG_BYTES) {
      this.#batch.add(this.#waiting.take()!);
    }
    this.flush();
    if (this.#backlogBytes < SETTLE_BYTES) this.#settled();
  }

  /** Nothing is wanted any more, since the thread has ended. */
  end(): void {
    this.#hasEnded = true;
    this.#waiting.clear();
    this.#settled();
  }

  /** What the thread asks of the world. Each answer comes after what was published before it. */
  get worldService(): ServiceImplementation<WorldService> {
    return {
      methods: {
        subscribersChanged: ({ topic, subscribers }) => {
          if (subscribers === 0) this.#subscribed.delete(topic);
          else this.#subscribed.add(topic);
          if (subscribers > 0) this.#onSubscription?.();
        },
        refresh: () => this.#after(() => this.#values()),
        call: async (name, { releaseQueue }) => {
          releaseQueue();
          const service = this.#world.services.find((each) => each.name === name);
          if (!service) throw new InputError(`service ${name}: unknown`);
          const response = await service.call();
          return this.#after(() => response);
        },
        set: async ({ name, value }) => {
          const parameter = this.#world.parameters.find((each) => each.name === name);
          if (!parameter?.set) throw new InputError(`parameter ${name}: read only`);
          await parameter.set(value);
          return this.#after(() => this.#values());
        },
        accept: async ({ topic, message }) => {
          const input = this.#world.inputs.find((each) => each.topic === topic);
          if (!input) throw new InputError(`topic ${topic}: takes no messages of clients`);
          await input.accept(message);
          this.flush();
        },
      },
    };
  }

  get #isBehind(): boolean {
    return this.#backlogBytes >= BACKLOG_BYTES;
  }

  #after<T>(answer: () => T): T {
    this.flush();
    return answer();
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    // After the work of this turn, such as a period of the loop.
    queueMicrotask(() => this.flush());
  }

  #settled(): void {
    for (const each of this.#onSettled.splice(0)) each();
  }

  #values(): ParameterValues {
    return Object.fromEntries(this.#world.parameters.map(({ name, get }) => [name, get()]));
  }
}
