import { createInterface, type Interface } from 'node:readline';
import type { Readable } from 'node:stream';

/** Where commands in words come from. */
export interface CommandSource {
  /** The oldest that was not taken yet. */
  next(): string | undefined;
  /** No more will come, and all are taken. */
  readonly ended: boolean;
}

/** Lines of an input as they come; blank ones are left out. Ctrl-C is the process's own matter. */
export class CommandLines implements CommandSource {
  readonly #reader: Interface;
  readonly #waiting: string[] = [];
  #closed = false;

  constructor(input: Readable) {
    this.#reader = createInterface({ input, terminal: false });
    this.#reader.on('line', (line) => {
      if (line.trim() !== '') this.#waiting.push(line.trim());
    });
    this.#reader.on('close', () => {
      this.#closed = true;
    });
  }

  next(): string | undefined {
    return this.#waiting.shift();
  }

  get ended(): boolean {
    return this.#closed && this.#waiting.length === 0;
  }

  close(): void {
    this.#reader.close();
  }
}

/** Commands of two sources as they come. @param end whether it ends when either of them does, or only when the second does */
export const merged = (first: CommandSource, second: CommandSource, end: 'either' | 'second'): CommandSource => ({
  next: () => first.next() ?? second.next(),
  get ended() {
    return second.ended || (end === 'either' && first.ended);
  },
});
