/**
 * Reason for the end of a service. All fields are absent after an orderly close.
 *
 * @example
 * const reason: ExitReason = { signal: 'SIGKILL' };
 */
export interface ExitReason {
  /** Exit status of a process or thread, or close code of a socket. */
  readonly code?: number;
  /** The signal that ended a process. */
  readonly signal?: string;
  /** Error that ended a thread, or the reason why a process could not be started or reached. */
  readonly error?: Error;
  /** Last line of a process on standard error, or the reason in a socket's close frame. */
  readonly detail?: string;
}

/**
 * Formats an exit reason as a predicate: `was ended by SIGKILL`, `ended with status 3: out of memory`.
 *
 * @example
 * console.error(`the recogniser ${describeExit(reason)}`);
 */
export function describeExit({ code, signal, error, detail }: ExitReason): string {
  const tail = detail ? `: ${detail}` : '';
  if (error) return `failed: ${error.message}`;
  if (signal !== undefined) return `was ended by ${signal}${tail}`;
  return code === undefined ? `was closed${tail}` : `ended with status ${code}${tail}`;
}

/**
 * A connection to the other side over a port, thread, process or socket. Messages arrive complete and in order.
 * Register the one listener of `onMessage` and of `onExit` in the task that creates the transport; earlier messages may
 * be lost.
 *
 * @example
 * const transport: Transport = portTransport(port);
 */
export interface Transport {
  /**
   * Sends a message. It is lost if the other side has ended.
   * @param transfer objects to transfer instead of copying, if the transport supports it
   * @throws a DataCloneError when the message cannot be cloned
   */
  send(message: unknown, transfer?: readonly object[]): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The listener is called once, after the last message. */
  onExit(listener: (reason: ExitReason) => void): void;
  /** Closes the connection immediately, and ends the other side if this side started it. */
  close(): void;
  /** Tells whether a call waits for an answer: an idle transport need not keep the program alive. */
  setActivity?(activity: 'busy' | 'idle'): void;
}

/**
 * Reports an exit once, for implementations of transports. Later reasons are ignored, and a late listener is called
 * immediately.
 *
 * @example
 * const exit = new ExitReport();
 * port.on('close', () => exit.report({}));
 * const transport = { ...line, onExit: (listener) => exit.listen(listener) };
 */
export class ExitReport {
  #reason: ExitReason | undefined;
  #listener: ((reason: ExitReason) => void) | undefined;

  get reported(): boolean {
    return this.#reason !== undefined;
  }

  listen(listener: (reason: ExitReason) => void): void {
    this.#listener = listener;
    if (this.#reason) listener(this.#reason);
  }

  report(reason: ExitReason): void {
    if (this.#reason) return;
    this.#reason = reason;
    this.#listener?.(reason);
  }
}
