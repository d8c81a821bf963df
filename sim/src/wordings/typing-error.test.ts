import { Random } from '@praxis/core';
import { assert, constantFrom, integer, property } from 'fast-check';
import { expect, it } from 'vitest';
import { withTypingError } from './typing-error.ts';

it('a typing error changes one of the longer words by a letter or two, and leaves its first letter', () => {
  const texts = ['pick up the yellow cube', 'press it', 'put the peg into the green socket'];
  assert(
    property(integer({ min: 0, max: 1e6 }), constantFrom(...texts), (seed, text) => {
      const before = text.split(' ');
      const after = withTypingError(text, new Random(seed)).split(' ');
      const changed = before.flatMap((word, i) => (word === after[i] ? [] : [[word, after[i]] as const]));
      expect(after).toHaveLength(before.length);
      expect(changed).toHaveLength(1);
      const [[word, wrong]] = changed;
      expect(word.length).toBeGreaterThanOrEqual(4);
      expect(Math.abs(wrong.length - word.length)).toBeLessThanOrEqual(1);
      expect(wrong[0]).toBe(word[0]);
    }),
  );
});

it('a text of short words alone has no room for one', () => {
  expect(withTypingError('go on', new Random(1))).toBe('go on');
});
