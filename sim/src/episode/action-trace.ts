import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** Computes a SHA-256 over every action of an episode, in order. Equal digests mean bit-identical actions. */
export class ActionTrace {
  readonly #hash = sha256.create();

  /** Appends the 64-bit floats of `actions` to the hash. */
  add(actions: Float64Array): void {
    this.#hash.update(new Uint8Array(actions.buffer, actions.byteOffset, actions.byteLength));
  }

  /** Returns the hexadecimal SHA-256 of all actions so far. More actions may follow. */
  digest(): string {
    return bytesToHex(this.#hash.clone().digest());
  }
}
