import { InputError, type JointState } from '@praxis/core';
import { type Header, type JointStateMessage, MessageError } from '../messages/messages.ts';

/**
 * Selects joints by name from the messages of one topic. Additional joints and another or changing order are allowed.
 */
export class JointStateReader {
  readonly #names: readonly string[];
  /** Names of the previous message, and the index of each selected joint among them. */
  #lastNames: readonly string[] = [];
  readonly #indices: Int32Array;

  /** @throws {InputError} when a name occurs twice. */
  constructor(names: readonly string[]) {
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice !== undefined) throw new InputError(`joints: ${twice} is named twice`);
    this.#names = [...names];
    this.#indices = new Int32Array(names.length).fill(-1);
  }

  /**
   * Converts a message: rad and rad/s, m and m/s for prismatic joints, in the order of the constructor's names. It has
   * efforts if the message has them.
   * @throws {MessageError} when a joint is missing or named twice, or positions or velocities are missing or not
   * finite.
   */
  read({ name, position, velocity, effort }: JointStateMessage): JointState {
    for (const [what, values] of Object.entries({ position, velocity, effort })) {
      if (values.length === name.length || values.length === 0) continue;
      throw new MessageError(`joint state: ${values.length} of ${what} for ${name.length} names`);
    }
    this.#resolveIndices(name);
    const pick = (what: string, values: Float64Array): Float64Array => {
      if (values.length === 0) throw new MessageError(`joint state: no ${what} in the message`);
      const out = new Float64Array(this.#indices.length);
      for (let i = 0; i < out.length; i++) {
        out[i] = values[this.#indices[i]];
        if (!Number.isFinite(out[i])) throw new MessageError(`joint state: ${what} of ${this.#names[i]} is ${out[i]}`);
      }
      return out;
    };
    const state = { names: this.#names, position: pick('position', position), velocity: pick('velocity', velocity) };
    return effort.length === 0 ? state : { ...state, effort: pick('effort', effort) };
  }

  #resolveIndices(name: readonly string[]): void {
    const last = this.#lastNames;
    if (name.length === last.length && name.length > 0 && name.every((each, i) => each === last[i])) return;
    for (let i = 0; i < this.#names.length; i++) {
      const wanted = this.#names[i];
      const place = name.indexOf(wanted);
      if (place < 0)
        throw new MessageError(`joint state: no joint ${wanted}, the message has ${name.join(', ') || 'none'}`);
      if (name.indexOf(wanted, place + 1) >= 0) throw new MessageError(`joint state: ${wanted} is named twice`);
      this.#indices[i] = place;
    }
    this.#lastNames = name;
  }
}

/** Converts a joint state to a message that shares its buffers; `effort` is empty if there is none. */
export function jointStateMessageOf(
  { names, position, velocity, effort }: JointState,
  header: Header,
): JointStateMessage {
  return { header, name: names, position, velocity, effort: effort ?? new Float64Array(0) };
}
