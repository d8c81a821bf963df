/** What a rule means: a number in SI, or the name of what was said. */
export type CapturedValue = number | string;

/** What the rules inside a wording came to, in the order in which they were said. */
export class Captures {
  readonly #pairs: readonly (readonly [string, CapturedValue])[];

  constructor(pairs: readonly (readonly [string, CapturedValue])[]) {
    this.#pairs = pairs;
  }

  /** Value of the first rule of that name, or undefined when the wording was said without it. */
  get(name: string): CapturedValue | undefined {
    return this.#pairs.find(([each]) => each === name)?.[1];
  }

  /** @param otherwise what it is when it was not said */
  number(name: string, otherwise = Number.NaN): number {
    const value = this.get(name);
    return typeof value === 'number' ? value : otherwise;
  }

  text(name: string, otherwise = ''): string {
    const value = this.get(name);
    return typeof value === 'string' ? value : otherwise;
  }

  all(name: string): readonly CapturedValue[] {
    return this.#pairs.filter(([each]) => each === name).map(([, value]) => value);
  }

  /** All of them one after the other. */
  sum(): number {
    return this.#pairs.reduce((total, [, value]) => total + Number(value), 0);
  }
}
