import type { FilterStage } from './filter-stages.ts';

/**
 * `pass`: the output is the command. `clamp`: the output was changed to keep the limits. `reject`: the arm brakes
 * instead.
 */
export type Verdict = 'pass' | 'clamp' | 'reject';

/** Result of the filter for one command. */
export interface FilterResult {
  /** Verdict on the command. */
  readonly verdict: Verdict;
  /** First stage that changed or rejected the command; undefined if it passed. */
  readonly stage: FilterStage | undefined;
  /** One line that names the stage, the value and the expected one. It is formatted on demand. */
  message(): string;
}

const VALUE_INDEX = 0;
const LIMIT_INDEX = 1;

/** The filter's only result object. It keeps the first note of a clamp; a rejection replaces it. */
export class FilterVerdict implements FilterResult {
  #verdict: Verdict = 'pass';
  #stage: FilterStage | undefined;
  #what = '';
  #subject = '';
  readonly #numbers = new Float64Array(2);

  get verdict(): Verdict {
    return this.#verdict;
  }

  get stage(): FilterStage | undefined {
    return this.#stage;
  }

  clear(): void {
    this.#verdict = 'pass';
    this.#stage = undefined;
  }

  /**
   * @param what the measured quantity with its unit
   * @param subject the joint, link or pair that was measured
   */
  note(
    verdict: 'clamp' | 'reject',
    stage: FilterStage,
    what: string,
    subject: string,
    value: number,
    limit: number,
  ): void {
    if (this.#verdict === 'reject' || this.#verdict === verdict) return;
    this.#verdict = verdict;
    this.#stage = stage;
    this.#what = what;
    this.#subject = subject;
    this.#numbers[VALUE_INDEX] = value;
    this.#numbers[LIMIT_INDEX] = limit;
  }

  message(): string {
    if (this.#stage === undefined) return 'command passed';
    const [value, limit] = this.#numbers;
    const subject = this.#subject === '' ? '' : `${this.#subject}: `;
    const did = this.#verdict === 'clamp' ? 'changed' : 'rejected';
    return `command ${did} by ${this.#stage}: ${subject}${this.#what} is ${value}, limit ${limit}`;
  }
}
