import { describe, expect, it } from 'vitest';
import { FAR_PATTERNS, type FarPatterns } from './far-patterns.ts';

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[-,.;:?!]/g, ' ')
    .replace(/'/g, '')
    .replace(/ +/g, ' ')
    .trim();
const all = (patterns: FarPatterns): readonly string[] => Object.values(patterns).flat().map(plain);

describe('patterns of other kinds of wording', () => {
  const { development, report } = FAR_PATTERNS;

  it('of reports are no patterns of the training', () => {
    const trained = new Set(all(development));
    expect(all(report).filter((text) => trained.has(text))).toEqual([]);
    expect(all(report)).toHaveLength(new Set(all(report)).size);
  });

  it('have the same slots in both sets', () => {
    const slots = (texts: readonly string[]) => new Set(texts.flatMap((text) => text.match(/\{\w+\}/g) ?? []));
    for (const kind of Object.keys(development) as (keyof FarPatterns)[])
      expect([kind, slots(report[kind])]).toEqual([kind, slots(development[kind])]);
  });
});
