import { InputError } from '@praxis/core';
import { Captures, type Value } from './captures.ts';
import { type Node, parsePattern } from './notation.ts';

/** One way to say something. */
export interface Form {
  readonly pattern: string;
  value(captures: Captures): Value;
}

/** Something that can be said inside a command: a direction, a number, a length. */
export interface Rule {
  readonly name: string;
  /** One line for the document. */
  readonly says: string;
  readonly forms: readonly Form[];
}

/** Synonyms: the first wording of each is how the document writes it. */
export function synonyms(name: string, says: string, words: Readonly<Record<string, readonly string[]>>): Rule {
  return {
    name,
    says,
    forms: Object.entries(words).flatMap(([key, wordings]) =>
      wordings.map((pattern) => ({ pattern, value: () => key })),
    ),
  };
}

/** Words for numbers. */
export function numbers(name: string, says: string, words: Readonly<Record<string, number>>): Rule {
  return { name, says, forms: Object.entries(words).map(([pattern, number]) => ({ pattern, value: () => number })) };
}

interface CompiledForm {
  readonly node: Node;
  value(captures: Captures): Value;
}

/** One way to read the words from `from` up to `end`. */
export interface Reading {
  readonly end: number;
  readonly pairs: readonly (readonly [string, Value])[];
}

/** Rules by name, ready to read words. */
export class RuleBook {
  readonly #forms = new Map<string, readonly CompiledForm[]>();
  readonly rules: readonly Rule[];

  /** @throws {InputError} on a pattern that breaks the notation, an unknown rule or a name that is there twice. */
  constructor(rules: readonly Rule[]) {
    this.rules = rules;
    for (const { name, forms } of rules) {
      if (this.#forms.has(name)) throw new InputError(`rule <${name}> is there twice`);
      this.#forms.set(
        name,
        forms.map(({ pattern, value }) => ({ node: parsePattern(pattern), value })),
      );
    }
    for (const forms of this.#forms.values()) for (const { node } of forms) this.check(node);
  }

  /** @throws {InputError} when the node names a rule that is not here. */
  check(node: Node): void {
    if (node.is === 'rule') this.formsOf(node.rule);
    else if (node.is === 'maybe' || node.is === 'many') this.check(node.of);
    else if (node.is === 'all' || node.is === 'any') for (const each of node.of) this.check(each);
  }

  formsOf(rule: string): readonly CompiledForm[] {
    const forms = this.#forms.get(rule);
    if (!forms) throw new InputError(`rule <${rule}> is unknown; known are ${[...this.#forms.keys()].join(', ')}`);
    return forms;
  }

  /** Every way in which `node` reads words from `from` on: at most one for each end and meaning tried, longest last. */
  read(node: Node, words: readonly string[], from: number): readonly Reading[] {
    const none: Reading['pairs'] = [];
    switch (node.is) {
      case 'word':
        return words[from] === node.word ? [{ end: from + 1, pairs: none }] : [];
      case 'numeral':
        return isNumeral(words[from]) ? [{ end: from + 1, pairs: [['#', numeralOf(words[from])]] }] : [];
      case 'maybe':
        return [...this.read(node.of, words, from), { end: from, pairs: none }];
      case 'any':
        return node.of.flatMap((each) => this.read(each, words, from));
      case 'all':
        return this.#inOrder(node.of, words, [{ end: from, pairs: none }]);
      case 'many':
        return this.#many(node.of, words, from);
      case 'rule':
        return this.formsOf(node.rule).flatMap(({ node: form, value }) =>
          this.read(form, words, from).map(({ end, pairs }): Reading => {
            return { end, pairs: [[node.name, value(new Captures(pairs))]] };
          }),
        );
    }
  }

  #inOrder(nodes: readonly Node[], words: readonly string[], begun: readonly Reading[]): readonly Reading[] {
    return nodes.reduce<readonly Reading[]>(
      (readings, node) =>
        readings.flatMap(({ end, pairs }) =>
          this.read(node, words, end).map((next) => ({ end: next.end, pairs: [...pairs, ...next.pairs] })),
        ),
      begun,
    );
  }

  #many(node: Node, words: readonly string[], from: number): readonly Reading[] {
    const found: Reading[] = [];
    let last = this.read(node, words, from);
    while (last.length > 0) {
      found.unshift(...last);
      last = this.#inOrder([node], words, last);
    }
    return found;
  }
}

/** `12`, `2.5`, `1/2`. */
export const isNumeral = (word: string | undefined): boolean =>
  word !== undefined && /^(\d+(\.\d+)?|\d+\/[1-9]\d*)$/.test(word);

const numeralOf = (word: string): number => {
  const [above, below = '1'] = word.split('/');
  return Number(above) / Number(below);
};
