import { PraxisError } from '../errors/errors.ts';
import { describeExit, type ExitReason } from './transport.ts';

/**
 * A running thread, process or connection.
 *
 * @example
 * const { signal } = await service.exited;
 */
export interface Service<Reason = ExitReason> {
  /** Resolves with the reason when the service has ended, by itself or after `close`. Never rejects. */
  readonly exited: Promise<Reason>;
  /** Frees the service's resources and ends it. A second call does nothing more. */
  close(): Promise<void>;
}

/**
 * Status of a service as its client sees it.
 *
 * @example
 * if (client.status.kind === 'exited') console.error(describeExit(client.status.reason));
 */
export type ServiceStatus<Reason = ExitReason> =
  | { readonly kind: 'starting' }
  | { readonly kind: 'running' }
  /** No heartbeat arrived within the timeout; the next one makes it `running` again. */
  | { readonly kind: 'unresponsive' }
  | { readonly kind: 'exited'; readonly reason: Reason };

/**
 * A call failed because the service has ended.
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
