import type { ActionChunk, Observation } from '@praxis/core';

/** Tells which instructions a policy follows: those that name something that it sees, and those that it followed once. */
export class Refusal {
  readonly #stream: string;
  readonly #below: number;
  #followed: string | undefined;

  /**
   * @param stream stream of the instruction
   * @param below confidence, 0..1, below which a thing is not seen
   */
  constructor(stream: string, below: number) {
    this.#stream = stream;
    this.#below = below;
  }

  reset(): void {
    this.#followed = undefined;
  }

  /**
   * Why the instruction is not followed, in one line; undefined if it is, and without an instruction.
   * @param seen what the cameras with a picture see of what the instruction names
   */
  check({ inputs }: Observation, seen: NonNullable<ActionChunk['grounding']>[string][]): string | undefined {
    const input = inputs.get(this.#stream);
    const text = input?.present ? input.samples.at(-1) : undefined;
    if (typeof text !== 'string' || text === this.#followed) return undefined;
    if (seen.length > 0 && seen.every(({ confidence }) => confidence < this.#below))
      return `nothing in view is what "${text}" names`;
    this.#followed = text;
    return undefined;
  }
}
