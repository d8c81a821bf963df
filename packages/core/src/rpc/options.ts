import type { EventName, ServiceContract } from './contract.ts';
import type { ErrorRegistry } from './errors.ts';
import type { ServiceStatus } from './service.ts';
import type { Timers } from './timers.ts';
import type { ExitReason } from './transport.ts';

/**
 * How often a service says that it is alive.
 *
 * @example
 * const heartbeat: Heartbeat = { periodMs: 10, timeoutMs: 100, onBeat: () => supervisor.beat('policy') };
 */
export interface Heartbeat {
  /** Time between two beats (ms). They come from the thread that answers calls: a stuck thread sends none. */
  readonly periodMs: number;
  /** Without a beat for this long (ms) the service counts as unresponsive. Left out: never. */
  readonly timeoutMs?: number;
  onBeat?(): void;
}

/**
 * @example
 * await client.call('infer', observation, { signal: AbortSignal.timeout(500) });
 */
export interface CallOptions {
  /** Rejects the call with the signal's reason, and tells the service that nothing waits for the answer. */
  readonly signal?: AbortSignal;
  /** Objects in the argument that move to the service instead of being copied. */
  readonly transfer?: readonly object[];
}

/**
 * @example
 * const options: ClientOptions<Adder> = { events: { overflow: (sum) => console.warn(sum) } };
 */
export interface ClientOptions<C extends ServiceContract> {
  /** Listeners of the service's events. They are given here so that none is missed. */
  readonly events?: { readonly [E in EventName<C>]?: (value: NonNullable<C['events']>[E & keyof C['events']]) => void };
  readonly heartbeat?: Heartbeat;
  onStatus?(status: ServiceStatus): void;
  /** A notification failed on the other side. Left out: that is ignored. */
  onNotificationError?(error: Error): void;
  /** What calls reject with after an exit. Left out: a {@link ServiceExitedError}. */
  exitError?(reason: ExitReason): Error;
  /** Calls that the service holds at once; more wait here for their turn. Left out: all of them. */
  readonly mostInFlight?: number;
  /** How long the service may take to close (ms) before it is killed. Left out: 5000. */
  readonly closeTimeoutMs?: number;
  readonly errors?: ErrorRegistry;
  readonly timers?: Timers;
}
