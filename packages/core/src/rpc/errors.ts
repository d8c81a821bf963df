import { BindError, CommandError, InputError, PolicyError, PraxisError, UnknownStreamError } from '../errors/errors.ts';

/**
 * A class of errors that can be made anew on the caller's side.
 *
 * @example
 * const type: ErrorClass = InputError;
 */
export type ErrorClass = new (message: string, options?: ErrorOptions) => Error;

/** An error as data. */
export interface ErrorRecord {
  /** Name under which the class is registered. */
  readonly type: string;
  /** `name` of the error, where it is not that of the class. */
  readonly name?: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: ErrorRecord;
}

/** Causes of causes that cross the boundary: a chain may be a ring. */
const MOST_CAUSES = 8;

/**
 * Classes of errors by name, known to both sides. An error crosses as the most derived class that is registered, so
 * `instanceof` holds on the caller's side for it and for every class above it.
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

  /** @param name the same on both sides; the names of classes themselves do not survive a minifier */
  register(name: string, type: ErrorClass): this {
    this.#classes.set(name, type);
    this.#names.set(type, name);
    return this;
  }

  /** Any value that was thrown, as data: class, message, stack and causes. */
  encode(thrown: unknown, depth = 0): ErrorRecord {
    if (!(thrown instanceof Error)) return { type: 'Error', message: String(thrown) };
    const type = this.#typeOf(thrown);
    const { name, message, stack, cause } = thrown;
    return {
      type,
      ...(name === type ? {} : { name }),
      message,
      ...(stack === undefined ? {} : { stack }),
      ...(cause === undefined || depth === MOST_CAUSES ? {} : { cause: this.encode(cause, depth + 1) }),
    };
  }

  /** The error again, with the stack of the place that threw it. */
  decode({ type, name, message, stack, cause }: ErrorRecord): Error {
    const Type = this.#classes.get(type) ?? Error;
    const error = new Type(message, cause === undefined ? undefined : { cause: this.decode(cause) });
    if (name !== undefined) Object.defineProperty(error, 'name', { value: name, configurable: true, writable: true });
    if (stack !== undefined) error.stack = stack;
    return error;
  }

  #typeOf(error: Error): string {
    for (let proto: object | null = error; proto; proto = Object.getPrototypeOf(proto)) {
      const name = this.#names.get(proto.constructor);
      if (name !== undefined) return name;
    }
    return 'Error';
  }
}

/**
 * The registry that clients and services use unless they are given another. A package with an error class of its own
 * registers it beside the class.
 *
 * @example
 * errorRegistry.register('SpeechError', SpeechError);
 */
export const errorRegistry = new ErrorRegistry();
