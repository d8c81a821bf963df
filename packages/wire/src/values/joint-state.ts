import { InputError, type JointState } from '@praxis/core';
import { type Header, type JointStateMessage, MessageError } from '../messages/messages.ts';

/**
 * Selects joints by name from the messages of one topic. Additional joints, missing ones, and another or changing order are
 * allowed: drivers of an arm and of its gripper may publish their own joints on one topic.
 */
export class JointStateReader {
  /** Names of the joints in the newest message, the reader's and others. */
  newestNames: readonly string[] = [];
  readonly #names: readonly string[];
  /** Index of each selected joint in the newest message; -1 for a joint that it lacks. */
  readonly #indices: Int32Array;

  /** @throws {InputError} when a name occurs twice. */
  constructor(names: readonly string[]) {
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice !== undefined) throw new InputError(`joints: ${twice} is named twice`);
    this.#names = [...names];
    this.#indices = new Int32Array(names.length).fill(-1);
  }

  /**
   * Converts a message: rad, rad/s and Nm; m, m/s and N for prismatic joints; in the order of the constructor's names. NaN
   * stands for the position of a joint that the message lacks, and for a velocity or effort that is not measured: that array is
   * empty, or holds NaN, as `joint_state_broadcaster` writes for a missing interface. Without any effort there is no `effort`.
   * @throws {MessageError} when a joint is named twice, the lengths differ, a position is missing or not finite, or a velocity or
   * effort is infinite.
   */
  read({ name, position, velocity, effort }: JointStateMessage): JointState {
    for (const [what, values] of Object.entries({ position, velocity, effort })) {
      if (values.length === name.length || (values.length === 0 && what !== 'position')) continue;
      throw new MessageError(`joint state: ${values.length} of ${what} for ${name.length} names`);
    }
    this.#resolveIndices(name);
    const state = {
      names: this.#names,
      position: this.#pick('position', position, Number.isFinite),
      velocity: this.#pick('velocity', velocity, isFiniteOrNaN),
    };
    const efforts = this.#pick('effort', effort, isFiniteOrNaN);
    return efforts.every(Number.isNaN) ? state : { ...state, effort: efforts };
  }

  #pick(what: string, values: Float64Array, isValid: (value: number) => boolean): Float64Array {
    const out = new Float64Array(this.#indices.length).fill(Number.NaN);
    if (values.length === 0) return out;
    for (let i = 0; i < out.length; i++) {
      if (this.#indices[i] < 0) continue;
      out[i] = values[this.#indices[i]];
      if (!isValid(out[i])) throw new MessageError(`joint state: ${what} of ${this.#names[i]} is ${out[i]}`);
    }
    return out;
  }

  #resolveIndices(name: readonly string[]): void {
    const last = this.newestNames;
    if (name.length === last.length && name.every((each, i) => each === last[i])) return;
    const twice = this.#names.find((each) => name.indexOf(each) !== name.lastIndexOf(each));
    if (twice !== undefined) throw new MessageError(`joint state: ${twice} is named twice`);
    for (let i = 0; i < this.#names.length; i++) this.#indices[i] = name.indexOf(this.#names[i]);
    this.newestNames = name;
  }
}

const isFiniteOrNaN = (value: number): boolean => Number.isFinite(value) || Number.isNaN(value);

/** Converts a joint state to a message that shares its buffers; `effort` is empty if there is none. */
export function jointStateMessageOf(
  { names, position, velocity, effort }: JointState,
  header: Header,
): JointStateMessage {
  return { header, name: names, position, velocity, effort: effort ?? new Float64Array(0) };
}
