import { PraxisError } from '../errors/errors.ts';
import { describeExit, type ExitReason } from './transport.ts';

/**
 * Something with an end of its own: a thread, a process, a connection.
 *
 * @example
 * const { signal } = await service.exited;
 */
export interface Service<Reason = ExitReason> {
  /** Resolves with the reason when the service has ended, of itself or because it was closed. Never rejects. */
  readonly exited: Promise<Reason>;
  /** Lets it free what it holds, and ends it. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * @example
 * if (client.status.kind === 'exited') console.error(describeExit(client.status.reason));
 */
export type ServiceStatus<Reason = ExitReason> =
  | { readonly kind: 'starting' }
  | { readonly kind: 'running' }
  /** No heartbeat came for the time agreed; the next one makes it `running` again. */
  | { readonly kind: 'unresponsive' }
  | { readonly kind: 'exited'; readonly reason: Reason };

/**
 * A call to a service that has ended.
 *
 * @example
 * if (error instanceof ServiceExitedError) await restart();
 */
export class ServiceExitedError extends PraxisError {
  override readonly name = 'ServiceExitedError';
  readonly reason: ExitReason;

  constructor(reason: ExitReason) {
    super(`the service ${describeExit(reason)}`, { cause: reason.error });
    this.reason = reason;
  }
}
