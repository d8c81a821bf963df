/**
 * Contract of a service, as types only. Both sides name the same contract, and the compiler checks calls and handlers.
 *
 * @example
 * interface Adder extends ServiceContract {
 *   readonly methods: { add(numbers: readonly number[]): number; reset(): void };
 *   readonly events: { overflow: number };
 *   readonly info: { readonly name: string };
 * }
 */
export interface ServiceContract {
  /** Functions with at most one argument. Argument and result are cloned or encoded. */
  readonly methods: object;
  /** Payload of each event that the service sends. */
  readonly events?: object;
  /** Data that the service sends once, when it is ready. */
  readonly info?: unknown;
}

/**
 * The names of a contract's methods.
 *
 * @example
 * const name: MethodName<Adder> = 'add';
 */
export type MethodName<C extends ServiceContract> = keyof C['methods'] & string;

/**
 * The names of a contract's events.
 *
 * @example
 * const name: EventName<Adder> = 'overflow';
 */
export type EventName<C extends ServiceContract> = keyof C['events'] & string;

/**
 * Argument type of a method; undefined for a method without an argument.
 *
 * @example
 * const numbers: ArgumentOf<Adder, 'add'> = [1, 2];
 */
export type ArgumentOf<C extends ServiceContract, M extends MethodName<C>> = C['methods'][M] extends () => unknown
  ? undefined
  : C['methods'][M] extends (argument: infer A) => unknown
    ? A
    : never;

/**
 * Result type of a method.
 *
 * @example
 * const sum: ResultOf<Adder, 'add'> = 3;
 */
export type ResultOf<C extends ServiceContract, M extends MethodName<C>> = C['methods'][M] extends (
  argument: never,
) => infer R
  ? Awaited<R>
  : never;

/**
 * Type of the data that the service sends when it is ready.
 *
 * @example
 * const { name }: InfoOf<Adder> = client.info;
 */
export type InfoOf<C extends ServiceContract> = C extends { readonly info: infer I } ? I : undefined;

/** Parameters of a call. The argument is optional if the method has none. */
export type CallParameters<C extends ServiceContract, M extends MethodName<C>, Options> =
  undefined extends ArgumentOf<C, M>
    ? [argument?: ArgumentOf<C, M>, options?: Options]
    : [argument: ArgumentOf<C, M>, options?: Options];
