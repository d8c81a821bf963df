/**
 * How a service ended. All fields are absent when the line was closed in good order.
 *
 * @example
 * const reason: ExitReason = { signal: 'SIGKILL' };
 */
export interface ExitReason {
  /** Exit status of a process or thread; close code of a socket. */
  readonly code?: number;
  /** The signal that ended a process. */
  readonly signal?: string;
  /** What a thread threw, or why a process could not be started or reached. */
  readonly error?: Error;
  /** The last line that a process wrote on standard error, or the reason in a socket's close frame. */
  readonly detail?: string;
}

/**
 * An exit reason as the end of a sentence: `was ended by SIGKILL`, `ended with status 3: out of memory`.
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
 * A line to the other side, whatever carries it: a port, a thread, a process, a socket. Messages arrive whole and in order.
 * `onMessage` and `onExit` take one listener each and are called in the task that makes the transport: what arrives before
 * there is a listener may be lost.
 *
 * @example
 * const transport: Transport = portTransport(port);
 */
export interface Transport {
  /**
   * A message to a side that has ended is lost.
   * @param transfer objects that move to the other side instead of being copied, where the line can move objects
   * @throws a DataCloneError when the message holds something that is no data
   */
  send(message: unknown, transfer?: readonly object[]): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, when no more messages can arrive. */
  onExit(listener: (reason: ExitReason) => void): void;
  /** Ends the line at once, and the other side with it where this side started it. */
  close(): void;
  /** Says whether a call waits for an answer: an idle line need not keep the program alive. */
  setActivity?(activity: 'busy' | 'idle'): void;
}

/**
 * For transports: reports an exit once. A later reason is ignored, and a listener that comes late is told.
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
