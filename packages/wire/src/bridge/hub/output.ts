import type { BridgeTopic, BridgeWorld } from './world.ts';

/** Port: what a running world shows itself through. The hub is one, and so is a hub on another thread. */
export interface BridgeOutput {
  /** Topics of the world, in its order. */
  readonly topics: readonly BridgeTopic[];
  /** Replaces the world, as for a new episode. Subscriptions to topics that stay go on. */
  setWorld(world: BridgeWorld): void;
  /** True if a message of the i-th topic of the world would reach someone, now or later. */
  wants(i: number): boolean;
  /**
   * A buffer of at least so many bytes for the data of a large message that {@link publish} takes next, which the output uses again later.
   * Default: every message has a buffer of its own.
   */
  bufferFor?(bytes: number): ArrayBufferLike | undefined;
  /** Publishes a message of the i-th topic of the world. @param data the message in CDR, which the caller does not use again */
  publish(i: number, logTime: bigint, data: Uint8Array): void;
  /** Tells the time of the world's clock (ns), several times a second. */
  setTime(time: bigint): void;
  /** Tells clients that parameters may have changed. */
  reportParameters(): void;
  /** Resolves once a client subscribes to a topic, or has. */
  firstSubscription(): Promise<void>;
  /** Waits until few messages are on their way to another thread; undefined if it need not. For a world that may wait. */
  settle?(): Promise<void> | undefined;
}

/** The side of the world, for a hub on another thread. */
export interface RemoteWorldSide {
  /** Tells how many sessions subscribe to a topic, which need not exist. */
  subscribersChanged(topic: string, subscribers: number): void;
  /** Resolves when that side knows all subscriptions, what it has published has come, and parameters have their values of now. */
  refresh(): Promise<void>;
}
