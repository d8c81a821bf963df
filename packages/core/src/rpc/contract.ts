/**
 * What a service offers, as types only: both sides name the same contract, and the compiler checks calls and handlers.
 *
 * @example
 * interface Adder extends ServiceContract {
 *   readonly methods: { add(numbers: readonly number[]): number; reset(): void };
 *   readonly events: { overflow: number };
 *   readonly info: { readonly name: string };
 * }
 */
export interface ServiceContract {
  /** Functions of at most one argument. Argument and result cross the boundary as data. */
  readonly methods: object;
  /** Payload of each event that the service sends of its own accord. */
  readonly events?: object;
  /** What the service tells once, when it is ready. */
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
 * What one method takes; undefined for a method without an argument.
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
 * What one method answers.
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
 * What the service tells when it is ready.
 *
 * @example
 * const { name }: InfoOf<Adder> = client.info;
 */
export type InfoOf<C extends ServiceContract> = C extends { readonly info: infer I } ? I : undefined;

/** Parameters of a call: the argument may be left out where the method has none. */
export type CallParameters<C extends ServiceContract, M extends MethodName<C>, Options> =
  undefined extends ArgumentOf<C, M>
    ? [argument?: ArgumentOf<C, M>, options?: Options]
    : [argument: ArgumentOf<C, M>, options?: Options];
