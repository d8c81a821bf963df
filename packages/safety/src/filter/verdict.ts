/** The checks that a command goes through, in this order. */
export const FILTER_STAGES = [
  'shape',
  'age',
  'jump',
  'joints',
  'cartesian',
  'workspace',
  'distance',
  'singularity',
  'contact',
] as const;
export type FilterStage = (typeof FILTER_STAGES)[number];

/** `pass`: sent as it came. `clamp`: changed so that it keeps the limits. `reject`: not used; the arm brakes this tick. */
export type Verdict = 'pass' | 'clamp' | 'reject';

/** What the filter made of one command. */
export interface FilterResult {
  readonly verdict: Verdict;
  /** The first stage that changed or refused the command; undefined when it passed. */
  readonly stage: FilterStage | undefined;
  /** One line that names the stage, the value and what was expected; made when asked for. */
  message(): string;
}

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
