import { parentPort, workerData } from 'node:worker_threads';
import { type Emit, portTransport, ServiceClient, type ServiceImplementation, serve } from '@praxis/core';
import { BridgeHub, type BridgeWorld } from '@praxis/wire/bridge';
import { BatchReader } from '../../threads/message-batch.ts';
import { yieldToLoop } from '../../threads/priority.ts';
import { BridgeServer } from '../server/bridge-server.ts';
import { halvesOf } from './halves.ts';
import type {
  BridgeThreadSetup,
  HubService,
  ParameterValues,
  PostedMessages,
  WorldDescription,
  WorldService,
} from './service.ts';

/** The world's side hears so often what was taken (ms), and at once after so much of it (bytes). */
const REPORT_PERIOD_MS = 20;
const REPORT_BYTES = 256 * 1024;

/** Has hub and clients of a bridge whose world is on another thread. */
class HubThread {
  readonly #world: ServiceClient<WorldService>;
  readonly #emit: Emit<HubService>;
  readonly #hub: BridgeHub;
  readonly #server: BridgeServer;
  readonly #reader = new BatchReader();
  readonly #timer: NodeJS.Timeout;
  #values: ParameterValues = {};
  #posts = 0;
  #taken = 0;
  #reported = '';

  constructor({ name, ...options }: BridgeThreadSetup, world: ServiceClient<WorldService>, emit: Emit<HubService>) {
    this.#world = world;
    this.#emit = emit;
    this.#hub = new BridgeHub(name, {
      subscribersChanged: (topic, subscribers) => world.notify('subscribersChanged', { topic, subscribers }),
      refresh: async () => {
        this.#values = await world.call('refresh');
      },
    });
    this.#server = new BridgeServer({ ...options, hub: this.#hub, onNote: (line) => emit('note', line) });
    this.#timer = setInterval(() => this.#report(), REPORT_PERIOD_MS).unref();
  }

  async open({ address }: BridgeThreadSetup): Promise<ServiceImplementation<HubService>> {
    const url = await this.#server.listen(address);
    return {
      info: { url },
      methods: {
        publish: (posted) => this.#publish(posted),
        setWorld: (description) => {
          this.#values = description.values;
          this.#hub.setWorld(this.#worldOf(description));
        },
        reportParameters: (values) => {
          this.#values = values;
          this.#hub.reportParameters();
        },
      },
      close: () => {
        clearInterval(this.#timer);
        return this.#server.close();
      },
    };
  }

  #publish({ batch, time, weight }: PostedMessages): void {
    for (const { channel, logTime, data } of batch ? this.#reader.messagesOf(batch) : []) {
      if (!this.#hub.wants(channel)) continue;
      // Shared memory is used again once the post is taken, while a message may wait for a client.
      this.#hub.publish(channel, logTime, data.buffer instanceof SharedArrayBuffer ? data.slice() : data);
    }
    if (time !== undefined) this.#hub.setTime(time);
    this.#posts++;
    this.#taken += weight;
    if (this.#taken >= REPORT_BYTES) this.#report();
  }

  #report(): void {
    const { clients, bufferedBytes } = this.#server;
    const state = `${clients} ${bufferedBytes}`;
    if (this.#posts === 0 && state === this.#reported) return;
    this.#reported = state;
    this.#emit('progress', { posts: this.#posts, taken: this.#taken, clients, bufferedBytes });
    this.#posts = 0;
    this.#taken = 0;
  }

  /** A world whose functions ask the other side. */
  #worldOf({ topics, services, parameters, inputs }: WorldDescription): BridgeWorld {
    const world = this.#world;
    return {
      topics,
      services: services.map((name) => ({ name, call: () => world.call('call', name) })),
      parameters: parameters.map(({ name, isSettable }) => {
        const get = () => this.#values[name];
        const set = async (value: unknown): Promise<void> => {
          this.#values = await world.call('set', { name, value });
        };
        return isSettable ? { name, get, set } : { name, get };
      }),
      inputs: inputs.map(({ topic, type }) => ({
        ...{ topic, type },
        accept: (message) => world.call('accept', { topic, message }),
      })),
    };
  }
}

const { hub, world } = halvesOf(portTransport(parentPort!));
const worldSide = new ServiceClient<WorldService>(world);
serve<HubService>(hub, (emit) => {
  yieldToLoop();
  const setup = workerData as BridgeThreadSetup;
  return new HubThread(setup, worldSide, emit).open(setup);
});
