import type { EventName, ServiceContract } from './contract.ts';
import type { ErrorRegistry } from './errors.ts';
import type { ServiceStatus } from './service.ts';
import type { Timers } from './timers.ts';
import type { ExitReason } from './transport.ts';

/**
 * Heartbeat of a service.
 *
 * @example
 * const heartbeat: Heartbeat = { periodMs: 10, timeoutMs: 100, onBeat: () => supervisor.beat('policy') };
 */
export interface Heartbeat {
  /** Time between two beats (ms). The thread that answers calls sends them, so a blocked thread sends none. */
  readonly periodMs: number;
  /** Time without a beat after which the service counts as unresponsive (ms). Default: never. */
  readonly timeoutMs?: number;
  onBeat?(): void;
}

/**
 * Cancellation and transfer of one call.
 *
 * @example
 * await client.call('infer', observation, { signal: AbortSignal.timeout(500) });
 */
export interface CallOptions {
  /** When aborted, the call rejects with the signal's reason, and the service receives a request to cancel it. */
  readonly signal?: AbortSignal;
  /** Objects in the argument that are transferred instead of copied. */
  readonly transfer?: readonly object[];
}

/**
 * Listeners and limits of a {@link ServiceClient}.
 *
 * @example
 * const options: ClientOptions<Adder> = { events: { overflow: (sum) => console.warn(sum) } };
 */
export interface ClientOptions<C extends ServiceContract> {
  /** Event listeners. They are set at the construction, so that no event is missed. */
  readonly events?: { readonly [E in EventName<C>]?: (value: NonNullable<C['events']>[E & keyof C['events']]) => void };
  readonly heartbeat?: Heartbeat;
  onStatus?(status: ServiceStatus): void;
  /** Called when a notification failed in the service. Default: the error is ignored. */
  onNotificationError?(error: Error): void;
  /** Error with which calls reject after an exit. Default: {@link ServiceExitedError}. */
  exitError?(reason: ExitReason): Error;
  /** Largest number of calls sent at once; further ones wait in the client. Default: no limit. */
  readonly maxInFlight?: number;
  /** Time in which the service must close (ms) before it is killed. Default 5000. */
  readonly closeTimeoutMs?: number;
  readonly errors?: ErrorRegistry;
  readonly timers?: Timers;
}
