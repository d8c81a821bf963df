import { Worker } from 'node:worker_threads';
import {
  describeExit,
  execArgvOf,
  InputError,
  moduleBeside,
  ServiceClient,
  serve,
  threadTransport,
} from '@praxis/core';
import { prepareLoopThread } from '../../threads/priority.ts';
import type { BridgeConnections, BridgeServerOptions } from '../server/bridge-server.ts';
import { halvesOf } from './halves.ts';
import { RemoteHub } from './remote-hub.ts';
import type { BridgeThreadSetup, HubService, WorldService } from './service.ts';

const PROGRAM = moduleBeside('./program', import.meta.url);

/** Options of a {@link BridgeThread}. */
export interface BridgeThreadOptions extends BridgeThreadSetup, Pick<BridgeServerOptions, 'onNote'> {}

/** A thread that has the hub of a bridge, its clients and their connections, so that the loop's thread writes to no socket. */
export class BridgeThread implements BridgeConnections {
  /** What the world publishes through. */
  readonly hub: RemoteHub;
  readonly #client: ServiceClient<HubService>;
  #clients = 0;
  #bufferedBytes = 0;
  #isClosing = false;

  private constructor({ onNote, ...setup }: BridgeThreadOptions) {
    prepareLoopThread();
    const worker = new Worker(PROGRAM, { workerData: setup, execArgv: execArgvOf(PROGRAM), name: 'bridge' });
    const halves = halvesOf(threadTransport(worker));
    this.#client = new ServiceClient<HubService>(halves.hub, {
      events: {
        progress: (progress) => {
          this.#clients = progress.clients;
          this.#bufferedBytes = progress.bufferedBytes;
          this.hub.progressed(progress);
        },
        note: (line) => onNote?.(line),
      },
      exitError: ({ error }) => error ?? new InputError('the thread of the bridge has ended'),
    });
    this.hub = new RemoteHub(this.#client, (count) =>
      onNote?.(`bridge: ${count} messages left out, since its thread does not keep up`),
    );
    serve<WorldService>(halves.world, () => this.hub.worldService);
    void this.#client.exited.then((reason) => {
      this.hub.end();
      this.#clients = 0;
      this.#bufferedBytes = 0;
      if (!this.#isClosing)
        onNote?.(`bridge: closed, since its thread ${describeExit(reason)}; the world goes on without clients`);
    });
  }

  /**
   * Starts the thread, and waits until it listens.
   * @throws {InputError} when an interface beside the loopback one has no token, or the port cannot be opened
   */
  static async open(options: BridgeThreadOptions): Promise<{ readonly thread: BridgeThread; readonly url: string }> {
    const thread = new BridgeThread(options);
    try {
      const { url } = await thread.#client.ready;
      return { thread, url };
    } catch (error) {
      thread.#isClosing = true;
      thread.kill();
      await thread.#client.exited;
      throw error;
    }
  }

  get clients(): number {
    return this.#clients;
  }

  get bufferedBytes(): number {
    return this.#bufferedBytes;
  }

  /** Ends all connections, and the thread. */
  close(): Promise<void> {
    this.#isClosing = true;
    return this.#client.close();
  }

  /** Ends the thread at once, as a failure of it does. */
  kill(): void {
    this.#client.kill();
  }
}
