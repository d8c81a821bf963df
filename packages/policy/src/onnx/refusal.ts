import { type Observation, type PolicySpec, visibleText } from '@praxis/core';

/** What one instruction asks for, until the text changes. */
interface Request {
  readonly text: string;
  /** True once a chunk was given for it. */
  answered: boolean;
}

/** Confidences, 0..1, below which a camera does not see what an instruction names. */
export interface RefusalLimits {
  /** Of the first instruction that is followed. */
  readonly first: number;
  /** Of one that is said while the arm moves, and its hand hides things. */
  readonly next: number;
}

/**
 * Decides whether a policy refuses an instruction: it does while no camera sees what the instruction names. Once a chunk was given for an
 * instruction, that instruction is never refused: the hand hides things later.
 */
export class Refusal {
  readonly #limits: RefusalLimits;
  /** Name of the stream with the instruction; undefined for a policy that reads none. */
  readonly #stream: string | undefined;
  #request: Request | undefined;
  /** True once a chunk was given for any instruction of the episode. */
  #moves = false;

  constructor(limits: RefusalLimits, inputs: PolicySpec['inputs']) {
    this.#limits = limits;
    this.#stream = inputs.find(({ dtype }) => dtype === 'string')?.name;
  }

  /** The request of an observation; undefined without an instruction. Call it before the inference, which a reset may overtake. */
  requestIn({ inputs }: Observation): Request | undefined {
    const input = this.#stream === undefined ? undefined : inputs.get(this.#stream);
    const text = input?.present ? input.samples.at(-1) : undefined;
    if (typeof text !== 'string') return undefined;
    if (this.#request?.text !== text) this.#request = { text, answered: false };
    return this.#request;
  }

  /**
   * Why a request is refused, in one line; undefined when it is not, and the chunk is given.
   * @param confidences of the cameras that have a picture, 0..1
   */
  reasonFor(request: Request | undefined, confidences: readonly number[]): string | undefined {
    if (!request || request.answered) return undefined;
    const limit = this.#moves ? this.#limits.next : this.#limits.first;
    if (confidences.length > 0 && confidences.every((each) => each < limit)) {
      return `nothing in view is what "${visibleText(request.text).replace(/\s+/g, ' ').trim()}" names`;
    }
    request.answered = true;
    if (request === this.#request) this.#moves = true;
    return undefined;
  }

  /** Forgets the instruction: another episode begins. */
  reset(): void {
    this.#request = undefined;
    this.#moves = false;
  }
}
