import { createInterface, type Interface } from 'node:readline';
import type { Readable } from 'node:stream';
import { InputError } from '@praxis/core';

/** A queue of commands in words. */
export interface CommandSource {
  /** Removes and returns the oldest command; undefined when there is none yet. */
  next(): string | undefined;
  /** True when the source has closed and all its commands are taken. */
  readonly ended: boolean;
}

/** Reads commands from an input, one per line. Skips blank lines, and does not handle Ctrl-C. */
export class CommandLines implements CommandSource {
  readonly #reader: Interface;
  readonly #pending: string[] = [];
  #closed = false;

  constructor(input: Readable) {
    this.#reader = createInterface({ input, terminal: false });
    this.#reader.on('line', (line) => {
      if (line.trim() !== '') this.#pending.push(line.trim());
    });
    this.#reader.on('close', () => {
      this.#closed = true;
    });
  }

  next(): string | undefined {
    return this.#pending.shift();
  }

  get ended(): boolean {
    return this.#closed && this.#pending.length === 0;
  }

  close(): void {
    this.#reader.close();
  }
}

/** Commands in words that clients of a bridge publish. They come as long as there are clients, so that it never ends. */
export class ClientCommands implements CommandSource {
  readonly ended = false;
  readonly #pending: string[] = [];

  /** Adds a command. @throws {InputError} for a text without words, and for a line of the terminal such as `/reset` */
  accept(text: string): void {
    const words = text.replace(/\s+/g, ' ').trim();
    if (words === '' || words.startsWith('/')) {
      throw new InputError(
        `instruction "${words}": expected a command in words; services stop, reset and start the arm`,
      );
    }
    this.#pending.push(words);
  }

  next(): string | undefined {
    return this.#pending.shift();
  }
}

/** Merges two sources. @param end `either`: the result ends when one of the sources ends; `second`: it ends with the second source */
export const mergeCommandSources = (
  first: CommandSource,
  second: CommandSource,
  end: 'either' | 'second',
): CommandSource => ({
  next: () => first.next() ?? second.next(),
  get ended() {
    return second.ended || (end === 'either' && first.ended);
  },
});
