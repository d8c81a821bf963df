import { brandOf, prototypesOf } from '../errors/brand.ts';
import { BindError, CommandError, InputError, PolicyError, PraxisError, UnknownStreamError } from '../errors/errors.ts';

/**
 * An error class that the caller's side can construct again.
 *
 * @example
 * const type: ErrorClass = InputError;
 */
export type ErrorClass = new (message: string, options?: ErrorOptions) => Error;

/** An error as cloneable data. */
export interface ErrorRecord {
  /** Name of the registered class. */
  readonly type: string;
  /** The error's `name` if it differs from the class name. */
  readonly name?: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: ErrorRecord;
}

/** Longest chain of causes that is sent; a chain may be cyclic. */
const MAX_CAUSE_DEPTH = 8;

/**
 * Error classes by name, known to both sides. An error is sent as its most derived registered class, so `instanceof`
 * works on the caller's side for that class and its bases.
 *
 * @example
 * const registry = new ErrorRegistry().register('MicrophoneError', MicrophoneError);
 * throw registry.decode(registry.encode(new MicrophoneError('no microphone')));
 */
export class ErrorRegistry {
  readonly #classes = new Map<string, ErrorClass>();
  readonly #names = new Map<unknown, string>();

  constructor() {
    for (const [name, type] of Object.entries({ Error, TypeError, RangeError, SyntaxError, ReferenceError })) {
      this.register(name, type);
    }
    const ours = { PraxisError, UnknownStreamError, CommandError, BindError, PolicyError, InputError };
    for (const [name, type] of Object.entries(ours)) this.register(name, type);
  }

  /** @param name name on both sides; the name of the class itself may change in a minifier */
  register(name: string, type: ErrorClass): this {
    this.#classes.set(name, type);
    this.#names.set(type, name);
    return this;
  }

  /** Converts a thrown value to data: class, message, stack and causes. */
  encode(thrown: unknown, depth = 0): ErrorRecord {
    if (!(thrown instanceof Error)) return { type: 'Error', message: String(thrown) };
    const type = this.#typeOf(thrown);
    const { name, message, stack, cause } = thrown;
    return {
      type,
      ...(name === type ? {} : { name }),
      message,
      ...(stack === undefined ? {} : { stack }),
      ...(cause === undefined || depth === MAX_CAUSE_DEPTH ? {} : { cause: this.encode(cause, depth + 1) }),
    };
  }

  /** Reconstructs an error with the stack of its origin. */
  decode({ type, name, message, stack, cause }: ErrorRecord): Error {
    const Type = this.#classes.get(type) ?? Error;
    const error = new Type(message, cause === undefined ? undefined : { cause: this.decode(cause) });
    if (name !== undefined) Object.defineProperty(error, 'name', { value: name, configurable: true, writable: true });
    if (stack !== undefined) error.stack = stack;
    return error;
  }

  #typeOf(error: Error): string {
    for (const prototype of prototypesOf(error)) {
      const name = this.#names.get(prototype.constructor) ?? brandOf(prototype);
      if (name !== undefined && this.#classes.has(name)) return name;
    }
    return 'Error';
  }
}

/**
 * Default registry of clients and services. A package registers its error classes beside their declaration.
 *
 * @example
 * errorRegistry.register('SpeechError', SpeechError);
 */
export const errorRegistry = new ErrorRegistry();
