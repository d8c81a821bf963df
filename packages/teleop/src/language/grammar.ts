import { InputError } from '@praxis/core';
import { type CapturedValue, Captures } from './captures.ts';
import { type PatternNode, parsePattern } from './notation.ts';

/** One wording of a rule, and its value. */
export interface RuleForm {
  readonly pattern: string;
  /** The value of the words; undefined when they have none, so that this is no way to read them ("two and five quarters"). */
  value(captures: Captures): CapturedValue | undefined;
}

/** A named part of commands with its wordings: a direction, a number, a length. */
export interface Rule {
  readonly name: string;
  /** One line for the document. */
  readonly description: string;
  readonly forms: readonly RuleForm[];
}

/** Makes a rule of synonyms. @param words for each value its wordings, the one that the document writes first */
export function synonymRule(
  name: string,
  description: string,
  words: Readonly<Record<string, readonly string[]>>,
): Rule {
  return {
    name,
    description,
    forms: Object.entries(words).flatMap(([key, wordings]) =>
      wordings.map((pattern) => ({ pattern, value: () => key })),
    ),
  };
}

/** Makes a rule of number words. @param words for each wording its value */
export function numberRule(name: string, description: string, words: Readonly<Record<string, number>>): Rule {
  return {
    name,
    description,
    forms: Object.entries(words).map(([pattern, number]) => ({ pattern, value: () => number })),
  };
}

/** A wording of a rule as a tree, and its value. */
export interface CompiledRuleForm {
  readonly node: PatternNode;
  /** See {@link RuleForm.value}. */
  value(captures: Captures): CapturedValue | undefined;
}

/** One way to read the words from `from` up to `end`. */
export interface Parse {
  readonly end: number;
  readonly pairs: readonly (readonly [string, CapturedValue])[];
}

/** Rules by name, compiled for parsing. */
export class Grammar {
  readonly #forms = new Map<string, readonly CompiledRuleForm[]>();
  readonly rules: readonly Rule[];

  /** @throws {InputError} on a pattern that breaks the notation, an unknown rule or a duplicate name */
  constructor(rules: readonly Rule[]) {
    this.rules = rules;
    for (const { name, forms } of rules) {
      if (this.#forms.has(name)) throw new InputError(`rule <${name}> is defined twice`);
      this.#forms.set(
        name,
        forms.map(({ pattern, value }) => ({ node: parsePattern(pattern), value })),
      );
    }
    for (const forms of this.#forms.values()) for (const { node } of forms) this.validate(node);
  }

  /** @throws {InputError} when the node names a rule that this grammar does not define */
  validate(node: PatternNode): void {
    if (node.is === 'rule') this.formsOf(node.rule);
    else if (node.is === 'maybe' || node.is === 'many') this.validate(node.of);
    else if (node.is === 'all' || node.is === 'any') for (const each of node.of) this.validate(each);
  }

  /** The wordings of a rule. @throws {InputError} when this grammar does not define it */
  formsOf(rule: string): readonly CompiledRuleForm[] {
    const forms = this.#forms.get(rule);
    if (!forms) throw new InputError(`rule <${rule}> is unknown; known are ${[...this.#forms.keys()].join(', ')}`);
    return forms;
  }

  /** Every way in which `node` reads the words from index `from` on, in the order of its wordings. */
  parse(node: PatternNode, words: readonly string[], from: number): readonly Parse[] {
    const none: Parse['pairs'] = [];
    switch (node.is) {
      case 'word':
        return words[from] === node.word ? [{ end: from + 1, pairs: none }] : [];
      case 'numeral':
        return isNumeral(words[from]) ? [{ end: from + 1, pairs: numeralPairs(words[from]) }] : [];
      case 'maybe':
        return [...this.parse(node.of, words, from), { end: from, pairs: none }];
      case 'any':
        return node.of.flatMap((each) => this.parse(each, words, from));
      case 'all':
        return this.#parseSequence(node.of, words, [{ end: from, pairs: none }]);
      case 'many':
        return this.#parseRepetition(node.of, words, from);
      case 'rule':
        return this.formsOf(node.rule).flatMap(({ node: form, value }) =>
          this.parse(form, words, from).flatMap(({ end, pairs }): readonly Parse[] => {
            const read = value(new Captures(pairs));
            return read === undefined ? [] : [{ end, pairs: [[node.name, read]] }];
          }),
        );
    }
  }

  #parseSequence(nodes: readonly PatternNode[], words: readonly string[], begun: readonly Parse[]): readonly Parse[] {
    return nodes.reduce<readonly Parse[]>(
      (readings, node) =>
        readings.flatMap(({ end, pairs }) =>
          this.parse(node, words, end).map((next) => ({ end: next.end, pairs: [...pairs, ...next.pairs] })),
        ),
      begun,
    );
  }

  #parseRepetition(node: PatternNode, words: readonly string[], from: number): readonly Parse[] {
    const found: Parse[] = [];
    let last = this.parse(node, words, from);
    while (last.length > 0) {
      found.unshift(...last);
      last = this.#parseSequence([node], words, last);
    }
    return found;
  }
}

/** True when a word is a number in figures: `12`, `2.5`, `1/2`. */
export const isNumeral = (word: string | undefined): boolean =>
  word !== undefined && /^(\d+(\.\d+)?|\d+\/[1-9]\d*)$/.test(word);

/** The value of a number in figures as `#`; that of a fraction also as `/`. */
const numeralPairs = (word: string): Parse['pairs'] => {
  const [above, below] = word.split('/');
  if (below === undefined) return [['#', Number(above)]];
  const value = Number(above) / Number(below);
  return [
    ['#', value],
    ['/', value],
  ];
};
