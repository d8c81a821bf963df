import { InputError } from '@praxis/core';

/**
 * One wording as a tree. The notation is a subset of JSGF: words, `[optional]`, `(one | other)`, `<rule>` for the wordings of
 * another rule, `<rule:name>` to distinguish two uses of a rule, and `+` for one or more times. Two additions serve typed text:
 * `~` before a word or rule marks it for typing alone (`~cm`; `written: 'only'`), and `#` is a number in figures.
 */
export type PatternNode =
  | { readonly is: 'word'; readonly word: string; readonly written: 'too' | 'only' }
  | { readonly is: 'numeral' }
  | { readonly is: 'rule'; readonly rule: string; readonly name: string; readonly written: 'too' | 'only' }
  | { readonly is: 'all'; readonly of: readonly PatternNode[] }
  | { readonly is: 'any'; readonly of: readonly PatternNode[] }
  | { readonly is: 'maybe'; readonly of: PatternNode }
  | { readonly is: 'many'; readonly of: PatternNode };

const TOKEN_PATTERN = /\s*(~?<[a-zA-Z]+(?::[a-zA-Z]+)?>|~?[a-z0-9'%"/]+|[#()[\]|+])/y;

/** Parses a wording. @throws {InputError} naming the pattern and the place where it breaks the notation */
export function parsePattern(pattern: string): PatternNode {
  const tokens: string[] = [];
  TOKEN_PATTERN.lastIndex = 0;
  while (TOKEN_PATTERN.lastIndex < pattern.trimEnd().length) {
    const from = TOKEN_PATTERN.lastIndex;
    const token = TOKEN_PATTERN.exec(pattern);
    if (!token)
      throw new InputError(
        `pattern "${pattern}": character ${from + 1}: expected a word, <rule> or one of [ ] ( ) | + #`,
      );
    tokens.push(token[1]);
  }
  let at = 0;
  const refuse = (expected: string) =>
    new InputError(
      `pattern "${pattern}": found ${at < tokens.length ? `"${tokens[at]}"` : 'the end'}, expected ${expected}`,
    );

  const choice = (): PatternNode => {
    const options = [sequence()];
    while (tokens[at] === '|') {
      at++;
      options.push(sequence());
    }
    return options.length === 1 ? options[0] : { is: 'any', of: options };
  };
  const sequence = (): PatternNode => {
    const parts: PatternNode[] = [];
    while (at < tokens.length && !['|', ')', ']'].includes(tokens[at])) parts.push(repeated());
    if (parts.length === 0) throw refuse('a word');
    return parts.length === 1 ? parts[0] : { is: 'all', of: parts };
  };
  const repeated = (): PatternNode => {
    const node = single();
    if (tokens[at] !== '+') return node;
    at++;
    return { is: 'many', of: node };
  };
  const closed = (end: string): PatternNode => {
    const node = choice();
    if (tokens[at++] !== end) {
      at--;
      throw refuse(`"${end}"`);
    }
    return node;
  };
  const single = (): PatternNode => {
    const token = tokens[at++];
    if (token === '(') return closed(')');
    if (token === '[') return { is: 'maybe', of: closed(']') };
    if (token === '#') return { is: 'numeral' };
    if (token === '+') {
      at--;
      throw refuse('a word');
    }
    const written = token.startsWith('~') ? 'only' : 'too';
    const word = token.replace('~', '');
    if (word.startsWith('<')) {
      const [rule, name = rule] = word.slice(1, -1).split(':');
      return { is: 'rule', rule, name, written };
    }
    return { is: 'word', word, written };
  };

  const node = choice();
  if (at < tokens.length) throw refuse('the end');
  return node;
}
