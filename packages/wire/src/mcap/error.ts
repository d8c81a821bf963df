import { PraxisError } from '@praxis/core';

/** A file is no MCAP file, or is damaged. The message names the byte at which that shows. */
export class McapError extends PraxisError {
  override readonly name = 'McapError';
  /** Offset in the file (bytes). */
  readonly offset: number;

  /** @param offset offset in the file (bytes) */
  constructor(offset: number, message: string, options?: ErrorOptions) {
    super(`${message} (byte ${offset})`, options);
    this.offset = offset;
  }
}
