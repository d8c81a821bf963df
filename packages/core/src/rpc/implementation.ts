import type { ArgumentOf, EventName, InfoOf, MethodName, ResultOf, ServiceContract } from './contract.ts';

/**
 * A result with the objects in it that are transferred to the caller instead of copied.
 *
 * @example
 * return new Transferring(samples, [samples.buffer]);
 */
export class Transferring<T> {
  readonly value: T;
  readonly transfer: readonly object[];

  constructor(value: T, transfer: readonly object[]) {
    this.value = value;
    this.transfer = transfer;
  }
}

/**
 * Context of a running call.
 *
 * @example
 * const find = async (query: string, { signal }: CallContext) => fetch(query, { signal });
 */
export interface CallContext {
  /** Aborted when the caller cancels the call or has ended. */
  readonly signal: AbortSignal;
  /** Allows the next message to start before this call is answered. */
  releaseQueue(): void;
}

/**
 * The handlers of a contract, one for each method.
 *
 * @example
 * const methods: Handlers<Adder> = { add: (numbers) => numbers.reduce((a, b) => a + b, 0), reset: () => {} };
 */
export type Handlers<C extends ServiceContract> = {
  readonly [M in MethodName<C>]: (
    argument: ArgumentOf<C, M>,
    context: CallContext,
  ) => ResultOf<C, M> | Transferring<ResultOf<C, M>> | Promise<ResultOf<C, M> | Transferring<ResultOf<C, M>>>;
};

/**
 * An open service.
 *
 * @example
 * const service: ServiceImplementation<Adder> = { info: { name: 'adder' }, methods };
 */
export type ServiceImplementation<C extends ServiceContract> = {
  readonly methods: Handlers<C>;
  /** Frees the service's resources. Called once, when the client closes it or has ended. */
  close?(): void | Promise<void>;
} & (undefined extends InfoOf<C> ? { readonly info?: InfoOf<C> } : { readonly info: InfoOf<C> });

/**
 * Sends an event to the client.
 *
 * @example
 * emit('overflow', 7);
 */
export type Emit<C extends ServiceContract> = <E extends EventName<C>>(
  name: E,
  value: NonNullable<C['events']>[E & keyof C['events']],
  transfer?: readonly object[],
) => void;
