import { describe, expect, it } from 'vitest';
import { jsgfOf, wordsOfGrammar } from './jsgf.ts';
import { Language } from './language.ts';
import { parsePattern } from './notation.ts';

describe('the grammar', () => {
  const grammar = jsgfOf(new Language());

  it('defines every rule that it uses, once', () => {
    const defined = [...grammar.matchAll(/^(?:public )?<(\w+)> =/gm)].map(([, name]) => name);
    const used = [...grammar.matchAll(/<(\w+)>/g)].map(([, name]) => name);
    expect([...new Set(used)].filter((name) => !defined.includes(name))).toEqual([]);
    expect(new Set(defined).size).toBe(defined.length);
  });

  it('holds spoken words only', () => {
    const words = wordsOfGrammar(grammar);
    for (const word of ['cm', 'mm', '%', '#', '~']) expect(words).not.toContain(word);
    for (const word of ['stop', 'centimeters', 'clockwise', 'red', 'twenty']) expect(words).toContain(word);
    expect(grammar).not.toMatch(/\(\s*\)|\[\s*\]|\|\s*[|;)\]]|= *;/);
  });
});

describe('a pattern', () => {
  it('that breaks the notation is refused with its place', () => {
    for (const bad of ['', '[a', 'a)', '(a | )', '+a', 'a $ b', '<two words>']) {
      expect(() => parsePattern(bad), bad).toThrow(/^pattern "/);
    }
  });
});
