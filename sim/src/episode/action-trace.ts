import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** Digests every action of an episode in order: equal digests mean equal bits. */
export class ActionTrace {
  readonly #hash = sha256.create();

  add(actions: Float64Array): void {
    this.#hash.update(new Uint8Array(actions.buffer, actions.byteOffset, actions.byteLength));
  }

  /** Hexadecimal SHA-256 of all so far. */
  digest(): string {
    return bytesToHex(this.#hash.clone().digest());
  }
}
