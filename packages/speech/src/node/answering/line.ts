/** To somebody who answers questions, in a thread or a process of their own. */
export interface Line {
  /** What is sent to somebody who is gone is lost. */
  send(message: unknown): void;
  /** One listener: the last one that was given. */
  listen(take: (message: unknown) => void): void;
  /** Ends the other side whatever it is doing. */
  kill(): void;
  /** Resolves with why when the other side has ended. */
  readonly gone: Promise<string>;
}
