import type { FilterResult, FilterStage, Verdict } from './result.ts';

const VALUE = 0;
const LIMIT = 1;

/** The filter's one result: the first stage that had something to say stands, a rejection over all. */
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
   * @param what what was measured, with its unit
   * @param subject whose it is: a joint, a link, a pair
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
    this.#numbers[VALUE] = value;
    this.#numbers[LIMIT] = limit;
  }

  message(): string {
    if (this.#stage === undefined) return 'command passed';
    const [value, limit] = this.#numbers;
    const subject = this.#subject === '' ? '' : `${this.#subject}: `;
    const did = this.#verdict === 'clamp' ? 'changed' : 'refused';
    return `command ${did} by ${this.#stage}: ${subject}${this.#what} is ${value}, limit ${limit}`;
  }
}
