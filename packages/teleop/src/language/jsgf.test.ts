import { Random } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { jsgfOf, wordsOfGrammar } from './jsgf.ts';
import { Language } from './language.ts';
import { parsePattern } from './notation.ts';
import { isSpoken, sampleWording } from './sample.ts';

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

  it('holds no wording for typing alone, and samples hold none either: a number of any size, "away" alone', () => {
    for (const written of ['~<number> <lengthUnit>', '~<off> [<inTool>]', 'up (~<off> | ~cm)', '#']) {
      expect(isSpoken(parsePattern(written)), written).toBe(false);
    }
    for (const said of ['<dozens> <middlingLength>', '<go> <off>', '(~<off> | left)', 'up [~<off>]']) {
      expect(isSpoken(parsePattern(said)), said).toBe(true);
    }
    expect(grammar).not.toMatch(/<number>|<whole>/);
  });

  it('has units that agree with their numbers', () => {
    const language = new Language();
    const random = new Random(1, 'quantities');
    const rows = language.rows.filter(({ kind }) => kind === 'move' || kind === 'rotate');
    const said = Array.from({ length: 3000 }, () =>
      sampleWording(language, random.pick(random.pick(rows).nodes.filter(isSpoken)), random),
    );
    expect(said.some((text) => /\bone (centimeter|inch|turn)\b/.test(text))).toBe(true);
    for (const text of said) {
      expect(text).not.toMatch(/\b(two|eight|ten|twenty|hundred) (centimeter|inch|foot|degree|turn)\b/);
      expect(text).not.toMatch(/(?<!ty |hundred |and |point (\w+ )?)\bone (centimeters|inches|feet|degrees|turns)\b/);
    }
  });

  it('puts a request phrase before requests only: no "could you yes", no "could you the red cube"', () => {
    const language = new Language();
    const [, asked, never] = /\[could you .*?\] \( (.*?) \) \| (.*) \| <correction>/.exec(grammar)!;
    const kinds = (names: string) => names.split(' | ').map((name) => language.rows[Number(/\d+/.exec(name))].kind);
    expect(kinds(asked)).toEqual(expect.arrayContaining(['stop', 'hold', 'continue', 'move', 'gripper', 'instruct']));
    expect(new Set(kinds(never))).toEqual(new Set(['hold', 'continue', 'ask', 'instruct']));
    expect(kinds(asked).length + kinds(never).length).toBe(language.rows.length);
  });
});

describe('a pattern', () => {
  it('that breaks the notation is refused, and the error names the pattern', () => {
    for (const bad of ['', '[a', 'a)', '(a | )', '+a', 'a $ b', '<two words>']) {
      expect(() => parsePattern(bad), bad).toThrow(/^pattern "/);
    }
  });
});
