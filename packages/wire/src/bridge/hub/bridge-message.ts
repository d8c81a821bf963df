import { messageCodec } from '../../cdr/codec.ts';

/** A message on its way to clients. What several of them need is computed once, and only if one needs it. */
export class BridgeMessage {
  readonly type: string;
  /** Time of receipt (ns of the world's clock). */
  readonly logTime: bigint;
  /** The message in CDR. */
  readonly data: Uint8Array;
  readonly #forms = new Map<string, unknown>();

  constructor(type: string, logTime: bigint, data: Uint8Array) {
    this.type = type;
    this.logTime = logTime;
    this.data = data;
  }

  /** The decoded message. */
  get decoded(): object {
    return this.form('decoded', () => messageCodec<string>(this.type).read(this.data));
  }

  /** A form of the message, such as its JSON text, that `make` computes when it is first needed. */
  form<T>(name: string, make: () => T): T {
    const known = this.#forms.get(name);
    if (known !== undefined) return known as T;
    const made = make();
    this.#forms.set(name, made);
    return made;
  }
}
