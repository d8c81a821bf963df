/** Resolves when every named part is there, rejects at the first failure. */
export class Readiness {
  readonly promise: Promise<void>;
  readonly #missing: Set<string>;
  #resolve!: () => void;
  #reject!: (error: Error) => void;

  constructor(parts: readonly string[]) {
    this.#missing = new Set(parts);
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // The page shows failures; whoever awaits this hears them as well, and nobody has to.
    this.promise.catch(() => undefined);
  }

  have(part: string): void {
    this.#missing.delete(part);
    if (this.#missing.size === 0) this.#resolve();
  }

  /** @param message one line */
  fail(message: string): void {
    this.#reject(new Error(message));
  }
}
