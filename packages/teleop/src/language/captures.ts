/** Value of a rule: a number in SI units, or a name such as `left`. */
export type CapturedValue = number | string;

/** The values of the rules inside a wording, in the order of the words. */
export class Captures {
  readonly #pairs: readonly (readonly [string, CapturedValue])[];

  constructor(pairs: readonly (readonly [string, CapturedValue])[]) {
    this.#pairs = pairs;
  }

  /** Value of the first rule of that name; undefined when the wording holds none. */
  get(name: string): CapturedValue | undefined {
    return this.#pairs.find(([each]) => each === name)?.[1];
  }

  /** The first number of that name. @param otherwise value when the wording holds none */
  number(name: string, otherwise = Number.NaN): number {
    const value = this.get(name);
    return typeof value === 'number' ? value : otherwise;
  }

  /** The first name of that rule. @param otherwise value when the wording holds none */
  text(name: string, otherwise = ''): string {
    const value = this.get(name);
    return typeof value === 'string' ? value : otherwise;
  }

  /** All values of that rule, in order. */
  all(name: string): readonly CapturedValue[] {
    return this.#pairs.filter(([each]) => each === name).map(([, value]) => value);
  }

  /** The sum of all values; NaN when one of them is a name. */
  sum(): number {
    return this.#pairs.reduce((total, [, value]) => total + Number(value), 0);
  }
}
