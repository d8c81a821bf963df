import { BridgeHub, type BridgeOutput } from '@praxis/wire/bridge';
import { JpegThread } from './jpeg/jpeg-thread.ts';
import {
  type BridgeAddress,
  type BridgeConnections,
  BridgeServer,
  type BridgeServerOptions,
} from './server/bridge-server.ts';
import { BridgeThread } from './thread/bridge-thread.ts';

/** Name that clients display. */
const NAME = 'praxis';

/** A bridge that clients can connect to, with the parts that worlds publish through. */
export interface OpenBridge {
  readonly hub: BridgeOutput;
  readonly jpeg: JpegThread;
  readonly server: BridgeConnections;
  /** Address for clients, such as `ws://127.0.0.1:8765`; undefined for one that takes the upgrades of another server. */
  readonly url: string | undefined;
  close(): Promise<void>;
}

/** A bridge that takes the upgrades of another server, on the thread of that server. */
export interface SharedBridge extends OpenBridge {
  readonly server: BridgeServer;
  readonly url: undefined;
}

/** Where a bridge listens and who may connect, as the options of a command say. */
export interface BridgeAccess extends BridgeAddress, Pick<BridgeServerOptions, 'token' | 'origins'> {}

/** Options of {@link openBridge}. */
export interface OpenBridgeOptions extends Omit<BridgeServerOptions, 'hub'> {
  /** Where it listens, in a thread of its own; `shared`: the owner hands over the upgrades of another server. */
  readonly address: BridgeAddress | 'shared';
}

/**
 * Opens a bridge for Foxglove, Lichtblick and roslib. One with a port of its own has a thread for hub, clients and connections, so that the
 * loop's thread only hands messages over. If that thread ends, a note says so and the world goes on.
 * @throws {InputError} when an interface beside the loopback one has no token, or the port cannot be opened
 */
export function openBridge(options: OpenBridgeOptions & { readonly address: 'shared' }): Promise<SharedBridge>;
export function openBridge(options: OpenBridgeOptions): Promise<OpenBridge>;
export async function openBridge({ address, ...options }: OpenBridgeOptions): Promise<OpenBridge> {
  if (address === 'shared') {
    const hub = new BridgeHub(NAME);
    const server = new BridgeServer({ ...options, hub });
    return closing({ hub, server, url: undefined }, server);
  }
  const { thread, url } = await BridgeThread.open({ ...options, name: NAME, address });
  options.onNote?.(`bridge for Foxglove, Lichtblick and roslib: ${url}`);
  return closing({ hub: thread.hub, server: thread, url }, thread);
}

/** Adds the thread for pictures, and the end of both. */
function closing<T extends Omit<OpenBridge, 'jpeg' | 'close'>>(bridge: T, server: { close(): Promise<void> }) {
  const jpeg = new JpegThread();
  const close = async (): Promise<void> => {
    await server.close();
    await jpeg.close();
  };
  return { ...bridge, jpeg, close };
}
