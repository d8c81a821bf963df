import { BridgeHub } from '@praxis/wire/bridge';
import { type BridgeAddress, BridgeServer, type BridgeServerOptions } from './bridge-server.ts';
import { JpegThread } from './jpeg/jpeg-thread.ts';

/** A bridge that clients can connect to, with the parts that worlds publish through. */
export interface OpenBridge {
  readonly hub: BridgeHub;
  readonly jpeg: JpegThread;
  readonly server: BridgeServer;
  /** Address for clients, such as `ws://127.0.0.1:8765`; undefined for one that takes the upgrades of another server. */
  readonly url: string | undefined;
  close(): Promise<void>;
}

/** Where a bridge listens and who may connect, as the options of a command say. */
export interface BridgeAccess extends BridgeAddress, Pick<BridgeServerOptions, 'token' | 'origins'> {}

/** Options of {@link openBridge}. */
export interface OpenBridgeOptions extends Omit<BridgeServerOptions, 'hub'> {
  /** Where it listens; `shared`: the owner hands over the upgrades of another server. */
  readonly address: BridgeAddress | 'shared';
}

/**
 * Opens a bridge for Foxglove, Lichtblick and roslib.
 * @throws {InputError} when an interface beside the loopback one has no token, or the port cannot be opened
 */
export async function openBridge({ address, ...options }: OpenBridgeOptions): Promise<OpenBridge> {
  const hub = new BridgeHub('praxis');
  const server = new BridgeServer({ ...options, hub });
  const jpeg = new JpegThread();
  const close = async (): Promise<void> => {
    await server.close();
    await jpeg.close();
  };
  try {
    const url = address === 'shared' ? undefined : await server.listen(address);
    if (url !== undefined) options.onNote?.(`bridge for Foxglove, Lichtblick and roslib: ${url}`);
    return { hub, jpeg, server, url, close };
  } catch (error) {
    await close();
    throw error;
  }
}
